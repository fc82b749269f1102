import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { demoPasswordOf } from '../../mocks/demo-passwords'
import { demoSchools, STAFF_PASSWORD } from '../../mocks/people'
import { createEventBus } from '../../server/events/bus'
import { asSafeError, withoutValues } from '../../server/log-safely'
import { type Serving, serveElevadgang } from '../../server/node'
import { createLog, usualLevel } from '../../server/node-log'
import { createMetrics, serveMetrics } from '../../server/node-metrics'
import { Problem } from '../../server/problems'
import { SCHOOL_HEADER } from '../../server/session/caller'
import { cookieCarrier, PUPIL_SESSION_COOKIE } from '../../server/session/carrier'
import { createMemoryStore } from '../../server/store/memory'
import { systemTimer } from '../../server/time'
import { exportWords, MORNING, newKey } from './school-under-test'

/** A server whose log and measures can be read, and a morning of requests to it. */

const school = demoSchools(MORNING)
const store = createMemoryStore(school)
const pageFolder = mkdtempSync(path.join(tmpdir(), 'elevadgang-log-'))
writeFileSync(path.join(pageFolder, 'index.html'), '<!doctype html><title>Elevadgang</title>')

const lines: string[] = []
const log = createLog('debug', { write: (line) => void lines.push(line) })
const metrics = createMetrics()
metrics.watchDatabase(() => ({ open: 7, idle: 2, waiting: 3, retries: 11 }))
const codes: string[] = []
let isBroken = false
let serving: Serving
let measured: Awaited<ReturnType<typeof serveMetrics>>
let port = 0

async function whole<Unit, T>(unit: Unit, work: (unit: Unit) => Promise<T>): Promise<T> {
  // As a database says it: with the row's values.
  if (isBroken) throw new Error('Key (username)=(asta2011) of "Asta Holm" exists: Asta Holm asta2011')
  return work(unit)
}

beforeAll(async () => {
  serving = await serveElevadgang({
    services: {
      store: {
        read: async (work) => store.read((unit) => whole(unit, work)),
        transaction: async (work) => store.transaction((unit) => whole(unit, work)),
      },
      clock: { now: () => MORNING },
      timer: systemTimer,
      events: metrics.counting(createEventBus(MORNING)),
      session: cookieCarrier({ secure: false }),
      pupilSession: cookieCarrier({ secure: false, name: PUPIL_SESSION_COOKIE }),
      codes: { send: async (_, code) => void codes.push(code) },
      passwords: metrics.countingPasswords(demoPasswordHash),
      identity: { passwordMatches: async (_, password) => password === STAFF_PASSWORD },
      onUnexpected: log.failed,
      onAnswered(answered) {
        log.answered(answered)
        metrics.answered(answered)
      },
    },
    pageFolder,
    port: 0,
    hostname: '127.0.0.1',
  })
  const { server } = serving
  if (!server.listening) await once(server, 'listening')
  const address = server.address()
  port = typeof address === 'object' && address ? address.port : 0
  measured = await serveMetrics(metrics, { port: 0, host: '127.0.0.1' })
})

afterAll(async () => {
  await measured.stop()
  await serving.stop()
  rmSync(pageFolder, { recursive: true })
})

const cookies: string[] = []
async function ask(route: string, body?: unknown, headers: Record<string, string> = {}) {
  const [method = '', address = ''] = route.split(' ')
  const answer = await fetch(`http://127.0.0.1:${port}${address}`, {
    method,
    headers: { 'Content-Type': 'application/json', 'Idempotency-Key': newKey(), ...headers },
    body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
  })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  if (cookie) cookies.push(cookie)
  const isStream = answer.headers.get('Content-Type')?.startsWith('text/event-stream')
  return { answer, cookie, text: isStream ? '' : await answer.text() }
}

const pupilId = (username: string) => school.pupils.find((each) => each.username === username)?.id ?? ''
const signIn = { username: 'lone4821', password: STAFF_PASSWORD }

/** What people do, do wrong, and try, with names, usernames and passwords wherever they can be put. */
async function aMorning() {
  const { cookie } = await ask('POST /api/session', signIn)
  const lone = { cookie }
  const asta = { pupilIds: [pupilId('asta2011')] }
  await ask('POST /api/session', { ...signIn, password: 'Sommerferie-77' })
  await ask('POST /api/session', { username: 'wxyz9999', password: STAFF_PASSWORD })
  await ask('POST /api/session', '{"username":"asta2011", Asta Holm')
  await ask('POST /api/session', { username: 'Asta Holm', password: 7, role: 'Bertram Lund' })
  await ask('GET /api/classes/birkeskolen-2a', undefined, lone)
  await ask('GET /api/classes/Asta%20Holm?username=asta2011', undefined, lone)
  await ask('POST /api/pupils/username-reveals', asta, lone)
  await ask('POST /api/pupils/password-resets', asta, lone)
  await ask('POST /api/pupils/step-ups', { pupilIds: ['Asta Holm', 'asta2011'] }, lone)
  await ask('GET /api/asta2011?q=Asta%20Holm', undefined, { ...lone, Referer: 'http://x/Asta%20Holm' })
  await ask('GET /elev/asta2011', undefined, { 'User-Agent': 'Asta Holm' })
  await ask('GET /healthz')
  await ask('POST /api/pupil/session/username', { username: 'asta2011' })
  await ask('POST /api/pupil/session', { username: 'emil2015', password: demoPasswordOf('emil2015', school) })

  const admin = await ask('POST /api/session', {
    username: 'kent1904',
    password: STAFF_PASSWORD,
    as: 'userAdministrator',
  })
  const kent = { cookie: admin.cookie, [SCHOOL_HEADER]: 'birkeskolen' }
  await ask('POST /api/session/second-factor/codes', undefined, kent)
  const given = await ask('POST /api/session/second-factor', { code: codes.at(-1) }, kent)
  kent.cookie = given.cookie
  await ask('POST /api/pupils/exports', { ...asta, words: exportWords }, kent)
  await ask(
    'POST /api/pupils/policies',
    { ...asta, policy: 'mellemtrin', note: 'Aftalt med Asta Holm' },
    kent,
  )
  isBroken = true
  const broken = await ask('GET /api/classes', undefined, lone)
  isBroken = false
  expect([given.answer.status, broken.answer.status]).toEqual([200, 500])
  return { lone, broken }
}

const lineSchema = z.object({
  level: z.string(),
  time: z.iso.datetime(),
  msg: z.string(),
  requestId: z.string().nullable().optional(),
  route: z.string().optional(),
  method: z.string().optional(),
  status: z.number().optional(),
  durationMs: z.number().optional(),
  error: z.looseObject({ type: z.string(), message: z.string(), stack: z.array(z.string()) }).optional(),
})
const logged = () => lines.map((line) => lineSchema.strict().parse(JSON.parse(line)))

describe('the log', () => {
  test('has a line for each request, and nothing of who asked or for whom', async () => {
    const { broken } = await aMorning()
    const text = lines.join('')

    for (const { name, username } of [...school.pupils, ...school.staff]) {
      for (const secret of [name, username]) if (text.includes(secret)) expect(text).not.toContain(secret)
    }
    for (const secret of [
      STAFF_PASSWORD,
      'Sommerferie',
      'wxyz9999',
      'Asta',
      'Holm',
      'emil',
      'Aftalt',
      '127.0.0.1',
      ...codes,
      ...cookies.flatMap((cookie) => cookie.split('=')[1] ?? []),
      demoPasswordOf('emil2015', school) ?? 'emil2015',
    ]) {
      expect(text).not.toContain(secret)
    }

    const told = logged().map(({ level, method, route, status, msg }) =>
      [level, method, route, status, msg].filter((part) => part !== undefined).join(' '),
    )
    expect(told).toEqual([
      'info POST /api/session 200 answered',
      'info POST /api/session 401 answered',
      'info POST /api/session 401 answered',
      'info POST /api/session 400 answered',
      'info POST /api/session 422 answered',
      'info GET /api/classes/:classId 200 answered',
      'info GET /api/classes/:classId 404 answered',
      'info POST /api/pupils/username-reveals 200 answered',
      'info POST /api/pupils/password-resets 200 answered',
      'info POST /api/pupils/step-ups 422 answered',
      'info GET unknown 404 answered',
      'debug GET page 200 answered',
      'debug GET /healthz 200 answered',
      'info POST /api/pupil/session/username 200 answered',
      'info POST /api/pupil/session 200 answered',
      'info POST /api/session 200 answered',
      'info POST /api/session/second-factor/codes 200 answered',
      'info POST /api/session/second-factor 200 answered',
      'info POST /api/pupils/exports 200 answered',
      'info POST /api/pupils/policies 200 answered',
      'error failed',
      'warn GET /api/classes 500 answered',
    ])

    const [failed, answered] = logged().slice(-2)
    const requestId = broken.answer.headers.get('Request-Id')
    expect([failed?.requestId, answered?.requestId]).toEqual([requestId, requestId])
    expect(failed?.error?.stack[0]).toMatch(/log\.test\.ts/)
    expect(failed?.error?.message).not.toMatch(/[a]sta|[H]olm/)
    expect(answered?.durationMs).toBeGreaterThanOrEqual(0)
  })

  test('tells as much as its level says: in a terminal what somebody should look at', () => {
    expect([usualLevel(true), usualLevel(false)]).toEqual(['warn', 'info'])
    const told: string[] = []
    const quiet = createLog('warn', { write: (line) => void told.push(line) })
    const answered = { requestId: 'r', method: 'GET', route: '/api/classes', duration: 1.4 }
    quiet.said('started')
    quiet.answered({ ...answered, status: 404 })
    expect(told).toEqual([])
    quiet.answered({ ...answered, status: 503 })
    expect(told.map((line) => JSON.parse(line))).toEqual(
      [
        {
          ...answered,
          duration: undefined,
          status: 503,
          durationMs: 1,
          level: 'warn',
          msg: 'answered',
          time: expect.anything(),
        },
      ].map(({ duration, ...rest }) => rest),
    )
  })
})

describe('an error in the log', () => {
  test.each([
    [
      'duplicate key value violates unique constraint "pupils_username_key"',
      'duplicate key value violates unique constraint …',
    ],
    ['Key (username)=(asta2011) already exists.', '… … already exists.'],
    ['invalid input syntax for type bigint: "asta2011"', 'invalid input syntax for type bigint: …'],
    [`Unexpected token 'A', "Asta Holm" is not valid JSON`, '… token …, … is not valid …'],
    ['nobody is called asta2011', 'nobody is called …'],
    ['connect ECONNREFUSED 10.0.0.4:5432', 'connect … …'],
    [`an unclosed "Asta Holm`, 'an unclosed …'],
    ['first line\nAsta Holm', 'first line'],
    ['for Åse Ølgård and åse@skole.dk', 'for … … and …'],
  ])('says nothing of %s that somebody typed', (message, said) => {
    expect(withoutValues(message)).toBe(said)
  })

  test('says what it is, where it happened, and what caused it', () => {
    const cause = Object.assign(new Error('connect ECONNREFUSED 10.0.0.4:5432'), { code: 'ECONNREFUSED' })
    const error = new TypeError('nobody is called asta2011\n    at Asta Holm', { cause })
    const safe = asSafeError(error)
    expect(safe).toMatchObject({ type: 'TypeError', cause: { code: 'ECONNREFUSED', message: 'connect … …' } })
    expect(safe.stack[0]).toMatch(/log\.test\.ts:\d+:\d+/)
    expect(JSON.stringify(safe)).not.toMatch(/Asta|asta2011|10\.0\.0/)
    expect(asSafeError(new Problem('not-found'))).toMatchObject({ type: 'Problem', message: 'not-found' })
    expect(asSafeError('Asta Holm')).toEqual({ type: 'string', message: '', stack: [] })
  })

  test('of the database names its code, table and constraint, never the row', () => {
    const error = Object.assign(
      new Error('duplicate key value violates unique constraint "pupils_username_key"'),
      {
        code: '23505',
        table: 'pupils',
        constraint: 'pupils_username_key',
        detail: 'Key (username)=(asta2011) already exists.',
        where: 'Asta Holm',
      },
    )
    const safe = asSafeError(error)
    expect(safe).toMatchObject({ code: '23505', table: 'pupils', constraint: 'pupils_username_key' })
    expect(JSON.stringify(safe)).not.toMatch(/asta2011|Holm|detail/)
  })
})

describe('the measures', () => {
  const measures = async () => {
    const answer = await fetch(`http://127.0.0.1:${measured.port}/metrics`)
    expect(answer.status).toBe(200)
    return answer.text()
  }
  const amountOf = (text: string, name: string) =>
    Number(
      text
        .split('\n')
        .find((line) => line.startsWith(`${name} `))
        ?.split(' ')
        .at(-1),
    )

  test('count requests by route, method and class of status', async () => {
    await ask('GET /api/classes/birkeskolen-2a')
    const text = await measures()
    expect(text).toMatch(
      /elevadgang_request_duration_seconds_count\{route="\/api\/classes\/:classId",method="GET",status="4xx"\} [1-9]/,
    )
    expect(text).toContain('process_resident_memory_bytes')
    expect(text).toContain('nodejs_eventloop_lag_seconds')
  })

  test('of the database are those of this moment', async () => {
    const text = await measures()
    const database = ['connections', 'connections_idle', 'waiting'].map((name) =>
      amountOf(text, `elevadgang_database_${name}`),
    )
    expect([...database, amountOf(text, 'elevadgang_transaction_retries_total')]).toEqual([7, 2, 3, 11])
    expect(amountOf(await measures(), 'elevadgang_transaction_retries_total')).toBe(11)
  })

  test('have no label more for whatever addresses and methods people make up, and nothing personal', async () => {
    await ask('GET /api/first-unknown')
    await ask('PATCH /api/classes')
    // Node's own come and go with what it happens to be doing.
    const labels = async () => new Set((await measures()).match(/^elevadgang_\w+\{[^}]*\}/gm))
    await ask('GET /first-page')
    await ask('GET /assets/first.js')
    const before = await labels()
    for (const address of ['/api/asta2011', '/api/classes/x/y', '/asta2011', '/assets/asta2011.js']) {
      await ask(`GET ${address}`)
    }
    await ask('PATCH /api/asta2011')
    expect(await labels()).toEqual(before)
    const odd = await fetch(`http://127.0.0.1:${port}/api/asta2011`, { method: 'PROPFIND' })
    expect(odd.status).toBe(404)
    expect([...(await labels())].join('\n')).not.toMatch(/asta|PROPFIND|\d{4}/)
  })

  test('count open streams and what they are told, and passwords that wait', async () => {
    const { cookie } = await ask('POST /api/session', signIn)
    const stopping = new AbortController()
    const stream = await fetch(`http://127.0.0.1:${port}/api/events`, {
      headers: { cookie },
      signal: stopping.signal,
    })
    const reader = stream.body?.getReader()
    await reader?.read()
    const during = await measures()
    expect(amountOf(during, 'elevadgang_event_streams')).toBe(1)
    expect(amountOf(during, 'elevadgang_passwords_pending')).toBe(0)

    await ask('POST /api/pupils/password-resets', { pupilIds: [pupilId('asta2011')] }, { cookie })
    await reader?.read()
    expect(amountOf(await measures(), 'elevadgang_events_delivered_total')).toBeGreaterThan(0)
    await reader?.cancel()
    stopping.abort()
    await expect.poll(async () => amountOf(await measures(), 'elevadgang_event_streams')).toBe(0)
  })

  test('of passwords go up while one is hashed, and down also where that fails', async () => {
    let fail = () => {}
    const counted = createMetrics()
    const passwords = counted.countingPasswords({
      hash: () =>
        new Promise((_, reject) => {
          fail = () => reject(new Error('no'))
        }),
      matches: async () => true,
    })
    const hashing = passwords.hash('secret')
    expect(amountOf(await counted.text(), 'elevadgang_passwords_pending')).toBe(1)
    fail()
    await expect(hashing).rejects.toThrow('no')
    expect(amountOf(await counted.text(), 'elevadgang_passwords_pending')).toBe(0)
  })

  test("are not on the app's port, and nothing else is on theirs", async () => {
    expect((await ask('GET /metrics')).text).toContain('<title>Elevadgang</title>')
    expect((await ask('GET /api/metrics')).answer.status).toBe(404)
    for (const address of ['/', '/api/session', '/metrics/x', '/healthz']) {
      expect((await fetch(`http://127.0.0.1:${measured.port}${address}`)).status).toBe(404)
    }
    const posted = await fetch(`http://127.0.0.1:${measured.port}/metrics`, { method: 'POST' })
    expect(posted.status).toBe(404)
  })
})
