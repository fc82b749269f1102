import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { demoSchools, STAFF_PASSWORD } from '../../mocks/people'
import { readEnvironment } from '../../server/environment'
import { takeFolder } from '../../server/node-folder'
import { type Started, startElevadgang } from '../../server/node-main'
import { problemSchema } from '../../server/problems'
import { newKey, noPhone } from './school-under-test'
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

async function start(env: Record<string, string>) {
  const started = await startElevadgang({
    settings: { ...readEnvironment({ HOST: '127.0.0.1', ...env }), port: 0 },
    pageFolder: folder,
    newSchool: demoSchools,
    identity: { passwordMatches: async (_, password) => password === STAFF_PASSWORD },
    codes: noPhone,
    passwords: demoPasswordHash,
    onUnexpected: (error) => void trouble.push(error),
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

    const second = await start({ DATA_FOLDER })
    expect(second.isNew).toBe(false)
    expect(asta(await classOf(second, cookie)).status.resetWindow).toEqual(answered)
    expect(await windowIn(await givesNewPassword(second, cookie, id, key))).toEqual(answered)
    expect(trouble).toEqual([])
  })

  test('is kept to one process, until that is gone without a word', () => {
    const taken = path.join(folder, 'taken')
    takeFolder(taken).leave()
    writeFileSync(path.join(taken, 'in-use-by'), String(process.ppid))
    expect(() => takeFolder(taken)).toThrow(`process ${process.ppid}`)
    const { pid: gone } = spawnSync(process.execPath, ['-e', '0'])
    writeFileSync(path.join(taken, 'in-use-by'), String(gone))
    takeFolder(taken).leave()
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
