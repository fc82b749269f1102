/** The columns of OneRoster's files. [OneRoster 1.1.1 and 1.2.1, CSV binding] */

export const versions = ['1.1', '1.2'] as const
export type Version = (typeof versions)[number]

export const rosterFiles = ['orgs', 'academicSessions', 'users', 'roles', 'classes', 'enrollments'] as const
export type RosterFile = (typeof rosterFiles)[number]

export interface Columns {
  /** Those that are read, and so must be there. */
  read: readonly string[]
  /** Those that may be there and are passed over. Somebody's own begin with `metadata.`. */
  passed: readonly string[]
}

/** Our own columns, which OneRoster has no word for; both may be missing. */
export const ALIAS_COLUMN = 'metadata.elevadgang.alias'
export const SIGN_IN_KIND_COLUMN = 'metadata.elevadgang.signInKind'

const person = ['enabledUser', 'username', 'givenName', 'familyName', 'middleName', 'grades']
const passedOfPerson = ['userIds', 'identifier', 'email', 'sms', 'phone', 'agentSourcedIds', 'password']

const columns: Record<RosterFile, Columns> = {
  orgs: { read: ['name', 'type'], passed: ['identifier', 'parentSourcedId'] },
  academicSessions: {
    read: ['startDate', 'endDate', 'schoolYear'],
    passed: ['title', 'type', 'parentSourcedId'],
  },
  users: { read: person, passed: passedOfPerson },
  roles: {
    read: ['userSourcedId', 'role', 'beginDate', 'endDate', 'orgSourcedId'],
    passed: ['roleType', 'userProfileSourcedId'],
  },
  classes: {
    read: ['title', 'grades', 'classType', 'schoolSourcedId', 'termSourcedIds'],
    passed: ['courseSourcedId', 'classCode', 'location', 'subjects', 'subjectCodes', 'periods'],
  },
  enrollments: {
    read: ['classSourcedId', 'schoolSourcedId', 'userSourcedId', 'role', 'beginDate', 'endDate'],
    passed: ['primary'],
  },
}

const usersOf: Record<Version, Columns> = {
  '1.1': { read: ['orgSourcedIds', 'role'], passed: [] },
  '1.2': {
    read: ['preferredGivenName', 'preferredFamilyName'],
    passed: [
      'preferredMiddleName',
      'userMasterIdentifier',
      'primaryOrgSourcedId',
      'pronouns',
      'resourceSourcedIds',
    ],
  },
}

export const MANIFEST: Columns = { read: ['propertyName', 'value'], passed: [] }

export function columnsOf(file: RosterFile, version: Version): Columns {
  const { read, passed } = columns[file]
  const more = file === 'users' ? usersOf[version] : { read: [], passed: [] }
  return {
    read: ['sourcedId', 'status', ...read, ...more.read],
    passed: ['dateLastModified', ...passed, ...more.passed],
  }
}
