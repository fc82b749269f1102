// npm run import -- roster.zip: brings a school's own people into the data; see docs/oneroster.md.
import process from 'node:process'
import { importCommand } from '../../server/node-import'
import { openRosterTarget } from '../../server/node-roster-target'

// A folder of data is named from where the server is started.
const root = process.cwd()
// npm starts it there, wherever somebody has typed it.
process.chdir(process.env.INIT_CWD ?? root)

const screen = {
  isTerminal: process.stdout.isTTY === true,
  write: (text: string) => void process.stdout.write(text),
}
process.exitCode = await importCommand(process.argv.slice(2), screen, (dryRun) =>
  openRosterTarget({ env: process.env, root, dryRun }),
)
