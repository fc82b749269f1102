// npm start: page and API from one process, over data that last; the demo school, or in production a municipality's own.
import path from 'node:path'
import process from 'node:process'
import { pathToFileURL } from 'node:url'
import { buildOnce } from './build.mjs'
import { prepare, root, runScript } from './prepare.mjs'

runScript(async () => {
  await prepare()
  await buildOnce('production', 'server')
  const entry = process.env.NODE_ENV === 'production' ? 'production' : 'demo'
  await import(pathToFileURL(path.join(root, 'dist-server', `${entry}.js`)).href)
})
