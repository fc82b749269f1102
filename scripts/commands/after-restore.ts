// npm run after-restore: ends what data of an earlier time hold as open; see docs/operation.md.
import process from 'node:process'
import { afterRestoreCommand } from '../../server/node-after-restore'
import { systemClock } from '../../server/time'

process.exitCode = await afterRestoreCommand(
  process.argv.slice(2),
  process.env,
  (text) => void process.stdout.write(text),
  systemClock.now(),
)
