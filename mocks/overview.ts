import type { ActivityAction } from '../server/activity/entry'
import { isOpen } from '../server/password-reset/rules'
import { type Role, shownName } from '../server/people'
import { isAlive } from '../server/session/rules'
import type { Snapshot } from '../server/store/memory'
import type { Duration, Instant } from '../server/time'
import { demoPasswords } from './demo-passwords'
import type { ScenarioName } from './scenarios/scenarios'

/** What a developer wants to know of the school as it stands now. */
export interface Overview {
  scenario: ScenarioName
  now: Instant
  clockAhead: Duration
  clockSpeed: number
  /** The codes that were sent to the demo phone, newest first. */
  phone: CodeOnPhone[]
  staff: StaffMember[]
  pupils: {
    username: string
    name: string
    hasOpenWindow: boolean
    /** null where the pupil has none, or has set another. */
    demoPassword: string | null
  }[]
  isStaffSignedIn: boolean
  deeds: Deed[]
}

/** Something that was done about one pupil, by whomever. */
export interface Deed {
  action: ActivityAction
  pupil: string
  at: Instant
}

/** A second factor's code, as the demo phone shows it: outside the API, like a real one. */
export interface CodeOnPhone {
  username: string
  name: string
  code: string
  at: Instant
}

export interface StaffMember {
  id: string
  username: string
  name: string
  roles: Role[]
  schoolNames: string[]
  classNames: string[]
}

/** The people of a school, each with what tells one from another. */
export function peopleOf(school: Snapshot, now: Instant): Pick<Overview, 'staff' | 'pupils'> {
  const { institutions, classes, staff, teaching, pupils, resetWindows, passwords } = school
  const open = new Set(resetWindows.filter((each) => isOpen(each, now)).map((each) => each.pupilId))
  const hashes = new Map(passwords.map(({ pupilId, hash }) => [pupilId, hash]))
  const known = new Map(Object.values(demoPasswords).map(({ hash, password }) => [hash, password]))
  return {
    staff: staff.map(({ id, username, name, roles }) => {
      const schools = new Set(roles.map((held) => held.institutionId))
      const taught = new Set(teaching.filter((each) => each.staffId === id).map((each) => each.classId))
      return {
        id,
        username,
        name,
        roles: [...new Set(roles.map((held) => held.role))],
        schoolNames: institutions.filter((each) => schools.has(each.id)).map((each) => each.name),
        classNames: classes.filter((each) => taught.has(each.id)).map((each) => each.name),
      }
    }),
    pupils: pupils.map((pupil) => ({
      username: pupil.username,
      name: shownName(pupil),
      hasOpenWindow: open.has(pupil.id),
      demoPassword: known.get(hashes.get(pupil.id) ?? '') ?? null,
    })),
  }
}

/** What has happened in the school, as its activity log tells it. */
export function happeningsIn(school: Snapshot, now: Instant): Pick<Overview, 'isStaffSignedIn' | 'deeds'> {
  const { pupils, sessions, activity } = school
  const names = new Map(pupils.map((pupil) => [pupil.id, shownName(pupil)]))
  return {
    isStaffSignedIn: sessions.some((session) => isAlive(session, now)),
    deeds: activity.flatMap(({ action, outcome, pupilId, at }) => {
      const pupil = pupilId === null ? undefined : names.get(pupilId)
      return outcome === 'done' && pupil !== undefined ? [{ action, pupil, at }] : []
    }),
  }
}
