// npm run verify-activity: whether somebody has touched the activity log; see docs/operation.md.
import process from 'node:process'
import { verifyActivityCommand } from '../../server/node-verify-activity'

process.exitCode = await verifyActivityCommand(
  process.argv.slice(2),
  process.env,
  (text) => void process.stdout.write(text),
)
