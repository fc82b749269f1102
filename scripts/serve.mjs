// npm run serve: builds page and server, and serves them with data that last.
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { prepare, root, run, runScript, Stop } from './prepare.mjs'

runScript(async () => {
  await prepare()
  console.log('Building the page and the server …')
  for (const args of [[], ['--mode', 'server']]) {
    const vite = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn', ...args]
    const code = await run(process.execPath, vite)
    if (code !== 0) throw new Stop('A build failed: see the lines above.')
  }
  process.env.NODE_ENV = 'production'
  await import(pathToFileURL(path.join(root, 'dist-server/serve.js')).href)
})
