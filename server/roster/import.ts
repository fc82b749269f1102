import type { ActivityEntry } from '../activity/entry'
import type { Clock, Instant } from '../time'
import { isNothing } from './changes'
import { type Comparison, checkUsernames, compare, type KnownRoster, type Summary } from './compare'
import { collectFaults, type Faults } from './faults'
import type { RosterFiles } from './files'
import { readRoster } from './read'
import type { LeftOut, Roster } from './roster'
import type { Known, RosterKind, RosterTarget, RosterUnit } from './target'
import { madeUsername, type RandomBelow } from './usernames'

/** The source of those who have one administrative system. */
export const DEFAULT_SOURCE = 'default'

export interface ImportOrder {
  files: RosterFiles
  /** Which administrative system it comes from: its sourcedIds mean nothing elsewhere. */
  source: string
  /** Looks and tells, and writes nothing. */
  dryRun: boolean
  /** Somebody has said that it is right that so many are gone. */
  manyGone: boolean
}

/** What an import needs from outside. */
export interface ImportServices {
  target: RosterTarget
  clock: Clock
  newId: (kind: RosterKind) => string
  /** Names the import in the activity log. */
  newRequestId: () => string
  randomBelow: RandomBelow
}

/** Told as it goes: what is done, and how much of it, from 0 to 1. */
export type Progress = (doing: string, share: number) => void

export type ImportResult =
  | { outcome: 'faulty'; faults: Faults }
  | {
      outcome: 'imported' | 'nothingToDo' | 'tooManyGone'
      summary: Summary
      leftOut: ReadonlyMap<LeftOut, number>
      usernamesMade: number
    }

/** Brings a school's own people into the data, or says what is wrong: all of it happens, or nothing. */
export async function importRoster(
  services: ImportServices,
  { files, source, dryRun, manyGone }: ImportOrder,
  progress: Progress,
): Promise<ImportResult> {
  const { target, clock } = services
  const now = clock.now()
  const faults = collectFaults()
  const roster = await readRoster(files, now, faults, (file, share) => progress(`Reading ${file}`, share))
  if (roster === null || faults.count > 0) return { outcome: 'faulty', faults }

  return target.change(source, async (unit): Promise<ImportResult> => {
    const comparison = await comparisonWith(unit, roster, { ...services, source, now }, progress)
    const { changes, summary, newUsernames, unnamed, tooManyGone } = comparison
    const holders = await holdersOf(
      unit,
      newUsernames.map(({ username }) => username),
    )
    checkUsernames(comparison, holders, faults)
    if (faults.count > 0) return { outcome: 'faulty', faults }

    const told = { summary, leftOut: roster.leftOut, usernamesMade: unnamed.length }
    if (isNothing(changes)) return { outcome: 'nothingToDo', ...told }
    if (tooManyGone && !manyGone) return { outcome: 'tooManyGone', ...told }
    if (!dryRun) {
      await makeUsernames(unit, roster, comparison, services.randomBelow)
      progress('Writing', 0)
      const told = entriesOf(comparison, { source, now, requestId: services.newRequestId() })
      await unit.apply(changes, told, now, (share) => progress('Writing', share))
    }
    return { outcome: 'imported', ...told }
  })
}

/** What the activity log of each school is to tell: nobody's names, how many alone. */
function entriesOf(
  { bySchool }: Comparison,
  { source, now, requestId }: { source: string; now: Instant; requestId: string },
): ActivityEntry[] {
  return [...bySchool].map(([institutionId, counts]) => ({
    at: now,
    actorId: null,
    actorRole: 'import',
    action: 'importRoster',
    outcome: 'done',
    reason: null,
    pupilId: null,
    institutionIds: [institutionId],
    requestId,
    source: source === DEFAULT_SOURCE ? 'OneRoster' : `OneRoster ${source}`,
    counts,
  }))
}

async function comparisonWith(
  unit: RosterUnit,
  roster: Roster,
  comparing: Parameters<typeof compare>[2],
  progress: Progress,
): Promise<Comparison> {
  progress('Comparing', 0)
  const known: KnownRoster = {
    institutions: await bySourcedId(unit.institutions()),
    classes: await bySourcedId(unit.classes()),
    staff: await bySourcedId(unit.staff()),
    pupils: await bySourcedId(unit.pupils()),
  }
  const comparison = compare(roster, known, comparing)
  progress('Comparing', 1)
  return comparison
}

async function bySourcedId<K extends Known>(batches: AsyncIterable<readonly K[]>): Promise<Map<string, K>> {
  const known = new Map<string, K>()
  for await (const batch of batches) for (const each of batch) known.set(each.sourcedId, each)
  return known
}

/** How many usernames are asked about at once. */
const BATCH = 5000

async function holdersOf(unit: RosterUnit, usernames: readonly string[]): Promise<Map<string, string>> {
  const holders = new Map<string, string>()
  for (let first = 0; first < usernames.length; first += BATCH) {
    const found = await unit.usernameHolders(usernames.slice(first, first + BATCH))
    for (const [username, id] of found) holders.set(username, id)
  }
  return holders
}

/** Makes a username for everybody who has none, trying until it is nobody's. */
async function makeUsernames(
  unit: RosterUnit,
  roster: Roster,
  { unnamed }: Comparison,
  randomBelow: RandomBelow,
): Promise<void> {
  const taken = new Set<string>()
  for (const { username } of [...roster.staff.values(), ...roster.pupils.values()]) {
    if (username !== null) taken.add(username)
  }
  let left = unnamed.map((each) => ({ ...each, tries: 0 }))
  while (left.length > 0) {
    for (const each of left) {
      do {
        each.person.username = madeUsername(each.name, each.tries, randomBelow)
        each.tries += 1
      } while (taken.has(each.person.username))
      taken.add(each.person.username)
    }
    const holders = await holdersOf(
      unit,
      left.map(({ person }) => person.username),
    )
    left = left.filter(({ person }) => holders.has(person.username))
  }
}
