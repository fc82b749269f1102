// npm run dev:api: the page with hot reload, over the server that npm start serves.
import process from 'node:process'
import { freePort, isFree } from './port.mjs'
import { prepare, runScript, Stop } from './prepare.mjs'

runScript(async () => {
  const port = Number(process.env.PORT || 3000)
  await prepare()
  if (!(await isFree(port))) {
    throw new Stop(`Port ${port} is already taken. Choose another: PORT=${port + 1} npm run dev:api`)
  }
  const { runnerImport } = await import('vite')
  const { startDevPage } = await import('./dev-page.mjs')

  // The server finds its own settings; only its port is nobody's business.
  process.env.PORT = String(await freePort())
  /** @type {{ module: typeof import('./serve/api') }} */
  const { module: api } = await runnerImport('./scripts/serve/api.ts', {
    configFile: false,
    logLevel: 'warn',
  })
  const { origin, dataLieIn, signIn } = await api.started

  await startDevPage({ port, api: origin })
  console.log(`
The page is at:  http://localhost:${port}  (a change in src/ or locales/ is seen at once)
The API is at:   ${origin}  (a change in server/ is seen after a restart)
Sign in as ${signIn} (everybody here is made up).
The data lie in: ${dataLieIn}`)
})
