import { crc32, deflateRawSync } from 'node:zlib'

/** Writes OneRoster exports, as an administrative system would: for tests and benchmarks. All names are invented. */

export type Version = '1.1' | '1.2'

export interface ExportedPerson {
  id: string
  givenName: string
  familyName: string
  username?: string
  /** The first is also that of 1.1, which knows no other. */
  roles: { role: string; org: string }[]
  grade?: string
  more?: Record<string, string>
}

export interface Exported {
  schools: { id: string; name: string; more?: Record<string, string> }[]
  sessions: { id: string; schoolYear: string; startDate: string; endDate: string }[]
  classes: {
    id: string
    title: string
    type: string
    school: string
    grades?: string
    more?: Record<string, string>
  }[]
  people: ExportedPerson[]
  enrollments: { id?: string; class: string; user: string; role: string; more?: Record<string, string> }[]
}

export type Table = { columns: readonly string[]; rows: Record<string, string>[] }

const common = ['sourcedId', 'status', 'dateLastModified']
const columns = {
  manifest: ['propertyName', 'value'],
  orgs: [...common, 'name', 'type', 'identifier', 'parentSourcedId'],
  academicSessions: [...common, 'title', 'type', 'startDate', 'endDate', 'parentSourcedId', 'schoolYear'],
  users: {
    '1.1': `enabledUser orgSourcedIds role username userIds givenName familyName middleName identifier email sms phone
      agentSourcedIds grades password`,
    '1.2': `enabledUser username userIds givenName familyName middleName identifier email sms phone agentSourcedIds
      grades password userMasterIdentifier preferredGivenName preferredMiddleName preferredFamilyName
      primaryOrgSourcedId pronouns`,
  },
  roles: [
    ...common,
    'userSourcedId',
    'roleType',
    'role',
    'beginDate',
    'endDate',
    'orgSourcedId',
    'userProfileSourcedId',
  ],
  classes: [
    ...common,
    ...'title grades courseSourcedId classCode classType location schoolSourcedId termSourcedIds subjects subjectCodes periods'.split(
      ' ',
    ),
  ],
  enrollments: [
    ...common,
    ...'classSourcedId schoolSourcedId userSourcedId role primary beginDate endDate'.split(' '),
  ],
}

/** The roles of 1.2 as 1.1 has them. */
const oldRoles: Record<string, string> = {
  principal: 'administrator',
  siteAdministrator: 'administrator',
}

/** The tables of an export, by the names of their files. */
export function tablesOf(exported: Exported, version: Version): Record<string, Table> {
  const own = [...new Set(exported.people.flatMap(({ more = {} }) => Object.keys(more)))].filter((name) =>
    name.startsWith('metadata.'),
  )
  const schoolOf = new Map(exported.classes.map(({ id, school }) => [id, school]))
  const terms = exported.sessions.map(({ id }) => id).join(',')
  const tables: Record<string, Table> = {
    'orgs.csv': {
      columns: columns.orgs,
      rows: [
        { sourcedId: 'kommune', name: 'Kommunen', type: 'district' },
        ...exported.schools.map(({ id, name, more }) => ({
          sourcedId: id,
          name,
          type: 'school',
          parentSourcedId: 'kommune',
          ...more,
        })),
      ],
    },
    'academicSessions.csv': {
      columns: columns.academicSessions,
      rows: exported.sessions.map(({ id, ...rest }) => ({
        sourcedId: id,
        title: id,
        type: 'schoolYear',
        ...rest,
      })),
    },
    'users.csv': {
      columns: [...common, ...columns.users[version].split(/\s+/), ...own],
      rows: exported.people.map(({ id, givenName, familyName, username = '', roles, grade = '', more }) => ({
        sourcedId: id,
        enabledUser: 'true',
        givenName,
        familyName,
        username,
        grades: grade,
        ...(version === '1.1'
          ? {
              role: oldRoles[roles[0]?.role ?? ''] ?? roles[0]?.role ?? '',
              orgSourcedIds: [...new Set(roles.map(({ org }) => org))].join(','),
            }
          : {}),
        ...more,
      })),
    },
    'classes.csv': {
      columns: columns.classes,
      rows: exported.classes.map(({ id, title, type, school, grades = '', more }) => ({
        sourcedId: id,
        title,
        grades,
        courseSourcedId: 'course',
        classType: type,
        schoolSourcedId: school,
        termSourcedIds: terms,
        ...more,
      })),
    },
    'enrollments.csv': {
      columns: columns.enrollments,
      rows: exported.enrollments.map(({ id, class: schoolClass, user, role, more }) => ({
        sourcedId: id ?? `${schoolClass}-${user}`,
        classSourcedId: schoolClass,
        schoolSourcedId: schoolOf.get(schoolClass) ?? 'kommune',
        userSourcedId: user,
        role,
        ...more,
      })),
    },
  }
  if (version === '1.2') {
    tables['roles.csv'] = {
      columns: columns.roles,
      rows: exported.people.flatMap(({ id, roles }) =>
        roles.map(({ role, org }, place) => ({
          sourcedId: `${id}-${place}`,
          userSourcedId: id,
          roleType: place === 0 ? 'primary' : 'secondary',
          role,
          orgSourcedId: org,
        })),
      ),
    }
  }
  tables['manifest.csv'] = {
    columns: columns.manifest,
    rows: Object.entries({
      'manifest.version': '1.0',
      'oneroster.version': version,
      'file.courses': 'absent',
      ...Object.fromEntries(Object.keys(tables).map((file) => [`file.${file.replace('.csv', '')}`, 'bulk'])),
    }).map(([propertyName, value]) => ({ propertyName, value })),
  }
  return tables
}

const cell = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** A table as a CSV file. */
export const csvOf = ({ columns, rows }: Table, end = '\r\n'): string =>
  [columns, ...rows.map((row) => columns.map((column) => row[column] ?? ''))]
    .map((cells) => cells.map(cell).join(',') + end)
    .join('')

/** A zip of these files. */
export function zipOf(files: Record<string, Uint8Array>): Uint8Array {
  const parts: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  for (const [name, bytes] of Object.entries(files)) {
    const packed = deflateRawSync(bytes)
    const nameBytes = new TextEncoder().encode(name)
    // Version 2.0, names in UTF-8, deflated; then time and date of no meaning.
    const header = [20, 0x0800, 8, 0, 0x21]
    const sizes = [crc32(bytes), packed.length, bytes.length]
    const local = fields([0x04034b50], header, sizes, [nameBytes.length, 0])
    parts.push(local, nameBytes, packed)
    directory.push(
      fields([0x02014b50], [20, ...header], sizes, [nameBytes.length, 0, 0, 0, 0], [0, offset]),
      nameBytes,
    )
    offset += local.length + nameBytes.length + packed.length
  }
  const count = Object.keys(files).length
  const length = directory.reduce((sum, each) => sum + each.length, 0)
  return joined([...parts, ...directory, fields([0x06054b50], [0, 0, count, count], [length, offset], [0])])
}

/** Lists of numbers in turn of four bytes and of two, as zip's headers have them. */
function fields(...lists: number[][]): Uint8Array {
  return joined(
    lists.map((list, place) => {
      const width = place % 2 === 0 ? 4 : 2
      const view = new DataView(new ArrayBuffer(list.length * width))
      for (const [at, value] of list.entries()) {
        if (width === 4) view.setUint32(at * 4, value, true)
        else view.setUint16(at * 2, value, true)
      }
      return new Uint8Array(view.buffer)
    }),
  )
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    all.set(part, at)
    at += part.length
  }
  return all
}
