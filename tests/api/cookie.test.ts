import { describe, expect, test } from 'vitest'
import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { STAFF_PASSWORD } from '../../mocks/people'
import { createApp } from '../../server/app'
import { createEventBus } from '../../server/events/bus'
import { openWindow } from '../../server/password-reset/rules'
import { cookieCarrier, PAGE_SESSION_HEADER, PUPIL_SESSION_COOKIE } from '../../server/session/carrier'
import { sessionSchema } from '../../server/session/schema'
import { systemTimer } from '../../server/time'
import { MORNING, noPhone, schoolUnderTest } from './school-under-test'

/** The API as a real server has it: its session travels in a cookie. */
function withCookies({ secure }: { secure: boolean }) {
  const school = schoolUnderTest()
  const app = createApp({
    store: school.store,
    clock: school.clock,
    timer: systemTimer,
    events: createEventBus(MORNING),
    session: cookieCarrier({ secure }),
    pupilSession: cookieCarrier({ secure, name: PUPIL_SESSION_COOKIE }),
    codes: noPhone,
    passwords: demoPasswordHash,
    identity: { passwordMatches: async (_, password) => password === STAFF_PASSWORD },
    sourceOf: () => '192.0.2.7',
  })
  const call = (method: string, path: string, headers: Record<string, string> = {}, body?: unknown) =>
    app.fetch(
      new Request(`https://school.test/api${path}`, {
        method,
        headers: { ...headers, ...(body ? { 'Content-Type': 'application/json' } : {}) },
        body: body ? JSON.stringify(body) : null,
      }),
    )
  const signIn = (username = 'lone4821') =>
    call('POST', '/session', {}, { username, password: STAFF_PASSWORD })
  const isSignedIn = async (headers: Record<string, string>) =>
    sessionSchema.parse(await (await call('GET', '/session', headers)).json()).signedIn
  return { school, call, signIn, isSignedIn }
}

/** The parts of a Set-Cookie header: the pair, and its attributes in lower case. */
function cookieOf(answer: Response) {
  const [cookie, ...more] = answer.headers.getSetCookie()
  expect(more).toEqual([])
  const [pair = '', ...attributes] = (cookie ?? '').split('; ')
  return { pair, attributes: attributes.map((each) => each.toLowerCase()).toSorted() }
}

describe('the cookie', () => {
  test('is out of reach of scripts, other sites, other hosts and plain http, and lasts a school day', async () => {
    const { pair, attributes } = cookieOf(await withCookies({ secure: true }).signIn())
    expect(pair).toMatch(/^__Host-session=[0-9a-f]{64}$/)
    expect(attributes).toEqual(['httponly', 'max-age=28800', 'path=/', 'samesite=strict', 'secure'])
  })

  test('on plain http on localhost has a name without the promise, and is else the same', async () => {
    const { pair, attributes } = cookieOf(await withCookies({ secure: false }).signIn())
    expect(pair).toMatch(/^session=[0-9a-f]{64}$/)
    expect(attributes).toEqual(['httponly', 'max-age=28800', 'path=/', 'samesite=strict'])
  })

  test('carries the session, and nothing else in the answer does', async () => {
    const { signIn, isSignedIn } = withCookies({ secure: true })
    const answer = await signIn()
    const { pair } = cookieOf(answer)
    const [, token = ''] = pair.split('=')
    expect(await answer.text()).not.toContain(token)
    expect(answer.headers.get(PAGE_SESSION_HEADER)).toBeNull()
    expect(await isSignedIn({ Cookie: pair })).toBe(true)
    expect(await isSignedIn({ Cookie: `other=1; ${pair}` })).toBe(true)
  })

  test("the mocks' header is ignored where there are cookies", async () => {
    const { school, call, signIn, isSignedIn } = withCookies({ secure: true })
    const { pair } = cookieOf(await signIn())
    const [, token = ''] = pair.split('=')
    expect(await isSignedIn({ [PAGE_SESSION_HEADER]: token })).toBe(false)
    const answer = await call('GET', '/pupils', { [PAGE_SESSION_HEADER]: token })
    expect(answer.status).toBe(401)
    expect(school.activity().at(-1)).toMatchObject({ reason: 'not-signed-in', actorId: null })
  })

  test('of the plain name is ignored where the secure one is used', async () => {
    const { signIn, isSignedIn } = withCookies({ secure: true })
    const { pair } = cookieOf(await signIn())
    expect(await isSignedIn({ Cookie: pair.replace('__Host-', '') })).toBe(false)
  })

  test('is taken away on signing out, and opens nothing more', async () => {
    const { call, signIn, isSignedIn } = withCookies({ secure: true })
    const { pair } = cookieOf(await signIn())
    const answer = await call('DELETE', '/session', { Cookie: pair })
    expect(answer.status).toBe(204)
    const gone = cookieOf(answer)
    expect(gone.pair).toBe('__Host-session=')
    expect(gone.attributes).toEqual(['httponly', 'max-age=0', 'path=/', 'samesite=strict', 'secure'])
    expect(await isSignedIn({ Cookie: pair })).toBe(false)
  })

  test('is new at each sign-in, and the old one opens nothing more', async () => {
    const { call, signIn, isSignedIn } = withCookies({ secure: true })
    const { pair } = cookieOf(await signIn())
    const body = { username: 'mads5512', password: STAFF_PASSWORD }
    const next = cookieOf(await call('POST', '/session', { Cookie: pair }, body))
    expect(next.pair).not.toBe(pair)
    expect(await isSignedIn({ Cookie: pair })).toBe(false)
    expect(await isSignedIn({ Cookie: next.pair })).toBe(true)
  })

  test('is not set by a refused sign-in, nor by anything else', async () => {
    const { call, signIn } = withCookies({ secure: true })
    const refused = await call('POST', '/session', {}, { username: 'lone4821', password: 'wrong' })
    expect(refused.headers.getSetCookie()).toEqual([])
    const { pair } = cookieOf(await signIn())
    for (const [method, path] of [
      ['GET', '/session'],
      ['POST', '/session/keep-alive'],
      ['GET', '/pupils'],
      ['GET', '/nowhere'],
    ] as const) {
      expect((await call(method, path, { Cookie: pair })).headers.getSetCookie()).toEqual([])
    }
  })

  test.each([
    '__Host-session=',
    '__Host-session=%E0%A4%A',
    '__Host-session="',
    '=;=;=',
    `__Host-session=${'x'.repeat(9000)}`,
  ])('that is no session (%s) is nobody', async (cookie) => {
    const { isSignedIn, call } = withCookies({ secure: true })
    expect(await isSignedIn({ Cookie: cookie })).toBe(false)
    expect((await call('GET', '/pupils', { Cookie: cookie })).status).toBe(401)
  })
})

describe("a pupil's cookie", () => {
  const body = { username: 'asta2011', password: 'sun cat boat apple' }

  test('is as the one of staff, under a name of its own', async () => {
    const { call } = withCookies({ secure: true })
    const { pair, attributes } = cookieOf(await call('POST', '/pupil/session', {}, body))
    expect(pair).toMatch(/^__Host-pupil-session=[0-9a-f]{64}$/)
    expect(attributes).toEqual(['httponly', 'max-age=28800', 'path=/', 'samesite=strict', 'secure'])
  })

  test('lies beside it, and each side reads its own', async () => {
    const { call, signIn, isSignedIn } = withCookies({ secure: true })
    const staff = cookieOf(await signIn()).pair
    const pupil = cookieOf(await call('POST', '/pupil/session', { Cookie: staff }, body)).pair
    const both = { Cookie: `${staff}; ${pupil}` }
    expect(await isSignedIn(both)).toBe(true)
    expect(await isSignedIn({ Cookie: pupil })).toBe(false)
    expect(await isSignedIn({ Cookie: pupil.replace('pupil-', '') })).toBe(false)
    const gone = cookieOf(await call('DELETE', '/pupil/session', both))
    expect(gone.pair).toBe('__Host-pupil-session=')
    expect(await isSignedIn(both)).toBe(true)
  })

  test('is set where the username alone was enough, and only there', async () => {
    const { school, call } = withCookies({ secure: true })
    const asked = await call('POST', '/pupil/session/username', {}, { username: 'asta2011' })
    expect(asked.headers.getSetCookie()).toEqual([])
    const window = openWindow(school.id('asta2011'), 's-lone', school.clock.now())
    await school.store.transaction((unit) => unit.saveResetWindow(window))
    const taken = await call('POST', '/pupil/session/username', {}, { username: 'asta2011' })
    expect(cookieOf(taken).pair).toMatch(/^__Host-pupil-session=[0-9a-f]{64}$/)
  })
})
