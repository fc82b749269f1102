import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { connect as connectHttp2, constants } from 'node:http2'
import { connect, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { connect as connectTls } from 'node:tls'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeCertificate } from '../../bench/servers.mjs'
import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { demoSchools, STAFF_PASSWORD } from '../../mocks/people'
import { createEventBus } from '../../server/events/bus'
import { type Serving, serveElevadgang } from '../../server/node'
import { type Limits, usualLimits } from '../../server/node-limits'
import { BODY_MAX_BYTES } from '../../server/requests'
import { cookieCarrier, PUPIL_SESSION_COOKIE } from '../../server/session/carrier'
import { createMemoryStore } from '../../server/store/memory'
import { minutes, seconds, systemTimer } from '../../server/time'
import { MORNING, noPhone } from './school-under-test'

/** Short, so that one need not wait: what ends is asserted, never how soon. */
const limits: Limits = {
  ...usualLimits,
  head: seconds(0.4),
  request: seconds(0.8),
  keepAlive: seconds(0.4),
  silence: seconds(1),
}
const BEAT = seconds(0.1)
/** Together longer than every one of the limits. */
const BEATS = 15

const HOST = '127.0.0.1'
const folder = mkdtempSync(path.join(tmpdir(), 'elevadgang-limits-'))
writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Elevadgang</title>')
const { certificate, remove } = makeCertificate()
const running: Serving[] = []

interface Unusual {
  tls?: { key: Buffer; cert: Buffer }
  held?: Limits
}

async function start({ tls, held = limits }: Unusual = {}): Promise<number> {
  const serving = await serveElevadgang({
    services: {
      store: createMemoryStore(demoSchools(MORNING)),
      clock: { now: () => MORNING },
      timer: { every: (_, work) => systemTimer.every(BEAT, work) },
      events: createEventBus(MORNING),
      session: cookieCarrier({ secure: false }),
      pupilSession: cookieCarrier({ secure: false, name: PUPIL_SESSION_COOKIE }),
      codes: noPhone,
      passwords: demoPasswordHash,
      identity: { passwordMatches: async (_, password) => password === STAFF_PASSWORD },
    },
    pageFolder: folder,
    port: 0,
    hostname: HOST,
    limits: held,
    ...(tls ? { tls } : {}),
  })
  running.push(serving)
  if (!serving.server.listening) await once(serving.server, 'listening')
  const address = serving.server.address()
  return typeof address === 'object' && address ? address.port : 0
}

let port = 0
beforeAll(async () => {
  port = await start()
})
afterAll(async () => {
  for (const each of running) await each.stop()
  rmSync(folder, { recursive: true })
  remove()
})

/** What the server says until it closes the line. */
async function saidUntilClosed(line: Socket): Promise<string> {
  let said = ''
  line.on('data', (chunk) => {
    said += chunk
  })
  // A line that is cut while something is on its way is reset.
  line.on('error', () => {})
  await once(line, 'close')
  return said
}

/** Sends a beginning, then one more byte at a time for as long as the line is open. */
function trickle(line: Socket, beginning: string) {
  line.write(beginning)
  const stop = systemTimer.every(seconds(0.05), () => {
    if (line.writable) line.write('x')
  })
  line.once('close', stop)
}

const POST = [
  'POST /api/session HTTP/1.1',
  `Host: ${HOST}`,
  'Content-Type: application/json',
  'Content-Length: 4000',
  '',
  '{"username":"',
].join('\r\n')

async function sessionCookie(): Promise<string> {
  const answer = await fetch(`http://${HOST}:${port}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'lone4821', password: STAFF_PASSWORD }),
  })
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

describe('a connection is let go of', () => {
  test('that says nothing', async () => {
    await saidUntilClosed(connect(port, HOST))
  })

  test('whose head comes byte by byte', async () => {
    const line = connect(port, HOST)
    trickle(line, `GET / HTTP/1.1\r\nHost: ${HOST}\r\nX-Slow: `)
    expect(await saidUntilClosed(line)).toMatch(/^HTTP\/1\.1 408 /)
  })

  test('whose body comes byte by byte', async () => {
    const line = connect(port, HOST)
    trickle(line, POST)
    expect(await saidUntilClosed(line)).toMatch(/^HTTP\/1\.1 408 /)
  })

  test('that was answered and asks no more', async () => {
    // Not for its silence.
    const patient = await start({ held: { ...limits, silence: minutes(1) } })
    const line = connect(patient, HOST)
    line.write(`GET /healthz HTTP/1.1\r\nHost: ${HOST}\r\n\r\n`)
    expect(await saidUntilClosed(line)).toMatch(/^HTTP\/1\.1 200 .*alive$/s)
  })
})

test('a stream of events is not cut, however long it lasts', async () => {
  const stream = await fetch(`http://${HOST}:${port}/api/events`, {
    headers: { Cookie: await sessionCookie() },
  })
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  let beats = ''
  while (beats.length < BEATS * ':\n\n'.length) {
    const { value, done } = (await reader?.read()) ?? { done: true }
    expect(done).toBe(false)
    beats += value
  }
  expect(beats).toMatch(/^(:\n\n)+$/)
  await reader?.cancel()
})

describe('the head of a request', () => {
  const statusWith = async (headers: Record<string, string>, method = 'GET') => {
    const asked = request({ port, host: HOST, method, path: '/api/session', headers, agent: false }).end()
    const [answer] = await once(asked, 'response')
    answer.resume()
    return answer.statusCode
  }
  /** With Host, which is to come first, and Connection, which is sent besides. */
  const many = (count: number) => ({
    Host: HOST,
    ...Object.fromEntries(Array.from({ length: count - 2 }, (_, place) => [`X-${place}`, '1'])),
  })

  test('has at most 100 lines', async () => {
    expect(await statusWith(many(100))).toBe(200)
    expect(await statusWith(many(101))).toBe(431)
    expect(await statusWith(many(1500))).toBe(431)
  })

  test('cannot hide in its length that it is foreign', async () => {
    const foreign = { ...many(140), Origin: 'https://evil.test' }
    expect(await statusWith(foreign, 'DELETE')).toBe(431)
    expect(await statusWith({ ...many(90), Origin: 'https://evil.test' }, 'DELETE')).toBe(403)
  })

  test('has at most 16 kB', async () => {
    expect(await statusWith({ 'X-Long': 'x'.repeat(15 * 1024) })).toBe(200)
    expect(await statusWith({ 'X-Long': 'x'.repeat(17 * 1024) })).toBe(431)
  })
})

test('a body has at most 128 kB, to the byte', async () => {
  const statusOf = async (bytes: number) => {
    const { status } = await fetch(`http://${HOST}:${port}/api/session`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify('x'.repeat(bytes - 2)),
    })
    return status
  }
  expect(await statusOf(BODY_MAX_BYTES)).toBe(422)
  expect(await statusOf(BODY_MAX_BYTES + 1)).toBe(413)
})

test('a head and a body are long enough for what is usual, and a silence for a beat', () => {
  expect(usualLimits.head).toBeLessThan(usualLimits.request)
  expect(usualLimits.keepAlive).toBeGreaterThan(seconds(60))
  expect(usualLimits.silence).toBeGreaterThan(usualLimits.keepAlive)
})

// Node makes no certificates itself: without openssl there is no TLS to try.
describe.skipIf(certificate === undefined)('over TLS', () => {
  let tlsPort = 0
  beforeAll(async () => {
    if (!certificate) return
    const [key, cert] = [readFileSync(certificate.key), readFileSync(certificate.cert)]
    tlsPort = await start({ tls: { key, cert } })
  })
  const secured = () => connectTls({ port: tlsPort, host: HOST, rejectUnauthorized: false })

  test('a connection that speaks HTTP/1 slowly is let go of', async () => {
    const head = secured()
    trickle(head, `GET / HTTP/1.1\r\nHost: ${HOST}\r\nX-Slow: `)
    const body = secured()
    trickle(body, POST)
    const said = await Promise.all([saidUntilClosed(head), saidUntilClosed(body)])
    expect(said.map((each) => each.slice(0, 13))).toEqual(['HTTP/1.1 408 ', 'HTTP/1.1 408 '])
  })

  test('a body that comes byte by byte over HTTP/2 is cut off, and the connection lives on', async () => {
    const session = connectHttp2(`https://${HOST}:${tlsPort}`, { rejectUnauthorized: false })
    const slow = session.request({
      ':method': 'POST',
      ':path': '/api/session',
      'content-type': 'application/json',
    })
    slow.on('error', () => {})
    const stop = systemTimer.every(seconds(0.05), () => void slow.write('x'))
    await once(slow, 'close')
    stop()
    expect(slow.rstCode).not.toBe(0)

    const alive = session.request({ ':path': '/healthz' })
    const [headers] = await once(alive, 'response')
    expect(headers[':status']).toBe(200)
    session.close()
  })

  test('an HTTP/2 connection that says nothing is let go of', async () => {
    const session = connectHttp2(`https://${HOST}:${tlsPort}`, { rejectUnauthorized: false })
    session.on('error', () => {})
    await once(session, 'close')
  })

  test('a request with too many headers is refused over HTTP/2', async () => {
    const session = connectHttp2(`https://${HOST}:${tlsPort}`, { rejectUnauthorized: false })
    session.on('error', () => {})
    const headers = Object.fromEntries(Array.from({ length: 150 }, (_, place) => [`x-${place}`, '1']))
    const asked = session.request({ ':path': '/healthz', ...headers })
    asked.on('error', () => {})
    await new Promise<void>((resolve) => asked.on('close', resolve))
    expect(asked.rstCode).toBe(constants.NGHTTP2_ENHANCE_YOUR_CALM)
    session.destroy()
  })
})
