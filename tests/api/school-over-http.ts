import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type IncomingMessage, request as send } from 'node:http'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Readable } from 'node:stream'
import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { demoSchools, STAFF_PASSWORD } from '../../mocks/people'
import { signInAlone } from '../../mocks/sign-in-alone'
import { createEventBus } from '../../server/events/bus'
import { tellOfChanges } from '../../server/events/tell'
import { serveElevadgang } from '../../server/node'
import {
  cookieCarrier,
  PAGE_PUPIL_SESSION_HEADER,
  PAGE_SESSION_HEADER,
  PUPIL_SESSION_COOKIE,
  SESSION_COOKIE,
} from '../../server/session/carrier'
import { noSchool, type SchoolData, type Snapshot } from '../../server/store/memory'
import { type Connection, type Database, LOCKS } from '../../server/store/sql/database'
import { fillWith } from '../../server/store/sql/fill'
import { migrate } from '../../server/store/sql/migrate'
import { openPglite } from '../../server/store/sql/pglite'
import { openPostgres } from '../../server/store/sql/postgres'
import { createSqlStore } from '../../server/store/sql/store'
import type { Store } from '../../server/store/store'
import { type Clock, type Instant, systemTimer } from '../../server/time'
import type { SchoolBehind } from './school-behind'
import { postgresOfThisMachine } from './sql-databases'
import { snapshotsOf } from './sql-snapshot'

/** The cookies in which the secrets travel that the tests, like the mocks' page, have in headers. */
const carriers = [
  [PAGE_SESSION_HEADER, SESSION_COOKIE],
  [PAGE_PUPIL_SESSION_HEADER, PUPIL_SESSION_COOKIE],
] as const

/**
 * The real server, on a port of this machine, over SQL: one for each file of tests. A school begins by bringing the
 * database back to how it was; only one school at a time is there.
 */
export async function serverOverSql(kind: 'pglite' | 'postgres', morning: Instant) {
  const folder = mkdtempSync(path.join(tmpdir(), 'elevadgang-over-http-'))
  writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Elevadgang</title>')
  const postgres = kind === 'postgres' ? await postgresOfThisMachine() : null
  if (kind === 'postgres' && !postgres) throw new Error('There is no PostgreSQL on this machine')
  const database = postgres ? openPostgres({ url: postgres.url }) : await openPglite()
  await migrate(database, morning)
  const demo = demoSchools(morning)
  await database.unit((connection) => fillWith(connection, demo))
  const begin = await keepCopy(database)

  let clock: Clock = { now: () => morning }
  let phone: string[] = []
  const sql = createSqlStore(database)
  const events = createEventBus(morning)
  const { server } = await serveElevadgang({
    services: {
      store: sql,
      clock: { now: () => clock.now() },
      timer: systemTimer,
      events,
      session: cookieCarrier({ secure: false }),
      pupilSession: cookieCarrier({ secure: false, name: PUPIL_SESSION_COOKIE }),
      codes: { send: async (_to, code) => void phone.unshift(code) },
      passwords: demoPasswordHash,
      identity: { passwordMatches: async (_, password) => password === STAFF_PASSWORD },
      onUnexpected: (error, requestId) => console.error(requestId, error),
    },
    pageFolder: folder,
    port: 0,
    hostname: '127.0.0.1',
  })
  if (!server.listening) await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  // Files share it, so it ends with their process.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))

  let schools = 0

  function open(change: (school: SchoolData) => SchoolData, itsClock: Clock): SchoolBehind {
    schools += 1
    const number = schools
    const readAll = snapshotsOf(database)
    const wanted = change(demo)
    let latest: Snapshot = { ...nothingYet, ...wanted }

    /** One after the other: first what the school begins with, later what is to be seen of it. */
    let turn: Promise<unknown> = Promise.resolve()
    function inTurn<T>(work: () => Promise<T>): Promise<T> {
      const result = turn.then(() => {
        if (number !== schools) throw new Error('Another school has begun: over SQL there is one at a time')
        return work()
      })
      turn = result
      // Whoever waits for it is told.
      result.catch(() => {})
      return result
    }
    const look = () =>
      inTurn(async () => {
        latest = await readAll(latest)
      })
    const bring = (before: Snapshot, after: Snapshot) =>
      inTurn(() => database.alone(LOCKS.upkeep, (connection) => replace(connection, before, after)))

    inTurn(async () => {
      await begin()
      clock = itsClock
      phone = []
    })
    bring({ ...nothingYet, ...demo }, latest)
    look()

    const store: Store = {
      async read(work) {
        await turn
        return sql.read(work)
      },
      async transaction(work) {
        await turn
        const result = await sql.transaction(work)
        await look()
        return result
      },
    }
    return {
      source: '127.0.0.1',
      // The sign nought is the one that PostgreSQL cannot keep.
      kept: (text) => text.replaceAll('\0', '\uFFFD'),
      onItsWay: 8_000_000,
      store,
      async fetch(request) {
        await turn
        const answer = await fetchFrom(port, request)
        await look()
        return answer
      },
      snapshot: () => latest,
      codeOnPhone: async () => phone[0] ?? '',
      async signInAlone(username) {
        await turn
        const pupil = latest.pupils.find((each) => each.username === username)
        if (!pupil) return false
        const done = await tellOfChanges(sql, events).transaction((unit) =>
          signInAlone(unit, pupil, itsClock.now()),
        )
        await look()
        return done
      },
      change(next) {
        const before = latest
        latest = next(latest)
        bring(before, latest)
        look()
      },
    }
  }
  return open
}

const nothingYet: Snapshot = {
  ...noSchool,
  rosterLinks: [],
  sessions: [],
  pupilSessions: [],
  completedActions: [],
  buckets: [],
  activity: [],
}

/** Triggers and what refers to what would be in the way of whoever sets a stage. */
const UNHINDERED = `set local session_replication_role = replica`

/** @returns how to bring the database back to how it is now. */
async function keepCopy(database: Database): Promise<() => Promise<void>> {
  const tables = await database.read<{ name: string; print: string }>(
    `select quote_ident(tablename) as name, '' as print from pg_tables
     where schemaname = 'public' and tablename not in ('migrations', 'units')`,
  )
  const printsText = tables
    .map(
      ({ name }) =>
        `select '${name}' as name, concat_ws(' ', count(*), sum(xmin::text::bigint)) as print from ${name}`,
    )
    .join(' union all ')
  const prints = async () =>
    new Map(
      (await database.read<{ name: string; print: string }>(printsText)).map(({ name, print }) => [
        name,
        print,
      ]),
    )
  await database.alone(LOCKS.upkeep, ({ run }) =>
    run(
      `create schema untouched; ${tables.map(({ name }) => `create table untouched.${name} as table ${name}`).join(';')}`,
    ),
  )
  let before = await prints()
  return async () => {
    const now = await prints()
    const touched = tables.filter(({ name }) => now.get(name) !== before.get(name))
    if (touched.length === 0) return
    const again = touched.map(
      ({ name }) =>
        `delete from ${name}; insert into ${name} overriding system value select * from untouched.${name}`,
    )
    await database.alone(LOCKS.upkeep, ({ run }) => run(`${UNHINDERED}; ${again.join('; ')}`))
    before = await prints()
  }
}

const schoolParts = [
  ['institutions', ['institutions']],
  ['classes', ['classes']],
  ['staff', ['staff', 'staff_roles']],
  ['pupils', ['pupils']],
  ['teaching', ['teaching']],
  ['enrolments', ['enrolments']],
  ['registrations', ['registrations']],
  ['passwords', ['pupil_passwords']],
  ['resetWindows', ['reset_windows']],
  ['stepUps', ['step_ups']],
  ['stepUpRequests', ['step_up_requests']],
] as const satisfies readonly (readonly [keyof SchoolData, readonly string[]])[]

/** Puts what a test says in the place of what is there, where it differs. */
async function replace(connection: Connection, before: Snapshot, after: Snapshot): Promise<void> {
  const changed = schoolParts.filter(([part]) => before[part] !== after[part])
  const others = [
    'rosterLinks',
    'sessions',
    'pupilSessions',
    'completedActions',
    'buckets',
    'activity',
  ] as const
  const unknown = others.find((part) => before[part] !== after[part])
  if (unknown) throw new Error(`${unknown} are not for tests to change`)
  if (changed.length === 0) return
  const cleared = changed.flatMap(([, tables]) => tables.map((table) => `delete from ${table}`))
  await connection.run(`${UNHINDERED}; ${cleared.join('; ')}`)
  const parts = changed.map(([part]) => [part, after[part]] as const)
  await fillWith(connection, { ...noSchool, ...Object.fromEntries(parts) })
}

/** Sends a request as it is, its secrets in cookies. */
async function fetchFrom(port: number, request: Request): Promise<Response> {
  const { pathname, search, host } = new URL(request.url)
  const headers = new Headers(request.headers)
  if (!headers.has('Host')) headers.set('Host', host)
  const cookies = carriers.flatMap(([header, cookie]) => {
    const secret = headers.get(header)
    headers.delete(header)
    return secret === null ? [] : [`${cookie}=${secret}`]
  })
  const others = headers.get('Cookie')
  if (cookies.length > 0) headers.set('Cookie', [...cookies, ...(others ? [others] : [])].join('; '))

  const sent = send({
    host: '127.0.0.1',
    port,
    // A server may close a line once it has refused what was to come on it.
    agent: false,
    method: request.method,
    path: `${pathname}${search}`,
    headers: Object.fromEntries(headers),
    signal: request.signal,
  })
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.on('response', resolve).on('error', reject)
  })
  if (request.body) {
    const body = Readable.from(request.body)
    body.pipe(sent)
    // Once there is an answer, nobody listens to the rest.
    answered.then(() => body.unpipe(sent)).catch(() => {})
  } else sent.end()
  const received = await answered
  return new Response(received.statusCode === 204 ? null : bodyOf(received), {
    status: received.statusCode ?? 0,
    headers: headersOf(received),
  })
}

function bodyOf(received: IncomingMessage): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      received.on('data', (part: Buffer) => controller.enqueue(new Uint8Array(part)))
      received.on('end', () => controller.close())
      received.on('error', (error) => controller.error(error))
    },
    cancel() {
      received.destroy()
    },
  })
}

/** The headers of an answer, and its new secrets where the tests look for them. */
function headersOf({ headers: received, headersDistinct }: IncomingMessage): Headers {
  const headers = new Headers()
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    for (const value of values) headers.append(name, value)
  }
  for (const cookie of received['set-cookie'] ?? []) {
    const [, name, secret = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
    const carrier = carriers.find(([, its]) => its === name)
    if (carrier) headers.set(carrier[0], secret)
  }
  return headers
}
