import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, afterEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { demoSchools, STAFF_PASSWORD } from '../../mocks/people'
import { findPostgres } from '../../scripts/postgres.mjs'
import { readEnvironment } from '../../server/environment'
import { afterRestoreCommand } from '../../server/node-after-restore'
import { createLog } from '../../server/node-log'
import { type Started, startElevadgang } from '../../server/node-main'
import { verifyActivityCommand } from '../../server/node-verify-activity'
import { openPostgres } from '../../server/store/sql/postgres'
import { systemClock } from '../../server/time'
import { newKey } from './school-under-test'
import { postgresOfThisMachine } from './sql-databases'

/** A new embedded database is made from nothing, which takes longer than other tests may. */
const NEW_FOLDER = { timeout: 90_000 }

/** What docs/operation.md says of backup and restore, done. */

const folder = mkdtempSync(path.join(tmpdir(), 'elevadgang-backup-'))
writeFileSync(path.join(folder, 'index.html'), '<!doctype html><title>Elevadgang</title>')
const programs = findPostgres()
const postgres = await postgresOfThisMachine()
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true })
  await postgres?.stop()
})

const trouble: unknown[] = []
const running = new Set<Started>()
afterEach(async () => {
  for (const each of running) await each.stop()
  running.clear()
  expect(trouble).toEqual([])
})
async function start(env: Record<string, string>) {
  const started = await startElevadgang({
    settings: { ...readEnvironment({ HOST: '127.0.0.1', ...env }), port: 0 },
    pageFolder: folder,
    newSchool: demoSchools,
    identity: { passwordMatches: async (_, password) => password === STAFF_PASSWORD },
    codes: { send: async () => {} },
    passwords: demoPasswordHash,
    log: { ...createLog('silent'), failed: (error) => void trouble.push(error) },
  })
  running.add(started)
  return {
    origin: started.origin,
    async stop() {
      running.delete(started)
      await started.stop()
    },
  }
}
type Server = Awaited<ReturnType<typeof start>>

async function ask({ origin }: Server, place: string, cookie: string, body?: object) {
  const headers = { cookie, 'Content-Type': 'application/json', 'Idempotency-Key': newKey() }
  return fetch(`${origin}/api/${place}`, {
    headers,
    ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
  })
}
async function signIn(server: Server) {
  const answer = await ask(server, 'session', '', { username: 'lone4821', password: STAFF_PASSWORD })
  expect(answer.status).toBe(200)
  return answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
}

const pupilsSchema = z.object({
  pupils: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      status: z.object({ resetWindow: z.object({ state: z.string() }).nullable() }),
    }),
  ),
})
const linesSchema = z.object({ lines: z.array(z.object({ action: z.string() })) })

async function classOf(server: Server, cookie: string) {
  const { pupils } = pupilsSchema.parse(await (await ask(server, 'classes/birkeskolen-2a', cookie)).json())
  return (name: string) => {
    const found = pupils.find((pupil) => pupil.name === name)
    if (!found) throw new Error(`${name} is not in 2.A`)
    return found
  }
}
async function givesNewPassword(server: Server, cookie: string, name: string) {
  const { id } = (await classOf(server, cookie))(name)
  expect((await ask(server, 'pupils/password-resets', cookie, { pupilIds: [id] })).status).toBe(200)
}
const windowsGiven = async (server: Server, cookie: string) => {
  const answer = await ask(server, 'activity?group=passwords', cookie)
  return linesSchema.parse(await answer.json()).lines.map(({ action }) => action)
}

async function says(command: typeof verifyActivityCommand, env: Record<string, string>, ...words: string[]) {
  const said: string[] = []
  const code = await command(words, env, (text) => void said.push(text))
  return { code, said: said.join('') }
}
const endsWhatWasOpen = (env: Record<string, string>) =>
  says((words, at, write) => afterRestoreCommand(words, at, write, systemClock.now()), env)

/** On what has been put back, before and after somebody does something on it. */
async function isAsItWas(env: Record<string, string>, cookie: string) {
  expect(await endsWhatWasOpen(env)).toEqual({
    code: 0,
    said: expect.stringContaining('Ended: 1 sessions of staff, 0 of pupils, 1 windows for new passwords'),
  })
  const server = await start(env)
  expect((await ask(server, 'classes', cookie)).status).toBe(401)
  const again = await signIn(server)
  const pupil = await classOf(server, again)
  expect(pupil('Asta Holm').status.resetWindow).toBeNull()
  expect(pupil('Dicte Vestergaard').status.resetWindow).toBeNull()
  expect(await windowsGiven(server, again)).toEqual(['giveNewPassword'])
  await givesNewPassword(server, again, 'Dicte Vestergaard')
  expect(await windowsGiven(server, again)).toEqual(['giveNewPassword', 'giveNewPassword'])
  await server.stop()
  expect(await says(verifyActivityCommand, env)).toEqual({
    code: 0,
    said: expect.stringMatching(/^The activity log is untouched: 5 entries in \d+ blocks?\./),
  })
}

test('a folder: copied while the server is stopped, and put back', NEW_FOLDER, async () => {
  const env = { DATA_FOLDER: path.join(folder, 'data') }
  const first = await start(env)
  const cookie = await signIn(first)
  await givesNewPassword(first, cookie, 'Asta Holm')
  await first.stop()
  const copy = path.join(folder, 'copy')
  cpSync(env.DATA_FOLDER, copy, { recursive: true })
  expect(existsSync(path.join(copy, 'in-use-by'))).toBe(false)

  rmSync(env.DATA_FOLDER, { recursive: true })
  cpSync(copy, env.DATA_FOLDER, { recursive: true })
  await isAsItWas(env, cookie)
})

describe.skipIf(postgres === null)('a PostgreSQL', () => {
  const tool = (name: string, ...args: string[]) => {
    const { status, stderr } = spawnSync(path.join(programs ?? '', name), args, { encoding: 'utf8' })
    expect([name, status, stderr]).toEqual([name, 0, ''])
  }

  test('dumped beside a running server, and restored into another database', async () => {
    const url = postgres?.url ?? ''
    const first = await start({ DATABASE_URL: url })
    const cookie = await signIn(first)
    await givesNewPassword(first, cookie, 'Asta Holm')
    const file = path.join(folder, 'elevadgang.dump')
    tool('pg_dump', '--format=custom', `--file=${file}`, url)
    await givesNewPassword(first, cookie, 'Dicte Vestergaard')

    const other = url.replace(/\/postgres$/, '/restored')
    tool('createdb', `--maintenance-db=${url}`, 'restored')
    tool('pg_restore', '--no-owner', '--exit-on-error', `--dbname=${other}`, file)
    // Where nothing was restored, nothing is ended.
    expect((await ask(first, 'classes', cookie)).status).toBe(200)
    await first.stop()
    const [head = ''] =
      (await says(verifyActivityCommand, { DATABASE_URL: url })).said.match(/--head=\S+/) ?? []
    // Whoever has noted the newest block sees that there is less than there was.
    expect(await says(verifyActivityCommand, { DATABASE_URL: other }, head)).toMatchObject({
      code: 1,
      said: expect.stringContaining('which was noted, is missing'),
    })
    await isAsItWas({ DATABASE_URL: other }, cookie)
  })

  test('that holds nothing, or does not answer, is told in words', async () => {
    const url = postgres?.url ?? ''
    tool('createdb', `--maintenance-db=${url}`, 'nothing')
    const empty = url.replace(/\/postgres$/, '/nothing')
    expect(await endsWhatWasOpen({ DATABASE_URL: empty })).toEqual({
      code: 2,
      said: 'Nothing was ended.\nThere is nothing of Elevadgang in it.\n',
    })
    const database = openPostgres({ url: empty })
    expect(await database.read(`select 1 from pg_tables where schemaname = 'public'`)).toEqual([])
    await database.close()
    const nowhere = { DATABASE_URL: 'postgresql://elevadgang:hunter2@127.0.0.1:1/postgres' }
    for (const command of [endsWhatWasOpen, (env: typeof nowhere) => says(verifyActivityCommand, env)]) {
      const { code, said } = await command(nowhere)
      expect([code, said]).toEqual([2, expect.stringContaining('The database does not answer')])
      expect(said).not.toContain('hunter2')
    }
  })
})
