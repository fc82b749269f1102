// npm run verify-activity: whether somebody has touched the activity log; see docs/operation.md.
import process from 'node:process'
import { prepare, runScript } from './prepare.mjs'

runScript(async () => {
  const folder = process.cwd()
  await prepare()
  const { runnerImport } = await import('vite')
  /** @type {{ module: typeof import('../server/node-verify-activity') }} */
  const { module } = await runnerImport('./server/node-verify-activity.ts', {
    configFile: false,
    logLevel: 'warn',
  })
  // npm starts the script here, wherever somebody has typed it.
  process.chdir(process.env.INIT_CWD ?? folder)
  process.exitCode = await module.verifyActivityCommand(
    process.argv.slice(2),
    process.env,
    (text) => void process.stdout.write(text),
  )
})
