import type { Instant } from '../time'
import { columnsOf, MANIFEST, type RosterFile, rosterFiles, type Version, versions } from './columns'
import { type Draft, newDraft } from './draft'
import type { Faults } from './faults'
import type { RosterFiles } from './files'
import { readEnrollment, readRole, readUser } from './read-people'
import { currentSchoolYear, readClass, readOrg, readSession } from './read-places'
import type { Roster } from './roster'
import { settle } from './settle'
import { type Line, readTable } from './table'

const MANIFEST_FILE = 'manifest.csv'

/** Told while a file is read, how much of it is, from 0 to 1. */
export type FileProgress = (file: string, share: number) => void

/**
 * Reads and checks an export. What is wrong is added to the faults; where there are any, the roster is not to be used.
 * @returns null where the export is so wrong that nothing more can be said of it.
 */
export async function readRoster(
  files: RosterFiles,
  now: Instant,
  faults: Faults,
  progress: FileProgress,
): Promise<Roster | null> {
  const manifest = await readManifest(files, faults)
  if (manifest === null) return null
  const draft = newDraft(manifest.version, now, faults)

  async function read(file: RosterFile, each: (line: Line) => void): Promise<void> {
    const name = `${file}.csv`
    if (!manifest?.has.has(file)) return
    const bytes = told(files, name, progress)
    const columns = columnsOf(file, draft.version)
    if (await readTable({ file: name, bytes, columns }, faults, each)) draft.complete.add(file)
  }

  await read('orgs', (line) => readOrg(draft, line))
  await read('academicSessions', (line) => readSession(draft, line))
  const usernames = new Set<string>()
  await read('users', (line) => readUser(draft, line, usernames))
  const roles = new Map<string, null>()
  await read('roles', (line) => readRole(draft, line, roles))
  const schoolYear = currentSchoolYear(draft)
  await read('classes', (line) => readClass(draft, line, schoolYear))
  const enrollments = new Map<string, null>()
  await read('enrollments', (line) => readEnrollment(draft, line, enrollments))
  return settledOrNull(draft)
}

/** Where a file could not be read to its end, what it does not say would look like faults of others. */
function settledOrNull(draft: Draft): Roster | null {
  const needed = neededFiles(draft.version)
  if (needed.some((file) => !draft.complete.has(file))) return null
  const roster = settle(draft)
  if (roster.schools.size === 0 && draft.faults.count === 0) {
    draft.faults.add('orgs.csv', null, 'type', 'at least one school')
  }
  return roster
}

const neededFiles = (version: Version): RosterFile[] =>
  rosterFiles.filter((file) => file !== 'academicSessions' && (file !== 'roles' || version === '1.2'))

/** The bytes of a file, telling how far it is read. */
async function* told(files: RosterFiles, name: string, progress: FileProgress): AsyncGenerator<Uint8Array> {
  const size = Math.max(1, files.sizeOf(name))
  let read = 0
  progress(name, 0)
  for await (const chunk of files.open(name)) {
    yield chunk
    read += chunk.length
    progress(name, Math.min(1, read / size))
  }
  progress(name, 1)
}

interface Manifest {
  version: Version
  /** The files that the export brings. */
  has: Set<RosterFile>
}

async function readManifest(files: RosterFiles, faults: Faults): Promise<Manifest | null> {
  if (!files.names.includes(MANIFEST_FILE)) {
    faults.add(MANIFEST_FILE, null, null, 'this file beside the others')
    return null
  }
  const said = new Map<string, Line>()
  const source = { file: MANIFEST_FILE, bytes: files.open(MANIFEST_FILE), columns: MANIFEST }
  const isWhole = await readTable(source, faults, (line) => said.set(line.cell('propertyName'), line))
  if (!isWhole) return null

  const named = said.get('oneroster.version')
  const version = versions.find((each) => each === named?.cell('value'))
  if (!version) {
    faults.add(MANIFEST_FILE, named?.number ?? null, 'value', `oneroster.version ${versions.join(' or ')}`)
    return null
  }
  const has = new Set<RosterFile>()
  const needed = neededFiles(version)
  for (const file of rosterFiles) {
    const line = said.get(`file.${file}`)
    const processing = line?.cell('value') ?? 'absent'
    const isNeeded = needed.includes(file)
    if (processing === 'bulk') {
      if (files.names.includes(`${file}.csv`)) has.add(file)
      else faults.add(`${file}.csv`, null, null, `this file, as ${MANIFEST_FILE} names it`)
    } else if (processing === 'delta' || !line || isNeeded) {
      // What a delta leaves out is unchanged, not gone; the two must never be mistaken for each other.
      if (isNeeded || line)
        faults.add(
          MANIFEST_FILE,
          line?.number ?? null,
          'value',
          `file.${file} bulk: a whole export, no delta`,
        )
    } else if (processing !== 'absent') {
      faults.add(MANIFEST_FILE, line.number, 'value', `file.${file} bulk or absent`)
    }
  }
  return needed.every((file) => has.has(file)) ? { version, has } : null
}
