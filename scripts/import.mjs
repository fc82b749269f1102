// npm run import -- roster.zip: brings a school's own people into the data; see docs/oneroster.md.
import process from 'node:process'
import { prepare, root, runScript } from './prepare.mjs'

runScript(async () => {
  const folder = process.cwd()
  await prepare()
  const { runnerImport } = await import('vite')
  /** @param {string} file */
  const load = (file) => runnerImport(file, { configFile: false, logLevel: 'warn' })
  /** @type {{ module: typeof import('../server/node-import') }} */
  const { module: command } = await load('./server/node-import.ts')
  /** @type {{ module: typeof import('../server/node-roster-target') }} */
  const { module: data } = await load('./server/node-roster-target.ts')

  // npm starts the script here, wherever somebody has typed it.
  process.chdir(process.env.INIT_CWD ?? folder)
  const screen = {
    isTerminal: process.stdout.isTTY === true,
    write: (/** @type {string} */ text) => void process.stdout.write(text),
  }
  process.exitCode = await command.importCommand(process.argv.slice(2), screen, (dryRun) =>
    data.openRosterTarget({ env: process.env, root, dryRun }),
  )
})
