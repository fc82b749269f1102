import type { Role, SchoolClass } from '../people'

/**
 * A school's own people as a OneRoster export has them, checked and in our words. Everything is named by its
 * sourcedId, the name that the school's administrative system has given it.
 */
export interface Roster {
  schools: Map<string, RosterSchool>
  /** The schools that the export says are to be deleted. */
  closedSchools: Set<string>
  classes: Map<string, RosterClass>
  staff: Map<string, RosterStaff>
  pupils: Map<string, RosterPupil>
  /** How many lines say nothing to us, by why. */
  leftOut: Map<LeftOut, number>
}

/** Why somebody or something in an export is not ours. */
export const leftOutReasons = {
  deleted: 'marked tobedeleted',
  notEnabled: 'users with enabledUser false',
  otherOrg: 'organisations that are no school',
  otherRole: 'users without a role that we know at a school of the export',
  otherGrade: 'pupils below 0. or above 10. klasse',
  otherYear: 'classes of another school year',
  otherEnrollment: 'enrollments that are neither of a pupil nor of a teacher, or of somebody left out',
  notNow: 'roles and enrollments that are over or yet to come',
} as const
export type LeftOut = keyof typeof leftOutReasons

export interface RosterSchool {
  sourcedId: string
  name: string
}

export interface RosterClass extends Pick<SchoolClass, 'kind' | 'name' | 'year'> {
  sourcedId: string
  /** The school's sourcedId. */
  school: string
}

interface RosterPerson {
  sourcedId: string
  /** The line of users.csv, for what is found out later. */
  line: number
  /** null where the export has none, and one is to be made. */
  username: string | null
  name: string
}

export interface RosterStaff extends RosterPerson {
  roles: { school: string; role: Role }[]
  teaches: Set<RosterClass>
}

export interface RosterPupil extends RosterPerson {
  /** undefined where the export has no such column, which takes a protection from nobody. */
  alias: string | null | undefined
  year: number
  signInKind: 'unilogin' | 'local'
  schools: Set<string>
  classes: Set<RosterClass>
}
