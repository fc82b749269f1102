// npm run import, verify-activity, after-restore: a command of the built server, which is built first where need be.
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { buildOnce } from './build.mjs'
import { prepare, root, runScript } from './prepare.mjs'

runScript(async () => {
  await prepare()
  await buildOnce('server')
  const [node = '', , command, ...words] = process.argv
  const file = path.join(root, 'dist-server', `${command}.js`)
  // As if it had been started by itself.
  process.argv = [node, file, ...words]
  await import(pathToFileURL(file).href)
})
