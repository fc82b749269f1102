import { spawn } from 'node:child_process'
import { once } from 'node:events'
import http from 'node:http'
import path from 'node:path'
import process from 'node:process'
import { freePort } from '../../../scripts/port.mjs'
import { test as base } from './fixtures'

export { expect } from './fixtures'

const FOLDER = path.resolve('test-results/production')

/** Runs a Node.js program to its end. */
async function run(args: string[]): Promise<void> {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'inherit'] })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`node ${args.join(' ')} ended with ${code}`)
}

const build = (...args: string[]) =>
  run(['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'error', '--emptyOutDir', ...args])

/** The page as it is built for schools, and the API with its cookie, in one process of their own. */
async function startProduction() {
  await Promise.all([
    build('--outDir', `${FOLDER}/dist`),
    build('--mode', 'server', '--outDir', `${FOLDER}/dist-server`),
  ])
  const port = await freePort()
  const server = spawn(process.execPath, ['dist-server/server.js'], {
    cwd: FOLDER,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, NODE_ENV: 'production', HOST: 'localhost', PORT: String(port) },
  })
  // It says that it listens.
  await once(server.stdout, 'data')
  return { origin: `http://localhost:${port}`, stop: () => server.kill() }
}

/** Another site: answers every address with an empty page. */
async function startForeignSite() {
  const server = http.createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/html' })
    response.end('<!doctype html><title>Elsewhere</title><body>')
  })
  const port = await freePort()
  // Every name of this machine.
  server.listen(port)
  await once(server, 'listening')
  return { port, stop: () => server.close() }
}

interface Servers {
  origin: string
  /** The same machine under names that make it another origin: of the same site, and of another. */
  foreign: { sameSite: string; otherSite: string }
}

/** Tests of the production build; its pages are never mocked. */
export const test = base.extend<object, { servers: Servers }>({
  servers: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are needed from the pattern
    async ({}, use) => {
      const production = await startProduction()
      const foreign = await startForeignSite()
      await use({
        origin: production.origin,
        foreign: {
          sameSite: `http://localhost:${foreign.port}`,
          otherSite: `http://127.0.0.1:${foreign.port}`,
        },
      })
      production.stop()
      foreign.stop()
    },
    { scope: 'worker' },
  ],
  baseURL: ({ servers }, use) => use(servers.origin),
})
