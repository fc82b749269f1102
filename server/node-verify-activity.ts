import { KeyMissing } from './activity/verify'
import { askedToVerify, runVerification, VERIFY_USAGE, verifyExitCodes } from './activity/verify-command'
import { EnvironmentFault, readEnvironment } from './environment'
import { nodeSealing } from './node-activity-seal'
import { withExistingData } from './node-existing-data'
import { StartFault } from './node-start'
import { chainSource } from './store/sql/chain-source'
import { knowsSealing } from './store/sql/migrate'

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
    return await withExistingData(at, async (database) => {
      if (!(await knowsSealing(database))) {
        throw new StartFault('There is no sealed activity log yet: start this Elevadgang once.')
      }
      return runVerification(asked, chainSource(database), nodeSealing(activity.key), write)
    })
  } catch (error) {
    if (error instanceof KeyMissing) {
      write(
        'The activity log is sealed with a key: give ACTIVITY_KEY, as the server has it. Where it never had one, somebody else has made these blocks.\n',
      )
      return verifyExitCodes.misused
    }
    if (!(error instanceof StartFault || error instanceof EnvironmentFault)) throw error
    write(`The activity log cannot be checked.\n${error.message}\n`)
    return verifyExitCodes.misused
  }
}
