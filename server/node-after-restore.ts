import { EnvironmentFault, readEnvironment } from './environment'
import { withExistingData } from './node-existing-data'
import { StartFault } from './node-start'
import { endWhatWasOpen } from './store/sql/after-restore'
import { migrate, versionOf } from './store/sql/migrate'
import type { Instant } from './time'

/** With what `npm run after-restore` ends. */
export const afterRestoreExitCodes = { ended: 0, misused: 2 } as const

/**
 * `npm run after-restore`: ends what data of an earlier time hold as open, before a server starts on them.
 * @param env as the server has it: DATABASE_URL or DATA_FOLDER
 * @returns the code with which the command ends
 */
export async function afterRestoreCommand(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  write: (text: string) => void,
  now: Instant,
): Promise<number> {
  if (words.length > 0) {
    write(
      'npm run after-restore takes no words: it goes by DATABASE_URL or DATA_FOLDER, as the server does.\n',
    )
    return afterRestoreExitCodes.misused
  }
  try {
    const ended = await withExistingData(readEnvironment(env).database, async (database) => {
      if ((await versionOf(database)) === 0) throw new StartFault('There is nothing of Elevadgang in it.')
      await migrate(database, now)
      return endWhatWasOpen(database, now)
    })
    write(
      `Ended: ${ended.staffSessions} sessions of staff, ${ended.pupilSessions} of pupils, ${ended.resetWindows} windows for new passwords, ${ended.stepUps} step-ups.\nEverybody signs in anew.\n`,
    )
    return afterRestoreExitCodes.ended
  } catch (error) {
    if (!(error instanceof StartFault || error instanceof EnvironmentFault)) throw error
    write(`Nothing was ended.\n${error.message}\n`)
    return afterRestoreExitCodes.misused
  }
}
