import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type ClientRequest, type IncomingMessage, request } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { demoSchools, STAFF_PASSWORD } from '../../mocks/people'
import { createEventBus } from '../../server/events/bus'
import { type Serving, serveElevadgang } from '../../server/node'
import { problemSchema } from '../../server/problems'
import { demoSecurityHeaders, securityHeaders } from '../../server/security-headers'
import { cookieCarrier, PUPIL_SESSION_COOKIE } from '../../server/session/carrier'
import { createMemoryStore } from '../../server/store/memory'
import { systemTimer } from '../../server/time'
import { places } from '../../src/pages/help/places'
import { paths } from '../../src/paths'
import { MORNING, noPhone } from './school-under-test'

const store = createMemoryStore(demoSchools(MORNING))
const pageFolder = mkdtempSync(path.join(tmpdir(), 'elevadgang-page-'))
let serving: Serving
let port = 0

beforeAll(async () => {
  mkdirSync(path.join(pageFolder, 'assets'))
  writeFileSync(path.join(pageFolder, 'index.html'), '<!doctype html><title>Elevadgang</title>')
  writeFileSync(path.join(pageFolder, 'assets', 'main-1234.js'), 'export {}')
  writeFileSync(path.join(pageFolder, 'secret.txt'), 'not for download')
  serving = await serveElevadgang({
    services: {
      store,
      clock: { now: () => MORNING },
      timer: systemTimer,
      events: createEventBus(MORNING),
      session: cookieCarrier({ secure: false }),
      pupilSession: cookieCarrier({ secure: false, name: PUPIL_SESSION_COOKIE }),
      codes: noPhone,
      passwords: demoPasswordHash,
      identity: { passwordMatches: async (_, password) => password === STAFF_PASSWORD },
    },
    pageFolder,
    port: 0,
    hostname: '127.0.0.1',
  })
  const { server } = serving
  if (!server.listening) await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
})

afterAll(async () => {
  await serving.stop()
  rmSync(pageFolder, { recursive: true })
})

const get = (url: string, init: RequestInit = {}) => fetch(`http://127.0.0.1:${port}${url}`, init)

const responseTo = (asked: ClientRequest) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    asked.on('response', resolve).on('error', reject)
  })

const signIn = (password = STAFF_PASSWORD) =>
  get('/api/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'lone4821', password }),
  })

describe('the server in Node', () => {
  test.each([
    '/',
    '/mine-klasser',
    '/assets/main-1234.js',
    '/assets/none.js',
    '/api/session',
    '/api/nowhere',
  ])('%s has every security header', async (url) => {
    const { headers } = await get(url)
    for (const [name, value] of Object.entries(securityHeaders)) expect(headers.get(name)).toBe(value)
  })

  test('allows nothing inline, nothing from elsewhere, and no frame', () => {
    const policy = securityHeaders['Content-Security-Policy']
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'none'")
    expect(policy).not.toMatch(/unsafe|\*|https?:|data:/)
  })

  test('is framed by nobody; the demo, which no school serves, by itself alone, and differs in nothing else', async () => {
    const { headers } = await get('/')
    expect(headers.get('X-Frame-Options')).toBe('DENY')
    expect(headers.get('Content-Security-Policy')).not.toContain('frame-src')
    const { 'Content-Security-Policy': policy, 'X-Frame-Options': frames, ...others } = securityHeaders
    expect(demoSecurityHeaders).toEqual({
      ...others,
      'X-Frame-Options': frames?.replace('DENY', 'SAMEORIGIN'),
      'Content-Security-Policy': policy?.replace(
        "frame-ancestors 'none'",
        "frame-ancestors 'self'; frame-src 'self'",
      ),
    })
  })

  test('gives the page for every address of its own, and asks for it anew each time', async () => {
    for (const url of [
      '/',
      '/klasser/birkeskolen-2a',
      '/../../etc/passwd',
      '/secret.txt',
      '/assets/../secret.txt',
    ]) {
      const answer = await get(url)
      expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([200, 'no-cache'])
      expect(await answer.text()).toContain('<title>Elevadgang</title>')
    }
  })

  test('leads from /was to the accessibility statement', async () => {
    const answer = await get('/was', { redirect: 'manual' })
    expect([answer.status, answer.headers.get('Location')]).toEqual([
      302,
      paths.help.to(places.accessibility),
    ])
  })

  test('gives files for good, and for a file that is not there no page', async () => {
    const script = await get('/assets/main-1234.js')
    expect([script.status, script.headers.get('Cache-Control')]).toEqual([
      200,
      'public, max-age=31536000, immutable',
    ])
    expect((await get('/assets/none.js')).status).toBe(404)
  })

  test.each([
    '/assets/../secret.txt',
    '/assets/%2e%2e/secret.txt',
    '/assets/..%2fsecret.txt',
    '//secret.txt',
  ])('gives nothing outside the assets: %s', async (url) => {
    // As it is written here: fetch would tidy the address up first.
    const asked = request({ port, host: '127.0.0.1', path: url }).end()
    let text = ''
    for await (const chunk of await responseTo(asked)) text += chunk
    expect(text).not.toContain('not for download')
  })

  test('carries a session in a cookie, and knows where a request comes from', async () => {
    const answer = await signIn()
    const [cookie = ''] = answer.headers.getSetCookie()
    const session = await get('/api/session', { headers: { Cookie: cookie.split(';')[0] ?? '' } })
    expect(await session.json()).toMatchObject({ signedIn: true, person: { name: 'Lone Kjær' } })
    expect(store.snapshot().activity.at(-1)).toMatchObject({ action: 'signIn', source: '127.0.0.1' })
  })

  test('answers a failure by a problem', async () => {
    const answer = await signIn('wrong')
    expect([answer.status, answer.headers.get('Cache-Control')]).toEqual([401, 'no-store'])
    expect(problemSchema.parse(await answer.json()).type).toBe('wrong-password')
  })

  test('abuse case 25: cuts off a body that is sent without end', async () => {
    const sending = request({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/api/session',
      headers: { 'Content-Type': 'application/json', 'Transfer-Encoding': 'chunked' },
    })
    const answered = responseTo(sending)
    const more = () => {
      if (!sending.destroyed) sending.write(' '.repeat(64 * 1024), () => setImmediate(more))
    }
    more()
    expect((await answered).statusCode).toBe(413)
    sending.destroy()
  })
})
