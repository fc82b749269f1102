// npm run demo: the demo that answers its own API in the page, with both sides at once.
import process from 'node:process'
import { buildOnce } from './build.mjs'
import { isFree } from './port.mjs'
import { prepare, runScript, Stop } from './prepare.mjs'

runScript(async () => {
  const port = wantedPort()
  await prepare()
  if (!(await isFree(port))) {
    throw new Stop(
      `Port ${port} is already taken, perhaps by another Elevadgang.\n` +
        `Stop that program, or choose another port: PORT=${port + 1} npm run demo`,
    )
  }

  await buildOnce('demo')
  const { preview } = await import('vite')
  const server = await preview({ mode: 'demo', logLevel: 'warn', preview: { port } })

  console.log(`
The demo is ready:    http://localhost:${port}
Both sides at once:   http://localhost:${port}/demo  (teacher and pupil, with a tour of three minutes)
Sign in as lone4821 with the password Elevadgang-2026 (everybody here is made up).
What happens stays in the browser. Ctrl-C stops it.`)

  const stop = async () => {
    await server.close()
    process.exit(0)
  }
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
})

function wantedPort() {
  const port = Number(process.env.PORT || 3000)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new Stop(`PORT is "${process.env.PORT}"; it must be a number from 1 to 65535.`)
}
