import { isLocalLogin, normaliseUsername } from '../session/username'
import { ALIAS_COLUMN, SIGN_IN_KIND_COLUMN } from './columns'
import {
  type Draft,
  type DraftUser,
  isNow,
  isThere,
  leaveOut,
  oneOf,
  referred,
  sourcedIdOf,
  textOf,
  wordsIn,
} from './draft'
import {
  enrollmentMeanings,
  type GradeMeaning,
  gradeMeanings,
  meaningOf,
  type RoleMeaning,
  roleMeanings,
} from './mapping'
import type { Line } from './table'
import { mayBeUsername } from './usernames'

const signInKinds = { unilogin: true, local: true } as const

/** A line of users.csv; `usernames` are those of the lines before. */
export function readUser(draft: Draft, line: Line, usernames: Set<string>): void {
  const sourcedId = sourcedIdOf(line, draft.users)
  if (sourcedId === null) return
  draft.users.set(sourcedId, null)
  if (!isThere(draft, line)) return
  const enabled = line.cell('enabledUser')
  if (!['', 'true', 'false'].includes(enabled)) line.fault('enabledUser', 'true or false')
  if (enabled === 'false') {
    leaveOut(draft, 'notEnabled')
    return
  }

  const before = draft.faults.count
  const user: DraftUser = {
    sourcedId,
    line: line.number,
    username: usernameOf(line, usernames),
    name: nameOf(line),
    alias: aliasOf(line),
    signInKind: signInKindOf(line),
    grade: gradeOf(line),
    hasRole: false,
    roles: [],
    learns: new Set(),
    teaches: new Set(),
  }
  if (draft.version === '1.1') {
    const orgs = line.list('orgSourcedIds')
    if (orgs.length === 0) line.fault('orgSourcedIds', 'the sourcedId of at least one line in orgs.csv')
    const meaning = meaningOfRole(line)
    for (const org of orgs) addRole(draft, line, user, { meaning, column: 'orgSourcedIds', org })
  }
  if (draft.faults.count === before) draft.users.set(sourcedId, user)
}

/** A line of roles.csv, which 1.2 has. */
export function readRole(draft: Draft, line: Line, seen: Map<string, null>): void {
  const sourcedId = sourcedIdOf(line, seen)
  if (sourcedId === null) return
  seen.set(sourcedId, null)
  if (!isThere(draft, line)) return
  const user = referred(draft, line, 'userSourcedId', line.cell('userSourcedId'), ['users', draft.users])
  if (!user) return
  user.hasRole = true
  const meaning = meaningOfRole(line)
  if (!isNow(draft, line)) return
  addRole(draft, line, user, { meaning, column: 'orgSourcedId', org: line.cell('orgSourcedId') })
}

/** What the line's role makes of a user; null, and a fault, where it is none. */
function meaningOfRole(line: Line): RoleMeaning | null {
  const meaning = meaningOf<RoleMeaning>(roleMeanings, line.cell('role'), 'leftOut')
  if (meaning === null) line.fault('role', oneOf(roleMeanings))
  return meaning
}

function addRole(
  draft: Draft,
  line: Line,
  user: DraftUser,
  { meaning, column, org }: { meaning: RoleMeaning | null; column: string; org: string },
): void {
  user.hasRole = true
  const school = referred(draft, line, column, org, ['orgs', draft.schools])
  if (meaning !== null && meaning !== 'leftOut') {
    user.roles.push({ school: school?.sourcedId ?? null, meaning })
  }
}

/** A line of enrollments.csv. */
export function readEnrollment(draft: Draft, line: Line, seen: Map<string, null>): void {
  const sourcedId = sourcedIdOf(line, seen)
  if (sourcedId === null) return
  seen.set(sourcedId, null)
  if (!isThere(draft, line)) return
  const schoolClass = referred(draft, line, 'classSourcedId', line.cell('classSourcedId'), [
    'classes',
    draft.classes,
  ])
  const school = referred(draft, line, 'schoolSourcedId', line.cell('schoolSourcedId'), [
    'orgs',
    draft.schools,
  ])
  const user = referred(draft, line, 'userSourcedId', line.cell('userSourcedId'), ['users', draft.users])
  const meaning = meaningOf(enrollmentMeanings, line.cell('role'), 'leftOut')
  if (meaning === null) {
    line.fault('role', oneOf(enrollmentMeanings))
    return
  }
  if (schoolClass && school && schoolClass.school !== school.sourcedId) {
    line.fault('schoolSourcedId', 'the school that the class has in classes.csv')
    return
  }
  if (schoolClass === undefined || user === undefined || !isNow(draft, line)) return
  if (!schoolClass || !user || meaning === 'leftOut') {
    leaveOut(draft, 'otherEnrollment')
    return
  }
  if (meaning === 'pupil') user.learns.add(schoolClass)
  else user.teaches.add(schoolClass)
}

function usernameOf(line: Line, usernames: Set<string>): string | null {
  const username = normaliseUsername(line.cell('username'))
  if (username === '') return null
  if (!mayBeUsername(username)) {
    line.fault('username', 'four letters and four digits, name@domain, or nothing, so that one is made')
  } else if (usernames.has(username)) line.fault('username', 'another one than on the lines before')
  usernames.add(username)
  return username
}

/** The name that the person goes by: 1.2 also has preferred ones. */
function nameOf(line: Line): string {
  const parts = [
    line.cell('preferredGivenName') === '' ? textOf(line, 'givenName') : textOf(line, 'preferredGivenName'),
    line.cell('middleName') === '' ? '' : textOf(line, 'middleName'),
    line.cell('preferredFamilyName') === ''
      ? textOf(line, 'familyName')
      : textOf(line, 'preferredFamilyName'),
  ]
  return parts.filter((part) => part).join(' ')
}

/** The alias of somebody whose name and address are protected. */
function aliasOf(line: Line): DraftUser['alias'] {
  if (!line.has(ALIAS_COLUMN)) return undefined
  return line.cell(ALIAS_COLUMN) === '' ? null : textOf(line, ALIAS_COLUMN)
}

/** As the file says; where it says nothing, a username with @ belongs to a local login solution. */
function signInKindOf(line: Line): DraftUser['signInKind'] {
  const said = line.cell(SIGN_IN_KIND_COLUMN)
  if (said === 'local' || said === 'unilogin') return said
  if (said !== '') line.fault(SIGN_IN_KIND_COLUMN, oneOf(signInKinds))
  return isLocalLogin(line.cell('username')) ? 'local' : 'unilogin'
}

function gradeOf(line: Line): GradeMeaning | null {
  const grades = wordsIn(line, 'grades', gradeMeanings, (word) => meaningOf(gradeMeanings, word, 'ofClass'))
  const [grade = null, ...others] = new Set(grades)
  if (others.length > 0) line.fault('grades', 'one grade, or nothing, so that it is that of the class')
  return grade
}
