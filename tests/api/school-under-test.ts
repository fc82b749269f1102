import type { z } from '@hono/zod-openapi'
import { expect } from 'vitest'
import { demoPasswordOf } from '../../mocks/demo-passwords'
import { demoSchools, STAFF_PASSWORD } from '../../mocks/people'
import type { ActivityAction, ActivityEntry } from '../../server/activity/entry'
import type { SchoolClass } from '../../server/people'
import { type ProblemDocument, type ProblemType, problemSchema } from '../../server/problems'
import { pupilSignedInSchema } from '../../server/pupil-session/schema'
import { pupilIdsSchema, type Refusal, resultsSchema } from '../../server/pupils/schema'
import type { CodeDelivery } from '../../server/second-factor/delivery'
import { sha256 } from '../../server/secrets'
import { SCHOOL_HEADER } from '../../server/session/caller'
import { PAGE_PUPIL_SESSION_HEADER, PAGE_SESSION_HEADER } from '../../server/session/carrier'
import type { Session } from '../../server/session/rules'
import { signedInSchema } from '../../server/session/schema'
import type { SchoolData, Snapshot } from '../../server/store/memory'
import type { ExportWords } from '../../server/take-away/schema'
import type { Duration, Instant } from '../../server/time'
import { routeOf } from './contract'
import { schoolInMemory } from './school-behind'
import { serverOverSql } from './school-over-http'

/** A Friday morning, when every test begins. */
export const MORNING: Instant = Date.parse('2026-11-20T08:00:00Z')

/** Somebody with a session: the secret the page carries, and the session's public name. */
export interface Person {
  token: string
  ref: string
  /** The school whose administrator's view the person is in; that of a teacher where nothing is said. */
  school?: string
  /** The header that carries the secret: the one of staff where nothing is said. */
  carriedIn?: string
}

export interface Call {
  as?: Person | undefined
  /** Sent as JSON. */
  body?: unknown
  /** Sent as it is. */
  raw?: string | Uint8Array<ArrayBuffer>
  /** The Idempotency-Key; a new one where nothing is said; null for none. */
  key?: string | null
  headers?: Record<string, string>
}

export interface Answer {
  status: number
  headers: Headers
  text: string
  json<T>(schema: z.ZodType<T>): T
  problem(): ProblemDocument
}

export type SchoolUnderTest = ReturnType<typeof schoolUnderTest>

const HAND_OUTS = [
  '/api/pupils/username-reveals',
  '/api/pupils/username-copies',
  '/api/pupils/username-slips',
]

/** The words of an export, as a page would send them. */
export const exportWords: ExportWords = {
  columns: {
    name: 'Navn',
    className: 'Klasse',
    year: 'Årgang',
    policy: 'Adgangskodepolitik',
    policyOverridden: 'Ændret politik',
    changeBy: 'Skal skifte senest',
    status: 'Status',
  },
  policies: { indskoling: 'indskoling', mellemtrin: 'mellemtrin', udskoling: 'udskoling' },
  statuses: {
    waiting: 'venter',
    inWindow: 'ny adgangskode',
    steppedUp: 'to-faktor-adgang',
    mustChange: 'skal skifte',
    neverSignedIn: 'har aldrig logget på',
    blocked: 'spærret',
    localLogin: 'lokal loginløsning',
  },
  yes: 'ja',
  no: 'nej',
}

/** For schools in which nobody gives a second factor. */
export const noPhone: CodeDelivery = { send: async () => {} }

let keys = 0
export const newKey = () => {
  keys += 1
  return `test-key-${keys}`
}

/**
 * What the API runs over: the memory store in this process, or for the project `api-over-http` the real server over
 * SQL, with cookies. Tests are the same.
 */
const kind = process.env.SCHOOL_BEHIND
const overSql = kind === 'pglite' || kind === 'postgres' ? await serverOverSql(kind, MORNING) : null

/** The demo schools behind the real API, with a clock that moves only when told to. */
export function schoolUnderTest(change: (school: SchoolData) => SchoolData = (school) => school) {
  let now = MORNING
  const clock = { now: () => now }
  const school = overSql?.(change, clock) ?? schoolInMemory(change(demoSchools(MORNING)), clock)

  const snapshot = () => school.snapshot()

  async function call(route: string, { as, body, raw, key, headers = {} }: Call = {}): Promise<Answer> {
    const [method = '', path = ''] = route.split(' ')
    const sent = new Headers(headers)
    if (as) sent.set(as.carriedIn ?? PAGE_SESSION_HEADER, as.token)
    if (as?.school !== undefined) sent.set(SCHOOL_HEADER, as.school)
    if (key !== null && method === 'POST') sent.set('Idempotency-Key', key ?? newKey())
    const content = raw ?? (body === undefined ? null : JSON.stringify(body))
    if (content !== null && !sent.has('Content-Type')) sent.set('Content-Type', 'application/json')
    const request = new Request(`https://school.test${path}`, { method, headers: sent, body: content })
    const { pathname } = new URL(request.url)

    const response = await school.fetch(request)
    const text = await textOf(response)
    const answer: Answer = {
      status: response.status,
      headers: response.headers,
      text,
      json: (schema) => {
        expect(response.headers.get('Content-Type')).toBe('application/json')
        const parsed = schema.parse(JSON.parse(text))
        // Reading by a schema drops what it does not name: nothing more may have been said.
        expect(JSON.parse(text)).toEqual(parsed)
        return parsed
      },
      problem: () => problemSchema.strict().parse(JSON.parse(text)),
    }
    expectProperAnswer(method, pathname, body, answer)
    return answer
  }

  /** What every answer of the API must be, whatever was asked: checked on every call of every test. */
  function expectProperAnswer(method: string, pathname: string, body: unknown, answer: Answer) {
    const { status, headers, text } = answer
    const requestId = headers.get('Request-Id')
    expect(requestId).toMatch(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/)
    expect(headers.get('Cache-Control')).toBe('no-store')

    expect(status, text).toBeLessThan(500)
    if (status >= 400) {
      expect(headers.get('Content-Type')).toBe('application/problem+json')
      const problem = answer.problem()
      expect(problem.status).toBe(status)
      expect(problem.requestId).toBe(requestId)
      expect(headers.get('Retry-After')).toBe(
        problem.retryAfterSeconds === undefined ? null : String(problem.retryAfterSeconds),
      )
    }

    const route = routeOf(method, pathname)
    if (route)
      expect(Object.keys(route.operation.responses), `${route.name} ${text}`).toContain(String(status))
    else if (pathname !== '/api/openapi.json') expect(status).toBeGreaterThanOrEqual(400)

    const asked = HAND_OUTS.includes(pathname) ? pupilIdsSchema.safeParse(body).data : undefined
    const handedOut = new Set(status === 200 ? (asked?.pupilIds ?? []) : [])
    expectNoSecrets(
      text,
      snapshot()
        .pupils.filter(({ id }) => handedOut.has(id))
        .map(({ username }) => username),
    )
  }

  /** No username, password, session's secret, nor the name of a protected pupil. */
  function expectNoSecrets(text: string, usernamesAsked: readonly string[] = []) {
    const { pupils, staff, sessions, pupilSessions, passwords } = snapshot()
    const usernames = new Set([...pupils, ...staff].map(({ username }) => username))
    for (const username of usernamesAsked) usernames.delete(username)
    const looksLikeOne = [...text.matchAll(/(?=([a-z]{4}[0-9]{4}))/g)].map(([, found]) => found ?? '')
    expect(looksLikeOne.filter((found) => usernames.has(found))).toEqual([])
    expect(text).not.toContain(STAFF_PASSWORD)
    for (const { name } of pupils.filter(({ alias }) => alias !== null)) expect(text).not.toContain(name)
    for (const { tokenHash } of [...sessions, ...pupilSessions]) expect(text).not.toContain(tokenHash)
    for (const { hash } of passwords) if (text.includes(hash)) expect(text).not.toContain(hash)
  }

  async function signIn(
    username: string,
    before?: Person,
    as: 'teacher' | 'userAdministrator' = 'teacher',
  ): Promise<Person> {
    const answer = await call('POST /api/session', {
      as: before,
      body: { username, password: STAFF_PASSWORD, as },
    })
    const { ref } = answer.json(signedInSchema)
    return { token: answer.headers.get(PAGE_SESSION_HEADER) ?? '', ref }
  }

  /** The code that the demo phone shows as the newest. */
  const codeOnPhone = () => school.codeOnPhone()

  /** Has a code sent and gives it. @returns the person with the new secret. */
  async function giveSecondFactor(person: Person): Promise<Person> {
    await call('POST /api/session/second-factor/codes', { as: person })
    const answer = await call('POST /api/session/second-factor', {
      as: person,
      body: { code: await codeOnPhone() },
    })
    const { ref } = answer.json(signedInSchema)
    return { ...person, token: answer.headers.get(PAGE_SESSION_HEADER) ?? '', ref }
  }

  /** A user administrator, signed in with a second factor, in the view of a school. */
  const administrator = async (username: string, institutionId: string): Promise<Person> => ({
    ...(await giveSecondFactor(await signIn(username, undefined, 'userAdministrator'))),
    school: institutionId,
  })

  /** A pupil gives username and password: the demo's, where nothing is said. */
  async function signInAsPupil(
    username: string,
    {
      password = demoPasswordOf(username, snapshot()) ?? '',
      before,
    }: { password?: string; before?: Person } = {},
  ): Promise<Person> {
    const answer = await call('POST /api/pupil/session', { as: before, body: { username, password } })
    const { ref } = answer.json(pupilSignedInSchema)
    return pupilOf(answer, ref)
  }

  /** A pupil gives the username alone, inside the window. */
  async function takeWindow(username: string, before?: Person): Promise<Person> {
    const answer = await call('POST /api/pupil/session/username', { as: before, body: { username } })
    expect(answer.text).toBe('{"next":"newPassword"}')
    const person = pupilOf(answer, '')
    const session = await call('GET /api/pupil/session', { as: person })
    return { ...person, ref: session.json(pupilSignedInSchema).ref }
  }

  const pupilOf = (answer: Answer, ref: string): Person => ({
    token: answer.headers.get(PAGE_PUPIL_SESSION_HEADER) ?? '',
    ref,
    carriedIn: PAGE_PUPIL_SESSION_HEADER,
  })

  /** Puts a session into the store that nobody could get by signing in. */
  async function plantSession(session: Pick<Session, 'staffId'> & Partial<Session>): Promise<Person> {
    const token = `planted-${newKey()}`
    const ref = `ref-${token}`
    const row: Session = {
      tokenHash: sha256(token),
      ref,
      secondFactorAt: null,
      sentCode: null,
      startedAt: now,
      lastActiveAt: now,
      endedAt: null,
      ...session,
    }
    await school.store.transaction((unit) => unit.saveSession(row))
    return { token, ref }
  }

  const pupil = (username: string) => {
    const found = snapshot().pupils.find((each) => each.username === username)
    if (!found) throw new Error(`nobody is called ${username}`)
    return found
  }

  return {
    call,
    /** For what is no ordinary call. */
    fetch: (request: Request) => school.fetch(request),
    signIn,
    codeOnPhone,
    giveSecondFactor,
    administrator,
    signInAsPupil,
    takeWindow,
    plantSession,
    expectNoSecrets,
    snapshot,
    pupil,
    /** The pupil's id. */
    id: (username: string) => pupil(username).id,
    activity: (): readonly ActivityEntry[] => snapshot().activity,
    get store() {
      return school.store
    },
    clock,
    /** Lets time pass. */
    pass(duration: Duration) {
      now += duration
    },
    /** The pupil signs in with the username alone. */
    signInAlone: (username: string) => school.signInAlone(username),
    /** Changes what the administrative system says, while everything else goes on. */
    change: (next: (school: Snapshot) => Snapshot) => school.change(next),
    /** Where the log says that requests come from. */
    source: school.source,
    kept: school.kept,
    onItsWay: school.onItsWay,
  }
}

/** What an answer says; of a stream, which would not end by itself, nothing. */
async function textOf(response: Response): Promise<string> {
  const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream')
  if (!isStream) return response.text()
  await response.body?.cancel()
  return ''
}

/** What lasts: everything but sessions, counters and the log itself. */
export function lasting({ sessions, pupilSessions, buckets, activity, ...rest }: Snapshot) {
  return rest
}

export interface ExpectedRefusal {
  status: number
  type: ProblemType
  action: ActivityAction
  /** The id of who is known to have tried; null for nobody. */
  by: string | null
}

/** What every refusal must do: its status, nothing changed, and the attempt in the log, without secrets. */
export async function expectRefused(
  school: SchoolUnderTest,
  attempt: () => Promise<Answer>,
  { status, type, action, by }: ExpectedRefusal,
): Promise<Answer> {
  const before = school.snapshot()
  const answer = await attempt()
  const after = school.snapshot()

  expect(answer.status, answer.text).toBe(status)
  expect(answer.problem().type).toBe(type)
  expect(answer.headers.get(PAGE_SESSION_HEADER)).toBeNull()
  expect(answer.headers.get(PAGE_PUPIL_SESSION_HEADER)).toBeNull()
  expect(lasting(after)).toEqual(lasting(before))
  const logged = after.activity.slice(before.activity.length)
  expect(after.activity.slice(0, before.activity.length)).toEqual(before.activity)
  expect(logged.length).toBeGreaterThan(0)
  for (const entry of logged) {
    expect(entry).toMatchObject({
      at: school.clock.now(),
      action,
      actorId: by,
      outcome: 'refused',
      requestId: answer.headers.get('Request-Id'),
      source: school.source,
    })
    expect(entry.reason).toMatch(/^[a-zA-Z-]+$/)
  }
  school.expectNoSecrets(JSON.stringify(logged))
  return answer
}

/** The decision for each id of a batch, in the order of the answer. */
export const refusalsIn = (answer: Answer): (readonly [string, Refusal | null])[] =>
  answer.json(resultsSchema).results.map(({ id, refusal }) => [id, refusal] as const)

/** The pupils of a class, in the order of the administrative system. */
export function pupilsOf(school: SchoolData, classId: SchoolClass['id']) {
  const ids = school.enrolments.filter((each) => each.classId === classId).map(({ pupilId }) => pupilId)
  return school.pupils.filter(({ id }) => ids.includes(id))
}
