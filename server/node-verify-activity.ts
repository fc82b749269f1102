import { existsSync } from 'node:fs'
import { KeyMissing } from './activity/verify'
import { askedToVerify, runVerification, VERIFY_USAGE, verifyExitCodes } from './activity/verify-command'
import { EnvironmentFault, readEnvironment } from './environment'
import { nodeSealing } from './node-activity-seal'
import { takeFolder } from './node-folder'
import { chainSource } from './store/sql/chain-source'
import type { Database } from './store/sql/database'
import { knowsSealing } from './store/sql/migrate'
import { openPglite } from './store/sql/pglite'
import { openPostgres } from './store/sql/postgres'

/** What stands in the way of checking at all, in words for whoever asked. */
class CannotCheck extends Error {}

/**
 * `npm run verify-activity`: checks the activity log where the server's settings say that the data lie.
 * @param env as the server has it: DATABASE_URL or DATA_FOLDER, and ACTIVITY_KEY
 * @returns the code with which the command ends
 */
export async function verifyActivityCommand(
  words: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  write: (text: string) => void,
): Promise<number> {
  const asked = askedToVerify(words)
  if (!asked) {
    write(`${VERIFY_USAGE}\n`)
    return verifyExitCodes.misused
  }
  try {
    const { database: at, activity } = readEnvironment(env)
    const { database, close } = await openToRead(at)
    try {
      if (!(await knowsSealing(database))) {
        throw new CannotCheck('There is no sealed activity log yet: start this Elevadgang once.')
      }
      return await runVerification(asked, chainSource(database), nodeSealing(activity.key), write)
    } finally {
      await close()
    }
  } catch (error) {
    if (error instanceof KeyMissing) {
      write(
        'The activity log is sealed with a key: give ACTIVITY_KEY, as the server has it. Where it never had one, somebody else has made these blocks.\n',
      )
      return verifyExitCodes.misused
    }
    if (!(error instanceof CannotCheck || error instanceof EnvironmentFault)) throw error
    write(`The activity log cannot be checked.\n${error.message}\n`)
    return verifyExitCodes.misused
  }
}

/** Opens the data without bringing anything up to date. */
async function openToRead(
  at: { url: string } | { folder: string },
): Promise<{ database: Database; close: () => Promise<void> }> {
  if ('url' in at) {
    const database = openPostgres({ url: at.url })
    return { database, close: () => database.close() }
  }
  // An embedded database would be made anew where there is none.
  if (!existsSync(at.folder)) throw new CannotCheck(`There are no data in ${at.folder}.`)
  const folder = takenOrNot(at.folder)
  try {
    if (!existsSync(folder.database)) throw new CannotCheck(`There are no data in ${folder.path}.`)
    const database = await openPglite(folder.database)
    return {
      database,
      async close() {
        await database.close()
        folder.leave()
      },
    }
  } catch (error) {
    folder.leave()
    throw error
  }
}

function takenOrNot(path: string) {
  try {
    return takeFolder(path)
  } catch (error) {
    throw new CannotCheck(error instanceof Error ? error.message : 'The folder cannot be opened.')
  }
}
