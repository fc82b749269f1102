// npm run import -- roster.zip: brings a school's own people into the data; see docs/oneroster.md.
import process from 'node:process'
import { prepare, runScript } from './prepare.mjs'

runScript(async () => {
  const folder = process.cwd()
  await prepare()
  const { runnerImport } = await import('vite')
  /** @param {string} file */
  const load = (file) => runnerImport(file, { configFile: false, logLevel: 'warn' })
  /** @type {{ module: typeof import('../server/node-import') }} */
  const { module: command } = await load('./server/node-import.ts')
  /** @type {{ module: typeof import('../server/store/memory') }} */
  const { module: memory } = await load('./server/store/memory.ts')

  // npm starts the script here, wherever somebody has typed it.
  process.chdir(process.env.INIT_CWD ?? folder)
  const screen = {
    isTerminal: process.stdout.isTTY === true,
    write: (/** @type {string} */ text) => void process.stdout.write(text),
  }
  process.exitCode = await command.importCommand(process.argv.slice(2), screen, async (dryRun) =>
    // Until the store on disk is here, an export can be looked at as for a school that has nobody yet.
    dryRun
      ? { target: memory.createMemoryStore(memory.noSchool).roster, close: async () => undefined }
      : null,
  )
})
