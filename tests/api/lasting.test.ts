import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest'
import { z } from 'zod'
import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { demoSchools, STAFF_PASSWORD } from '../../mocks/people'
import { readEnvironment } from '../../server/environment'
import { takeFolder } from '../../server/node-folder'
import { createLog } from '../../server/node-log'
import { type Started, startElevadgang } from '../../server/node-main'
import { HASH_BEGINNING } from '../../server/node-password-hash'
import { loadSignIn } from '../../server/node-sign-in'
import { StartFault } from '../../server/node-start'
import { verifyActivityCommand } from '../../server/node-verify-activity'
import { problemSchema } from '../../server/problems'
import { sha256 } from '../../server/secrets'
import { LOCKS } from '../../server/store/sql/database'
import { openPglite } from '../../server/store/sql/pglite'
import { openPostgres } from '../../server/store/sql/postgres'
import { type Duration, minutes, seconds } from '../../server/time'
import { newKey } from './school-under-test'
import { postgresOfThisMachine } from './sql-databases'

/** A new embedded database is made from nothing, which takes longer than other tests may. */
const NEW_FOLDER = { timeout: 90_000 }

/** The whole server, as `npm start` starts it, over data that last. */

const folder = mkdtempSync(path.join(tmpdir(), 'elevadgang-lasting-'))
writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Elevadgang</title>')
const postgres = await postgresOfThisMachine()
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await postgres?.stop()
})

const running = new Set<Started>()
afterEach(async () => {
  for (const each of running) await each.stop()
  running.clear()
})
const trouble: unknown[] = []
const silent = createLog('silent')
/** What the servers have said of themselves. */
const events: string[] = []

/** The code that was sent last. */
let onPhone = ''

async function start(
  { PORT = '0', ...env }: Record<string, string>,
  instead: Partial<Parameters<typeof startElevadgang>[0]> = { newSchool: demoSchools },
) {
  const started = await startElevadgang({
    settings: {
      ...readEnvironment({ HOST: '127.0.0.1', ...env }),
      port: Number(PORT),
      metrics: { port: 0, host: '127.0.0.1' },
    },
    pageFolder: folder,
    identity: { passwordMatches: async (_, password) => password === STAFF_PASSWORD },
    codes: {
      send: async (_, code) => {
        onPhone = code
      },
    },
    passwords: demoPasswordHash,
    log: {
      ...silent,
      failed: (error) => void trouble.push(error),
      said: (event) => void events.push(event),
    },
    ...instead,
  })
  running.add(started)
  return {
    ...started,
    async stop() {
      running.delete(started)
      await started.stop()
    },
  }
}

/** `npm run verify-activity` with these settings: the code with which it ends, and what it says. */
async function verifies(env: Record<string, string>, ...words: string[]) {
  const said: string[] = []
  const code = await verifyActivityCommand(words, env, (text) => void said.push(text))
  return { code, said: said.join('') }
}

const headers = (cookie: string) => ({
  cookie,
  'Content-Type': 'application/json',
  'Idempotency-Key': newKey(),
})

async function signIn({ origin }: { origin: string }, username: string): Promise<string> {
  const answer = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers: headers(''),
    body: JSON.stringify({ username, password: STAFF_PASSWORD }),
  })
  expect(answer.status).toBe(200)
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

const classSchema = z.object({
  pupils: z.array(
    z.object({ id: z.string(), name: z.string(), status: z.object({ resetWindow: z.unknown() }) }),
  ),
})
async function classOf({ origin }: { origin: string }, cookie: string) {
  const answer = await fetch(`${origin}/api/classes/birkeskolen-2a`, { headers: { cookie } })
  expect(answer.status).toBe(200)
  return classSchema.parse(await answer.json()).pupils
}
const asta = <T extends { name: string }>(pupils: readonly T[]): T => {
  const found = pupils.find(({ name }) => name === 'Asta Holm')
  if (!found) throw new Error('Asta is not in 2.A')
  return found
}

const givesNewPassword = ({ origin }: { origin: string }, cookie: string, id: string, key = newKey()) =>
  fetch(`${origin}/api/pupils/password-resets`, {
    method: 'POST',
    headers: { ...headers(cookie), 'Idempotency-Key': key },
    body: JSON.stringify({ pupilIds: [id] }),
  })

const resultsSchema = z.object({
  results: z.array(z.object({ pupil: z.object({ status: z.object({ resetWindow: z.unknown() }) }) })),
})
const windowIn = async (answer: Response) =>
  resultsSchema.parse(await answer.json()).results[0]?.pupil.status.resetWindow

describe('in a folder', () => {
  const DATA_FOLDER = path.join(folder, 'data')

  test('a new one has the demo school, and what has happened outlives a stop', NEW_FOLDER, async () => {
    const first = await start({ DATA_FOLDER })
    expect(first).toMatchObject({ isNew: true, dataLieIn: DATA_FOLDER })
    const cookie = await signIn(first, 'lone4821')
    const { id } = asta(await classOf(first, cookie))
    const key = newKey()
    const answered = await windowIn(await givesNewPassword(first, cookie, id, key))
    expect(answered).toMatchObject({ state: 'open' })
    await first.stop()
    // Stopped in order, it has sealed all that has happened.
    const untouched = await verifies({ DATA_FOLDER })
    expect(untouched).toEqual({
      code: 0,
      said: expect.stringMatching(/untouched: 2 entries in \d blocks?\./),
    })
    expect(untouched.said).not.toContain('too new')

    const second = await start({ DATA_FOLDER })
    expect(second.isNew).toBe(false)
    expect(asta(await classOf(second, cookie)).status.resetWindow).toEqual(answered)
    expect(await windowIn(await givesNewPassword(second, cookie, id, key))).toEqual(answered)
    expect(trouble).toEqual([])
  })

  test('production refuses the passwords of the demo, and begins where there are none', async () => {
    const signInFile = path.join(folder, 'sign-in.mjs')
    writeFileSync(
      signInFile,
      `export const identity = { passwordMatches: async (username, password) => password === 'own ' + username }
       export const codes = { send: async () => {} }`,
    )
    const production = { onlyHashes: HASH_BEGINNING, ...(await loadSignIn(signInFile)) }
    await expect(start({ DATA_FOLDER }, production)).rejects.toThrow('passwords of the demo school')

    // One pupil is left, who has chosen a password here.
    const database = await openPglite(path.join(DATA_FOLDER, 'database'))
    await database.unit(async ({ run }) => {
      await run(`delete from pupil_passwords where pupil_id <> (select min(pupil_id) from pupil_passwords);
                 update pupil_passwords set hash = 'scrypt$16384$8$5$00$00'`)
    })
    await database.close()
    const { origin, isNew } = await start({ DATA_FOLDER }, production)
    expect(isNew).toBe(false)
    const given = async (password: string) =>
      (
        await fetch(`${origin}/api/session`, {
          method: 'POST',
          headers: headers(''),
          body: JSON.stringify({ username: 'lone4821', password }),
        })
      ).status
    expect([await given(STAFF_PASSWORD), await given('own lone4821')]).toEqual([401, 200])
  })

  test.each([
    ['is not there', null],
    ['exports nothing of use', 'export const identity = {}'],
    ['does not know how codes are sent', 'export const identity = { passwordMatches() {} }'],
    ['has a mistake', 'export const ='],
  ])('a module by which staff sign in that %s is told, in words', async (what, script) => {
    const file = path.join(folder, `${what}.mjs`)
    if (script !== null) writeFileSync(file, script)
    await expect(loadSignIn(file)).rejects.toThrow(StartFault)
    await expect(loadSignIn(file)).rejects.toThrow(`SIGN_IN is ${file}, which`)
  })

  test('that cannot be is told in words: a file in its place, a database that is damaged', async () => {
    const file = path.join(folder, 'index.html')
    for (const place of [file, path.join(file, 'below')]) {
      await expect(start({ DATA_FOLDER: place })).rejects.toThrow(
        new StartFault(
          `The data cannot lie in ${place}: there is a file in that place. Choose another DATA_FOLDER.`,
        ),
      )
    }
    writeFileSync(path.join(DATA_FOLDER, 'database/global/pg_control'), 'damaged')
    await expect(start({ DATA_FOLDER })).rejects.toThrow(`The data in ${DATA_FOLDER} are damaged: `)
    // It is left to whoever brings a backup.
    takeFolder(DATA_FOLDER).leave()
  })

  test('is not touched where the port is taken', async () => {
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const address = other.address()
    const taken = String(typeof address === 'object' && address?.port)
    const unused = path.join(folder, 'unused')
    await expect(start({ DATA_FOLDER: unused, PORT: taken })).rejects.toThrow(
      `Port ${taken} is already taken, perhaps by another Elevadgang.`,
    )
    expect(existsSync(unused)).toBe(false)
    other.close()
  })

  test('is not touched where no page has been built', async () => {
    const unused = path.join(folder, 'unused')
    const notBuilt = start({ DATA_FOLDER: unused }, { pageFolder: path.join(folder, 'dist') })
    await expect(notBuilt).rejects.toThrow(
      new StartFault(
        `There is no page in ${path.join(folder, 'dist')}. npm run build makes it, and dist-server beside it.`,
      ),
    )
    expect(existsSync(unused)).toBe(false)
  })

  test('that is not there cannot be checked, and is not made', async () => {
    const missing = path.join(folder, 'missing')
    expect(await verifies({ DATA_FOLDER: missing })).toMatchObject({ code: 2 })
    expect(existsSync(missing)).toBe(false)
    expect((await verifies({}, '--head=1')).said).toContain('npm run verify-activity')
    expect((await verifies({ ACTIVITY_KEY: 'short' })).said).toContain('ACTIVITY_KEY is too short')
  })

  test('is kept to one process, until that is gone without a word', async () => {
    const taken = path.join(folder, 'taken')
    takeFolder(taken).leave()
    writeFileSync(path.join(taken, 'in-use-by'), String(process.ppid))
    expect(() => takeFolder(taken)).toThrow(`process ${process.ppid}`)
    const checked = await verifies({ DATA_FOLDER: taken })
    expect(checked).toEqual({ code: 2, said: expect.stringContaining(`process ${process.ppid}`) })
    const { pid: gone } = spawnSync(process.execPath, ['-e', '0'])
    writeFileSync(path.join(taken, 'in-use-by'), String(gone))
    takeFolder(taken).leave()
  })

  test('is kept to one container, where numbers of processes are the same in all, until it has been silent for 15 s', () => {
    vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'] })
    const shared = path.join(folder, 'shared')
    const lock = path.join(shared, 'in-use-by')
    const silentFor = (duration: Duration) => {
      const then = new Date(Date.now() - duration)
      utimesSync(lock, then, then)
    }
    try {
      const own = takeFolder(shared)
      silentFor(minutes(1))
      vi.advanceTimersByTime(seconds(5))
      expect(Date.now() - statSync(lock).mtimeMs).toBeLessThan(seconds(1))
      own.leave()
      expect(existsSync(lock)).toBe(false)

      // The number is this very process's, and means another.
      writeFileSync(lock, `${process.pid}\nanother-container pid:[4026532500]`)
      for (const duration of [0, seconds(14)]) {
        silentFor(duration)
        expect(() => takeFolder(shared)).toThrow(`process ${process.pid} of another container or machine`)
      }
      silentFor(seconds(15))
      takeFolder(shared).leave()
    } finally {
      vi.useRealTimers()
    }
  })
})

describe.skipIf(postgres === null)('several processes on one database', () => {
  const both = () => {
    const env = { DATABASE_URL: postgres?.url ?? '' }
    return Promise.all([start(env), start(env)])
  }

  test('start at once, and one of them brings the demo school', async () => {
    const started = await both()
    expect(started.map(({ isNew }) => isNew).toSorted()).toEqual([false, true])
    expect(started[0].dataLieIn).toMatch(/^PostgreSQL at 127\.0\.0\.1:\d+\/postgres$/)
  })

  test('are measured each on a port of its own', async () => {
    const [here, there] = await both()
    await signIn(here, 'lone4821')
    const measures = async ({ metricsPort }: Started) =>
      (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
    const signedIn =
      'elevadgang_request_duration_seconds_count{route="/api/session",method="POST",status="2xx"} 1'
    expect(await measures(here)).toContain(signedIn)
    expect(await measures(here)).toMatch(/elevadgang_database_connections [1-9]/)
    expect(await measures(there)).not.toContain(signedIn)
    const { metricsPort } = here
    await here.stop()
    await expect(fetch(`http://127.0.0.1:${metricsPort}/metrics`)).rejects.toThrow()
  })

  test('share sessions and windows, and tell of a change wherever somebody listens', async () => {
    const [here, there] = await both()
    const cookie = await signIn(here, 'lone4821')
    const { id } = asta(await classOf(there, cookie))
    const stream = await fetch(`${there.origin}/api/events`, { headers: { cookie } })
    const looks = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await looks?.read())?.value).toBe(':\n\n')

    expect((await givesNewPassword(here, cookie, id)).status).toBe(200)
    expect((await looks?.read())?.value).toMatch(/^event: look\nid: \d+\ndata: {"what":"pupils"}\n\n$/)
    expect(asta(await classOf(there, cookie)).status.resetWindow).toMatchObject({ state: 'open' })

    const signedOut = await fetch(`${here.origin}/api/session`, {
      method: 'DELETE',
      headers: headers(cookie),
    })
    expect(signedOut.status).toBe(204)
    expect((await looks?.read())?.done).toBe(true)
    expect((await fetch(`${there.origin}/api/classes`, { headers: { cookie } })).status).toBe(401)
    expect(trouble).toEqual([])
  })

  test('know a session by its hash alone, and the new one only after sign-in and after the second factor', async () => {
    const [here, there] = await both()
    const classes = async (cookie: string) =>
      (await fetch(`${there.origin}/api/classes`, { headers: { cookie } })).status
    const ask = async (path: string, cookie: string, body?: object) => {
      const answer = await fetch(`${here.origin}/api/session${path}`, {
        method: 'POST',
        headers: headers(cookie),
        body: body ? JSON.stringify(body) : null,
      })
      expect(answer.status).toBe(200)
      return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    }
    const form = { username: 'bodi2259', password: STAFF_PASSWORD }
    const first = await ask('', '', form)
    const again = await ask('', first, form)
    await ask('/second-factor/codes', again)
    const raised = await ask('/second-factor', again, { code: onPhone })
    expect(new Set([first, again, raised]).size).toBe(3)
    expect([await classes(first), await classes(again), await classes(raised)]).toEqual([401, 401, 200])

    const database = openPostgres({ url: postgres?.url ?? '' })
    const [whole] = await database.read<{ text: string }>(
      `select string_agg(query_to_xml(format('select * from %I', tablename), true, false, '')::text, '') as text
       from pg_tables where schemaname = 'public'`,
    )
    await database.close()
    for (const cookie of [first, again, raised]) {
      const [, token = ''] = cookie.split('=')
      expect(token).toMatch(/^[0-9a-f]{64}$/)
      expect(whole?.text).not.toContain(token)
      expect(whole?.text).toContain(sha256(token))
    }
    expect(whole?.text).not.toContain(onPhone)
  })

  test('that is not there is told in words, without the password', async () => {
    const nobody = postgres?.url.replace('elevadgang@', 'nobody:hunter2@') ?? ''
    const nowhere = 'postgresql://elevadgang:hunter2@127.0.0.1:1/postgres'
    for (const DATABASE_URL of [nobody, nowhere]) {
      const failed = await start({ DATABASE_URL }).catch((error: unknown) => error)
      expect(failed).toBeInstanceOf(StartFault)
      expect(String(failed)).toMatch(/The database does not answer, or does not let us in: PostgreSQL at 127/)
      expect(String(failed)).not.toContain('hunter2')
    }
  })

  test('do once what is asked of both at once under one key', async () => {
    const [here, there] = await both()
    const cookie = await signIn(here, 'lone4821')
    const pupil = asta(await classOf(here, cookie))
    const acts = async () => {
      const log = await fetch(`${there.origin}/api/activity?group=passwords`, { headers: { cookie } })
      return z.object({ lines: z.array(z.unknown()) }).parse(await log.json()).lines.length
    }
    const before = await acts()
    const key = newKey()
    const asked = Array.from({ length: 8 }, (_, turn) =>
      givesNewPassword(turn % 2 ? here : there, cookie, pupil.id, key),
    )
    const answers = await Promise.all(asked)
    expect(answers.map(({ status }) => status)).toEqual(asked.map(() => 200))
    expect(await acts()).toBe(before + 1)
  })

  test('share one sealed activity log, which tells when somebody has touched it', async () => {
    const [here, there] = await both()
    await signIn(here, 'lone4821')
    await here.stop()
    await signIn(there, 'lone4821')
    await there.stop()
    expect(events).toContain('activity sealed')
    expect(events.at(-1)).toBe('stopped')
    const env = { DATABASE_URL: postgres?.url ?? '' }
    const { code, said } = await verifies(env)
    expect([code, said]).toEqual([0, expect.stringContaining('The activity log is untouched')])
    const [head = ''] = said.match(/--head=\S+/) ?? []
    expect(await verifies(env, head)).toMatchObject({ code: 0 })

    const database = openPostgres({ url: env.DATABASE_URL })
    const asIfKeyed = (is: boolean) =>
      database.alone(LOCKS.upkeep, ({ run }) =>
        run(
          `set local session_replication_role = replica; update activity_blocks set is_keyed = ${is} where number = 1`,
        ),
      )
    await asIfKeyed(true)
    expect(await verifies(env)).toEqual({ code: 2, said: expect.stringContaining('give ACTIVITY_KEY') })
    await asIfKeyed(false)
    await database.alone(LOCKS.upkeep, ({ run }) =>
      run(`set local session_replication_role = replica; update activity set actor_id = 's-kent'`),
    )
    await database.close()
    expect(await verifies(env)).toMatchObject({ code: 1, said: expect.stringContaining('TOUCHED') })
  })

  test('count wrong passwords together', async () => {
    const [here, there] = await both()
    const tries: number[] = []
    for (let turn = 0; turn < 12; turn += 1) {
      const answer = await fetch(`${(turn % 2 ? here : there).origin}/api/session`, {
        method: 'POST',
        headers: headers(''),
        body: JSON.stringify({ username: 'kent1904', password: 'wrong' }),
      })
      tries.push(answer.status)
    }
    expect(tries).toEqual([...Array.from({ length: 10 }, () => tries[0]), 429, 429])
  })

  test('say that they cannot answer while the database is gone, and go on by themselves when it is back', async () => {
    const [here] = await both()
    const cookie = await signIn(here, 'lone4821')
    const ready = async () => (await fetch(`${here.origin}/readyz`)).status
    expect(await ready()).toBe(200)

    await postgres?.kill()
    expect(await ready()).toBe(503)
    expect((await fetch(`${here.origin}/healthz`)).status).toBe(200)
    const refused = await fetch(`${here.origin}/api/classes`, { headers: { cookie } })
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '5'])
    expect(problemSchema.strict().parse(await refused.json())).toMatchObject({
      type: 'unavailable',
      retryAfterSeconds: 5,
    })
    // Also where only the refusal, which belongs into the log, could not be written.
    const foreign = { method: 'DELETE', headers: { cookie, Origin: 'https://evil.test' } }
    expect((await fetch(`${here.origin}/api/session`, foreign)).status).toBe(503)
    expect(trouble.length).toBeGreaterThan(0)

    await postgres?.restart()
    expect(await ready()).toBe(200)
    expect((await fetch(`${here.origin}/api/classes`, { headers: { cookie } })).status).toBe(200)
  })
})
