import { NoRoster, openRosterFiles } from './node-roster-files'
import { NoTarget, type OpenTarget, reasonOf } from './node-roster-target'
import { askedBy, runImport, USAGE } from './roster/command'
import { exitCodes, type Screen } from './roster/tell'

/**
 * `npm run import`: brings the people of an export into the data.
 * @param open what is imported to
 * @returns the code with which the command ends
 */
export async function importCommand(
  words: readonly string[],
  screen: Screen,
  open: (dryRun: boolean) => Promise<OpenTarget>,
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
      try {
        return await runImport(asked, { files, target: to.target, screen })
      } finally {
        await to.close()
      }
    } finally {
      await files.close()
    }
  } catch (error) {
    if (error instanceof NoRoster || error instanceof NoTarget) {
      screen.write(`\n${error.message}\n`)
      return exitCodes.misused
    }
    screen.write(
      `\nThe import broke off: ${reasonOf(error)}\nAll of it is written, or nothing: the same with --dry-run says which.\n`,
    )
    return exitCodes.failed
  }
}
