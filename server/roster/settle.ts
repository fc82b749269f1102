import type { Role } from '../people'
import { type Draft, type DraftUser, leaveOut, yearOf } from './draft'
import type { Roster, RosterPupil, RosterStaff } from './roster'

const USERS = 'users.csv'

/** Decides of each user, once everything is read, whether it is a pupil, one of the staff, or nobody of ours. */
export function settle(draft: Draft): Roster {
  const roster: Roster = {
    schools: present(draft.schools),
    closedSchools: draft.closedSchools,
    classes: present(draft.classes),
    staff: new Map(),
    pupils: new Map(),
    leftOut: draft.leftOut,
  }
  for (const user of draft.users.values()) {
    if (!user) continue
    const isPupil = user.roles.some(({ meaning }) => meaning === 'pupil')
    if (!user.hasRole) {
      // Without a whole roles.csv nobody knows.
      if (draft.complete.has('roles'))
        draft.faults.add(USERS, user.line, 'sourcedId', 'a line in roles.csv for this user')
    } else if (isPupil) addPupil(draft, user, roster)
    else addStaff(draft, user, roster)
  }
  return roster
}

function present<T>(table: ReadonlyMap<string, T | null>): Map<string, T> {
  const there = new Map<string, T>()
  for (const [key, row] of table) if (row !== null) there.set(key, row)
  return there
}

function addPupil(draft: Draft, user: DraftUser, { pupils }: Roster): void {
  const { sourcedId, line, username, name, alias, signInKind } = user
  if (user.roles.some(({ meaning }) => meaning !== 'pupil')) {
    draft.faults.add(USERS, line, 'sourcedId', 'a user who is either a pupil or one of the staff')
    return
  }
  if (user.teaches.size > 0) {
    draft.faults.add(USERS, line, 'sourcedId', 'a pupil who is a teacher of no class in enrollments.csv')
    return
  }
  const schools = [...user.roles, ...user.learns].flatMap(({ school }) => school ?? [])
  if (schools.length === 0) {
    leaveOut(draft, 'otherRole')
    return
  }
  if (user.grade === 'leftOut') {
    leaveOut(draft, 'otherGrade')
    return
  }
  const year = typeof user.grade === 'number' ? user.grade : yearOfClass(user)
  if (year === null) {
    draft.faults.add(USERS, line, 'grades', 'a grade, or one homeroom class that has one')
    return
  }
  const pupil: RosterPupil = {
    sourcedId,
    line,
    username,
    name,
    alias,
    signInKind,
    year,
    schools: new Set(schools),
    classes: user.learns,
  }
  pupils.set(sourcedId, pupil)
}

const yearOfClass = ({ learns }: DraftUser) =>
  yearOf([...learns].flatMap(({ kind, year }) => (kind === 'class' && year !== null ? [year] : [])))

function addStaff(draft: Draft, user: DraftUser, { staff }: Roster): void {
  const { sourcedId, line, username, name, roles, teaches } = user
  if (user.learns.size > 0 && (roles.length > 0 || teaches.size > 0)) {
    draft.faults.add(
      USERS,
      line,
      'sourcedId',
      'one of the staff who is a pupil of no class in enrollments.csv',
    )
    return
  }
  const held = new Map<string, { school: string; role: Role }>()
  const hold = (school: string, role: Role) => held.set(JSON.stringify([school, role]), { school, role })
  for (const { school, meaning } of roles) {
    if (school !== null && (meaning === 'teacher' || meaning === 'userAdministrator')) hold(school, meaning)
  }
  // 1.1 gives a user one role only, and a headmaster may teach: who teaches a class is a teacher at its school.
  if (roles.length > 0) for (const { school } of teaches) hold(school, 'teacher')
  if (held.size === 0) {
    leaveOut(draft, 'otherRole')
    return
  }
  const person: RosterStaff = { sourcedId, line, username, name, roles: [...held.values()], teaches }
  staff.set(sourcedId, person)
}
