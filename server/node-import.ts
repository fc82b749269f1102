import { NoRoster, openRosterFiles } from './node-roster-files'
import { askedBy, runImport, USAGE } from './roster/command'
import type { RosterTarget } from './roster/target'
import { exitCodes, type Screen } from './roster/tell'

/** Where the command imports to, and how it is let go of. */
export interface OpenTarget {
  target: RosterTarget
  close(): Promise<void>
}

/**
 * `npm run import`: brings the people of an export into the data.
 * @param open what is imported to; null where nothing is set up, which leaves only dry runs
 * @returns the code with which the command ends
 */
export async function importCommand(
  words: readonly string[],
  screen: Screen,
  open: (dryRun: boolean) => Promise<OpenTarget | null>,
): Promise<number> {
  const asked = askedBy(words)
  if (!asked) {
    screen.write(`${USAGE}\n`)
    return exitCodes.misused
  }
  try {
    const files = await openRosterFiles(asked.path)
    try {
      const to = await open(asked.dryRun)
      if (!to) {
        screen.write('There is no database to import into; --dry-run checks an export without one.\n')
        return exitCodes.misused
      }
      try {
        return await runImport(asked, { files, target: to.target, screen })
      } finally {
        await to.close()
      }
    } finally {
      await files.close()
    }
  } catch (error) {
    if (!(error instanceof NoRoster)) throw error
    screen.write(`${error.message}\n`)
    return exitCodes.misused
  }
}
