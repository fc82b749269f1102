// npm run build: the page and the server, as `npm start` and the commands need them.
import { buildOnce } from './build.mjs'
import { prepare, runScript } from './prepare.mjs'

runScript(async () => {
  await prepare()
  await buildOnce('production', 'server')
})
