import { newRef, newRequestId, randomBelow } from '../secrets'
import { systemClock } from '../time'
import type { RosterFiles } from './files'
import { DEFAULT_SOURCE, importRoster } from './import'
import type { RosterKind, RosterTarget } from './target'
import { exitCodeOf, type Screen, showProgress, tellResult } from './tell'

/** What the command was asked for. */
export interface Asked {
  path: string
  source: string
  dryRun: boolean
  manyGone: boolean
}

export const USAGE = `npm run import -- <roster.zip or folder> [--dry-run] [--source=<name>] [--many-gone]

  --dry-run      looks, says what it would do, and writes nothing
  --source       which administrative system it comes from, where there are several; its sourcedIds count within it
  --many-gone    it is right that more than a third of the pupils are gone`

/** What is asked by the words after the command; null where they make no sense. */
export function askedBy(words: readonly string[]): Asked | null {
  const asked = { source: DEFAULT_SOURCE, dryRun: false, manyGone: false }
  const paths: string[] = []
  for (const word of words) {
    const [, source] = word.match(/^--source=([\w.-]{1,60})$/) ?? []
    if (word === '--dry-run') asked.dryRun = true
    else if (word === '--many-gone') asked.manyGone = true
    else if (source !== undefined) asked.source = source
    else if (word.startsWith('-')) return null
    else paths.push(word)
  }
  const [path, ...others] = paths
  return path !== undefined && others.length === 0 ? { path, ...asked } : null
}

const prefixes: Record<RosterKind, string> = { institution: 'i', class: 'c', staff: 's', pupil: 'p' }

/** Random, and of the letters and digits that ids have in addresses. */
export const newRosterId = (kind: RosterKind): string => `${prefixes[kind]}-${newRef()}`

/** Imports as asked, and tells how it went. @returns the code with which the command ends */
export async function runImport(
  { source, dryRun, manyGone }: Asked,
  { files, target, screen }: { files: RosterFiles; target: RosterTarget; screen: Screen },
): Promise<number> {
  const services = { target, clock: systemClock, newId: newRosterId, newRequestId, randomBelow }
  const result = await importRoster(services, { files, source, dryRun, manyGone }, showProgress(screen))
  screen.write(`\n${tellResult(result, dryRun).join('\n')}\n`)
  return exitCodeOf(result)
}
