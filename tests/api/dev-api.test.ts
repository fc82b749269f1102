import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import type { ViteDevServer } from 'vite'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { demoSchools, STAFF_PASSWORD } from '../../mocks/people'
import { startDevPage } from '../../scripts/dev-page.mjs'
import { freePort } from '../../scripts/port.mjs'
import { createEventBus } from '../../server/events/bus'
import { type Serving, serveElevadgang } from '../../server/node'
import { cookieCarrier, PUPIL_SESSION_COOKIE } from '../../server/session/carrier'
import { createMemoryStore } from '../../server/store/memory'
import { systemTimer } from '../../server/time'
import { MORNING, newKey, noPhone } from './school-under-test'

/** `npm run dev:api`: what a browser asks of the page's origin arrives at the server as if it were its own. */

const cacheDir = mkdtempSync(path.join(tmpdir(), 'elevadgang-dev-'))
let serving: Serving
let page: ViteDevServer
let port = 0
let listeners = 0

beforeAll(async () => {
  const events = createEventBus(MORNING)
  serving = await serveElevadgang({
    services: {
      store: createMemoryStore(demoSchools(MORNING)),
      clock: { now: () => MORNING },
      timer: systemTimer,
      events: {
        ...events,
        subscribe(told) {
          listeners += 1
          const stop = events.subscribe(told)
          return () => {
            listeners -= 1
            stop()
          }
        },
      },
      session: cookieCarrier({ secure: false }),
      pupilSession: cookieCarrier({ secure: false, name: PUPIL_SESSION_COOKIE }),
      codes: noPhone,
      passwords: demoPasswordHash,
      identity: { passwordMatches: async (_, password) => password === STAFF_PASSWORD },
    },
    pageFolder: '.',
    port: 0,
    hostname: '127.0.0.1',
  })
  if (!serving.server.listening) await once(serving.server, 'listening')
  const address = serving.server.address()
  const apiPort = typeof address === 'object' && address ? address.port : 0
  port = await freePort()
  page = await startDevPage({ port, api: `http://127.0.0.1:${apiPort}`, cacheDir })
})

afterAll(async () => {
  await page.close()
  await serving.stop()
  rmSync(cacheDir, { recursive: true, force: true })
})

/** As a browser asks: fetch would set an Origin of its own choice. */
async function ask(method: string, path: string, headers: Record<string, string> = {}, body?: object) {
  const asked = request({
    port,
    host: 'localhost',
    method,
    path,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': newKey(), ...headers },
  })
  asked.end(body && JSON.stringify(body))
  const [answer] = await once(asked, 'response')
  return { asked, answer, status: answer.statusCode }
}

const signIn = (headers: Record<string, string>) =>
  ask('POST', '/api/session', headers, { username: 'lone4821', password: STAFF_PASSWORD })

test('cookies go there and back, and the page of this origin may ask for changes', async () => {
  const { answer, status } = await signIn({ Origin: `http://localhost:${port}` })
  expect(status).toBe(200)
  const cookie = answer.headers['set-cookie'][0].split(';')[0]
  const classes = await ask('GET', '/api/classes', { Cookie: cookie })
  expect(classes.status).toBe(200)
  expect(await text(classes.answer)).toContain('2.A')
})

test.each([
  { Origin: 'https://evil.test' },
  { Origin: 'http://127.0.0.1:1' },
  { 'Sec-Fetch-Site': 'cross-site' },
])('a page of another origin may not: %o', async (headers) => {
  expect((await signIn(headers)).status).toBe(403)
})

test('a stream of events comes through at once, and ends with the page', async () => {
  const { answer } = await signIn({})
  const cookie = answer.headers['set-cookie'][0].split(';')[0]
  const stream = await ask('GET', '/api/events', { Cookie: cookie })
  const [beat] = await once(stream.answer, 'data')
  expect(String(beat)).toBe(':\n\n')
  expect(listeners).toBe(1)
  stream.asked.on('error', () => {})
  stream.asked.destroy()
  await expect.poll(() => listeners).toBe(0)
})

test('the page has hot reload, and answers nothing itself', async () => {
  const { answer } = await ask('GET', '/mine-klasser', { Accept: 'text/html' })
  expect(await text(answer)).toMatch(/@vite\/client.*src\/main\.tsx/s)
  expect(page.config.define).toMatchObject({ __MOCKS__: false, __PICKER__: false })
})
