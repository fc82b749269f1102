import { csvOf, type Exported, type Table, tablesOf, type Version } from '../../bench/roster-export'
import type { RosterFiles } from '../../server/roster/files'
import { type ImportResult, importRoster } from '../../server/roster/import'
import type { RosterKind } from '../../server/roster/target'
import { tellResult } from '../../server/roster/tell'
import { newRequestId } from '../../server/secrets'
import { createMemoryStore, type MemoryStore, noSchool, type Snapshot } from '../../server/store/memory'
import type { Instant } from '../../server/time'
import { NOW } from './ordinary-pupil'

/** A school of two classes and a group, three teachers and four pupils. */
export const smallSchool = (): Exported => ({
  schools: [{ id: 'oak', name: 'Egeskolen' }],
  sessions: [{ id: 'y27', schoolYear: '2027', startDate: '2026-08-01', endDate: '2027-07-01' }],
  classes: [
    { id: '3a', title: '3.A', type: 'homeroom', school: 'oak', grades: '3' },
    { id: '3b', title: '3.B', type: 'homeroom', school: 'oak', grades: '03' },
    { id: 'music', title: 'Musik', type: 'scheduled', school: 'oak', grades: '3,4' },
  ],
  people: [
    person('t-ane', 'Ane', 'Kjær', 'teacher', { username: 'anek1001' }),
    person('t-bo', 'Bo', 'Riis', 'teacher'),
    person('t-head', 'Åse', 'Dam', 'principal'),
    person('p-1', 'Ida', 'Holm', 'student', { username: 'idah2001', grade: '03' }),
    person('p-2', 'Søren', 'Ærø', 'student', { grade: '3' }),
    person('p-3', 'Eva', 'Lund', 'student'),
    person('p-4', 'Max', 'Bro', 'student', { username: 'max@oak.dk', grade: '03' }),
  ],
  enrollments: [
    { class: '3a', user: 't-ane', role: 'teacher' },
    { class: '3b', user: 't-bo', role: 'teacher' },
    { class: 'music', user: 't-head', role: 'teacher' },
    { class: '3a', user: 'p-1', role: 'student' },
    { class: '3a', user: 'p-2', role: 'student' },
    { class: '3b', user: 'p-3', role: 'student' },
    { class: '3b', user: 'p-4', role: 'student' },
    { class: 'music', user: 'p-1', role: 'student' },
  ],
})

export function person(
  id: string,
  givenName: string,
  familyName: string,
  role: string,
  rest: Partial<Exported['people'][number]> = {},
): Exported['people'][number] {
  return { id, givenName, familyName, roles: [{ role, org: 'oak' }], ...rest }
}

/** The export without somebody. */
export const without = (exported: Exported, id: string): Exported => ({
  ...exported,
  people: exported.people.filter((each) => each.id !== id),
  enrollments: exported.enrollments.filter(({ user }) => user !== id),
})
/** The export with a pupil in this class alone. */
export const inClass = (exported: Exported, id: string, schoolClass: string): Exported => ({
  ...exported,
  enrollments: [
    ...exported.enrollments.filter(({ user }) => user !== id),
    { class: schoolClass, user: id, role: 'student' },
  ],
})

/** The export of that version in files; `change` may change tables, or the text of files. */
export function filesOf(
  exported: Exported,
  version: Version = '1.2',
  change: (tables: Record<string, Table>) => Record<string, Table | string | Uint8Array> = (tables) => tables,
  end = '\r\n',
): RosterFiles {
  const files = new Map(
    Object.entries(change(tablesOf(exported, version))).map(([name, content]) => {
      if (content instanceof Uint8Array) return [name, content]
      return [name, new TextEncoder().encode(typeof content === 'string' ? content : csvOf(content, end))]
    }),
  )
  return {
    names: [...files.keys()],
    sizeOf: (name) => files.get(name)?.length ?? 0,
    open: (name) => inPieces(files.get(name) ?? new Uint8Array()),
    close: async () => undefined,
  }
}

/** So short that letters of two bytes, quotes and line ends are cut apart. */
const PIECE = 7

async function* inPieces(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  const length = bytes.length > 20_000 ? 4096 : PIECE
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length)
}

export interface Importing {
  files: RosterFiles
  now?: Instant
  dryRun?: boolean
  manyGone?: boolean
  source?: string
  randomBelow?: (limit: number) => number
  newId?: (kind: RosterKind) => string
}

let ids = 0

export const emptyStore = () => createMemoryStore(noSchool)

export async function importInto<S extends Pick<MemoryStore, 'roster'>>(
  store: S,
  {
    files,
    now = NOW,
    dryRun = false,
    manyGone = false,
    source = 'default',
    randomBelow = (limit) => Math.floor(Math.random() * limit),
    newId = (kind) => {
      ids += 1
      return `${kind}-${ids}`
    },
  }: Importing,
) {
  const services = { target: store.roster, clock: { now: () => now }, newId, newRequestId, randomBelow }
  const doings: string[] = []
  const result = await importRoster(services, { files, source, dryRun, manyGone }, (doing) =>
    doings.push(doing),
  )
  return { result, store, told: tellResult(result, dryRun).join('\n'), doings }
}

/** Into a store in memory, where rules alone are looked at: into a new one where none is given. */
export const importing = ({ into = emptyStore(), ...rest }: Importing & { into?: MemoryStore }) =>
  importInto(into, rest)

/** What an import changed; fails where the export was faulty. */
export function summaryOf(result: ImportResult) {
  if (result.outcome === 'faulty') throw new Error(JSON.stringify(result.faults.told))
  return result.summary
}

/** Only the counts that are not nought. */
export const some = (counts: Record<string, number>) =>
  Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))

/** What imports write. */
export type RosterData = Omit<Snapshot, 'sessions' | 'completedActions' | 'buckets'>

/** Everything that an import has brought, told by sourcedIds, without the ids that were made for it. */
export function broughtTo(data: RosterData) {
  const sourcedIds = new Map(data.rosterLinks.map(({ id, sourcedId }) => [id, sourcedId]))
  const of = (id: string) => sourcedIds.get(id) ?? id
  const sorted = <T>(rows: readonly T[]) => rows.map((row) => JSON.stringify(row)).toSorted()
  return {
    institutions: sorted(data.institutions.map((row) => ({ ...row, id: of(row.id) }))),
    classes: sorted(
      data.classes.map((row) => ({ ...row, id: of(row.id), institutionId: of(row.institutionId) })),
    ),
    staff: sorted(
      data.staff.map((row) => ({
        ...row,
        id: of(row.id),
        roles: row.roles.map(({ institutionId, role }) => `${role} at ${of(institutionId)}`).toSorted(),
      })),
    ),
    pupils: sorted(data.pupils.map((row) => ({ ...row, id: of(row.id) }))),
    teaching: sorted(data.teaching.map((row) => [of(row.staffId), of(row.classId)])),
    enrolments: sorted(data.enrolments.map((row) => [of(row.pupilId), of(row.classId)])),
    registrations: sorted(data.registrations.map((row) => [of(row.pupilId), of(row.institutionId)])),
    links: sorted(data.rosterLinks.map(({ id: _, ...link }) => link)),
  }
}
