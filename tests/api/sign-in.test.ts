import { describe, expect, test } from 'vitest'
import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { STAFF_PASSWORD } from '../../mocks/people'
import { createApp } from '../../server/app'
import { createEventBus } from '../../server/events/bus'
import { sha256 } from '../../server/secrets'
import { PAGE_PUPIL_SESSION_HEADER, PAGE_SESSION_HEADER, pageCarrier } from '../../server/session/carrier'
import { nextStepSchema, sessionSchema, signedInSchema } from '../../server/session/schema'
import { hours, minutes, seconds, systemTimer, toIso } from '../../server/time'
import {
  expectRefused,
  MORNING,
  noPhone,
  type Person,
  type SchoolUnderTest,
  schoolUnderTest,
} from './school-under-test'

const SIGN_IN = 'POST /api/session'
const USERNAME = 'POST /api/session/username'
const KEEP_ALIVE = 'POST /api/session/keep-alive'

const right = (username: string) => ({ username, password: STAFF_PASSWORD })
const wrong = (username: string) => ({ username, password: 'Elevadgang-2025' })

const refusal = (status: number, type: 'wrong-password' | 'username-not-found' | 'too-many-requests') =>
  ({ status, type, action: 'signIn', by: null }) as const

const isSignedIn = async (school: SchoolUnderTest, as: Person) =>
  (await school.call('GET /api/session', { as })).json(sessionSchema).signedIn

describe('the username', () => {
  test.each(['lone4821', ' LONE4821 ', 'kent1904'])('%j is known: the password is next', async (username) => {
    const school = schoolUnderTest()
    const answer = await school.call(USERNAME, { body: { username } })
    expect(answer.json(nextStepSchema)).toEqual({ next: 'password' })
    expect(answer.text).toBe('{"next":"password"}')
    expect(school.activity()).toEqual([])
  })

  test('that nobody has is told', async () => {
    const school = schoolUnderTest()
    const attempt = () => school.call(USERNAME, { body: { username: 'none0000' } })
    await expectRefused(school, attempt, refusal(404, 'username-not-found'))
  })

  test.each(['lone@skole.dk', 'LONE4821@unilogin.dk'])(
    '%s belongs to a local login we do not know',
    async (username) => {
      const school = schoolUnderTest()
      const answer = await expectRefused(school, () => school.call(USERNAME, { body: { username } }), {
        status: 404,
        type: 'identity-provider-not-found',
        action: 'signIn',
        by: null,
      })
      expect(answer.text).not.toContain(username)
    },
  )

  test.each(['lone', 'lone48211', '48211234', 'lone 4821', '<b>'])('%j is no username', async (username) => {
    const school = schoolUnderTest()
    const answer = await expectRefused(school, () => school.call(USERNAME, { body: { username } }), {
      status: 422,
      type: 'invalid-request',
      action: 'signIn',
      by: null,
    })
    expect(answer.problem().errors).toEqual([{ path: 'username', code: 'not_a_username' }])
  })

  test('may be guessed wrong 60 times in a quarter of an hour, then known and unknown get one answer and nobody is locked out', async () => {
    const school = schoolUnderTest()
    for (let tried = 0; tried < 60; tried += 1) {
      const username = `none${1000 + tried}`
      expect((await school.call(USERNAME, { body: { username } })).status).toBe(404)
      school.pass(seconds(1))
    }
    for (const username of ['none9999', 'lone4821']) {
      const answer = await school.call(USERNAME, { body: { username } })
      expect(answer.status).toBe(200)
      expect(answer.json(nextStepSchema)).toEqual({ next: 'password' })
    }
    school.pass(minutes(14) - 1)
    expect((await school.call(USERNAME, { body: { username: 'none9999' } })).status).toBe(200)
    school.pass(1)
    expect((await school.call(USERNAME, { body: { username: 'lone4821' } })).status).toBe(200)
    expect((await school.call(USERNAME, { body: { username: 'none9999' } })).status).toBe(404)
    expect((await school.call(USERNAME, { body: { username: 'none9999' } })).status).toBe(200)
  })

  test('that is known counts for nothing', async () => {
    const school = schoolUnderTest()
    for (let tried = 0; tried < 100; tried += 1) {
      expect((await school.call(USERNAME, { body: { username: 'lone4821' } })).status).toBe(200)
    }
  })
})

describe('signing in', () => {
  test('gives a session: who, where and until when', async () => {
    const school = schoolUnderTest()
    const answer = await school.call(SIGN_IN, { body: right(' LONE4821 ') })
    const { ref, ...session } = answer.json(signedInSchema)
    expect(session).toEqual({
      signedIn: true,
      person: { id: 's-lone', name: 'Lone Kjær' },
      views: { teacher: true, schools: [] },
      institutions: [{ id: 'birkeskolen', name: 'Birkeskolen' }],
      secondFactor: null,
      endsAt: toIso(MORNING + minutes(20)),
      warnAt: toIso(MORNING + minutes(19)),
      canStayLonger: true,
      serverTime: toIso(MORNING),
    })
    expect(ref).toMatch(/^[0-9a-f]{16}$/)
    expect(school.activity()).toMatchObject([{ actorId: 's-lone', action: 'signIn', outcome: 'done' }])
  })

  test('keeps no secret in the store: the hash only', async () => {
    const school = schoolUnderTest()
    const { token } = await school.signIn('lone4821')
    expect(token).toMatch(/^[0-9a-f]{64}$/)
    const kept = school.snapshot()
    expect(JSON.stringify(kept)).not.toContain(token)
    expect(JSON.stringify(kept)).not.toContain(STAFF_PASSWORD)
    expect(kept.sessions.map(({ tokenHash }) => tokenHash)).toEqual([sha256(token)])
  })

  test('tells an administrator who teaches both views, and the schools of each', async () => {
    const school = schoolUnderTest()
    const answer = await school.call(SIGN_IN, { body: right('bodi2259') })
    expect(answer.json(signedInSchema)).toMatchObject({
      views: { teacher: true, schools: [{ id: 'birkeskolen' }, { id: 'soendervang' }] },
      institutions: [{ id: 'birkeskolen' }],
      secondFactor: null,
    })
  })

  test.each([
    ['a wrong password', wrong('lone4821')],
    ['an unknown username', right('none0000')],
    ["a pupil's username", right('asta2011')],
    ['something that is no username', right("' or 1=1 --")],
    ['a local login', right('lone@skole.dk')],
    ['the right password in other letters', { username: 'lone4821', password: STAFF_PASSWORD.toLowerCase() }],
    ['the right password and a space', { username: 'lone4821', password: `${STAFF_PASSWORD} ` }],
  ])('with %s: refused, always in the same words', async (_, body) => {
    const school = schoolUnderTest()
    const answer = await expectRefused(
      school,
      () => school.call(SIGN_IN, { body }),
      refusal(401, 'wrong-password'),
    )
    expect(answer.headers.get('Set-Cookie')).toBeNull()
    expect(school.snapshot().sessions).toEqual([])
    expect(JSON.stringify(school.activity())).not.toContain(body.username)
  })

  test.each([
    ['who is administrator only', 'kent1904', 's-kent'],
    ['whose role was taken away', 'omar7310', 's-omar'],
    ['who is deactivated', 'mads5512', 's-mads'],
  ])('by somebody %s: refused, with the person in the log', async (_, username, by) => {
    const school = schoolUnderTest((data) => ({
      ...data,
      staff: data.staff.map((each) =>
        each.id === 's-omar' ? { ...each, roles: [] } : { ...each, active: each.id !== 's-mads' },
      ),
    }))
    await expectRefused(school, () => school.call(SIGN_IN, { body: right(username) }), {
      status: 403,
      type: 'no-role',
      action: 'signIn',
      by,
    })
    expect(school.snapshot().sessions).toEqual([])
  })

  test('without a role does not tell a wrong password from a missing role', async () => {
    const school = schoolUnderTest()
    await expectRefused(
      school,
      () => school.call(SIGN_IN, { body: wrong('kent1904') }),
      refusal(401, 'wrong-password'),
    )
  })

  test('again gives a new session and ends the one before', async () => {
    const school = schoolUnderTest()
    const first = await school.signIn('lone4821')
    const second = await school.signIn('lone4821', first)
    expect(second.token).not.toBe(first.token)
    expect(second.ref).not.toBe(first.ref)
    expect(await isSignedIn(school, first)).toBe(false)
    expect(await isSignedIn(school, second)).toBe(true)
  })

  test('by the next person at the computer ends the session of the one before', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    const mads = await school.signIn('mads5512', lone)
    expect(await isSignedIn(school, lone)).toBe(false)
    expect(await isSignedIn(school, mads)).toBe(true)
  })

  test('ends no session of another device, and a failed one ends none at all', async () => {
    const school = schoolUnderTest()
    const here = await school.signIn('lone4821')
    await school.signIn('lone4821')
    await school.call(SIGN_IN, { as: here, body: wrong('mads5512') })
    await school.call(SIGN_IN, { as: here, body: right('kent1904') })
    expect(await isSignedIn(school, here)).toBe(true)
  })

  test('never takes over a session that the browser brings along', async () => {
    const school = schoolUnderTest()
    const planted = { token: 'a'.repeat(64), ref: 'b'.repeat(16) }
    const lone = await school.signIn('lone4821', planted)
    expect(lone.token).not.toBe(planted.token)
    expect(await isSignedIn(school, planted)).toBe(false)
  })
})

describe('abuse case 15: guessing passwords', () => {
  test('ten wrong ones for a username in a quarter of an hour, then not even the right one', async () => {
    const school = schoolUnderTest()
    for (let tried = 0; tried < 10; tried += 1) {
      expect((await school.call(SIGN_IN, { body: wrong('lone4821') })).status).toBe(401)
      school.pass(seconds(6))
    }
    for (const body of [wrong('lone4821'), right('lone4821'), right(' LONE4821')]) {
      const answer = await expectRefused(
        school,
        () => school.call(SIGN_IN, { body }),
        refusal(429, 'too-many-requests'),
      )
      expect(answer.headers.get('Retry-After')).toBe(String(14 * 60))
    }
    school.pass(minutes(14) - 1)
    expect((await school.call(SIGN_IN, { body: right('lone4821') })).status).toBe(429)
    school.pass(1)
    expect((await school.call(SIGN_IN, { body: right('lone4821') })).status).toBe(200)
  })

  test('many at once get no further than one after another', async () => {
    const school = schoolUnderTest()
    const answers = await Promise.all(
      Array.from({ length: 25 }, () => school.call(SIGN_IN, { body: wrong('lone4821') })),
    )
    const statuses = answers.map(({ status }) => status).toSorted()
    expect(statuses).toEqual([...Array<number>(10).fill(401), ...Array<number>(15).fill(429)])
  })

  test('a right password counts for nothing, however often it is used', async () => {
    const school = schoolUnderTest()
    for (let tried = 0; tried < 9; tried += 1) await school.call(SIGN_IN, { body: wrong('lone4821') })
    for (let tried = 0; tried < 30; tried += 1) {
      expect((await school.call(SIGN_IN, { body: right('lone4821') })).status).toBe(200)
    }
    expect((await school.call(SIGN_IN, { body: wrong('lone4821') })).status).toBe(401)
    expect((await school.call(SIGN_IN, { body: right('lone4821') })).status).toBe(429)
  })

  test('the wait is told right, though right passwords lie between the wrong ones', async () => {
    const school = schoolUnderTest()
    await school.call(SIGN_IN, { body: right('lone4821') })
    school.pass(minutes(5))
    for (let tried = 0; tried < 10; tried += 1) await school.call(SIGN_IN, { body: wrong('lone4821') })
    const answer = await school.call(SIGN_IN, { body: right('lone4821') })
    expect(answer.headers.get('Retry-After')).toBe(String(15 * 60))
  })

  test('one username locks no other out, and a whole class behind one address still works', async () => {
    const school = schoolUnderTest()
    for (let tried = 0; tried < 10; tried += 1) await school.call(SIGN_IN, { body: wrong('lone4821') })
    expect((await school.call(SIGN_IN, { body: right('mads5512') })).status).toBe(200)
    for (let pupil = 0; pupil < 28; pupil += 1) {
      for (let tried = 0; tried < 3; tried += 1) {
        await school.call(SIGN_IN, { body: wrong(`elev${1000 + pupil}`) })
      }
      expect((await school.call(SIGN_IN, { body: right('mads5512') })).status).toBe(200)
    }
  })

  test('300 wrong ones from one address in a quarter of an hour, whatever the usernames; another address still works', async () => {
    const school = schoolUnderTest()
    for (let tried = 0; tried < 300; tried += 1) {
      expect((await school.call(SIGN_IN, { body: wrong(`elev${1000 + tried}`) })).status).toBe(401)
    }
    const attempt = () => school.call(SIGN_IN, { body: right('lone4821') })
    const answer = await expectRefused(school, attempt, refusal(429, 'too-many-requests'))
    expect(answer.headers.get('Retry-After')).toBe(String(15 * 60))

    const elsewhere = createApp({
      store: school.store,
      clock: school.clock,
      timer: systemTimer,
      events: createEventBus(MORNING),
      session: pageCarrier(),
      pupilSession: pageCarrier(PAGE_PUPIL_SESSION_HEADER),
      codes: noPhone,
      passwords: demoPasswordHash,
      identity: { passwordMatches: async (_, password) => password === STAFF_PASSWORD },
      sourceOf: () => '192.0.2.7',
    })
    const fromElsewhere = await elsewhere.fetch(
      new Request('https://school.test/api/session', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(right('lone4821')),
      }),
    )
    expect(fromElsewhere.status).toBe(200)
    expect(school.activity().at(-1)).toMatchObject({ source: '192.0.2.7' })

    school.pass(minutes(15))
    expect((await attempt()).status).toBe(200)
  })

  test('what was typed as a username is kept nowhere: it may be a password', async () => {
    const school = schoolUnderTest()
    await school.call(SIGN_IN, { body: { username: 'my-secret-phrase', password: 'x' } })
    await school.call(USERNAME, { body: { username: 'my-secret-phrase' } })
    expect(JSON.stringify(school.snapshot())).not.toContain('my-secret-phrase')
  })
})

describe('a session', () => {
  test('ends after 20 idle minutes, to the millisecond', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    school.pass(minutes(19) + seconds(59))
    expect((await school.call('GET /api/pupils', { as: lone })).status).toBe(200)
    school.pass(seconds(1) - 1)
    expect(await isSignedIn(school, lone)).toBe(true)
    school.pass(1)
    expect(await isSignedIn(school, lone)).toBe(false)
    await expectRefused(school, () => school.call('GET /api/pupils', { as: lone }), {
      status: 401,
      type: 'session-ended',
      action: 'listPupils',
      by: null,
    })
    await expectRefused(school, () => school.call(KEEP_ALIVE, { as: lone }), {
      status: 401,
      type: 'session-ended',
      action: 'keepSession',
      by: null,
    })
  })

  test('is not kept alive by a page that only looks', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    school.pass(minutes(10))
    for (const route of [
      'GET /api/session',
      'GET /api/pupils',
      'GET /api/classes',
      'GET /api/classes/birkeskolen-2a',
    ]) {
      await school.call(route, { as: lone })
    }
    school.pass(minutes(10))
    expect(await isSignedIn(school, lone)).toBe(false)
  })

  test.each([
    ['keep-alive', KEEP_ALIVE, undefined],
    ['an action', 'POST /api/pupils/step-ups', 'asta2011'],
    ['an action that is refused', 'POST /api/pupils/password-resets', 'bert2012'],
  ])('is kept alive by %s', async (_, route, username) => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    school.pass(minutes(10))
    await school.call(route, { as: lone, body: username && { pupilIds: [school.id(username)] } })
    school.pass(minutes(20) - 1)
    expect(await isSignedIn(school, lone)).toBe(true)
    school.pass(1)
    expect(await isSignedIn(school, lone)).toBe(false)
  })

  test('tells its new end when kept alive', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    school.pass(minutes(10))
    const kept = (await school.call(KEEP_ALIVE, { as: lone })).json(signedInSchema)
    expect(kept).toMatchObject({
      ref: lone.ref,
      endsAt: toIso(MORNING + minutes(30)),
      warnAt: toIso(MORNING + minutes(29)),
      canStayLonger: true,
      serverTime: toIso(MORNING + minutes(10)),
    })
  })

  test('ends 8 hours after signing in, whatever the activity', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    for (let quarter = 1; quarter < 32; quarter += 1) {
      school.pass(minutes(15))
      const { endsAt, canStayLonger } = (await school.call(KEEP_ALIVE, { as: lone })).json(signedInSchema)
      const end = Math.min(school.clock.now() + minutes(20), MORNING + hours(8))
      expect(endsAt).toBe(toIso(end))
      expect(canStayLonger).toBe(end < MORNING + hours(8))
    }
    school.pass(minutes(15) - 1)
    expect((await school.call(KEEP_ALIVE, { as: lone })).status).toBe(200)
    school.pass(1)
    expect((await school.call(KEEP_ALIVE, { as: lone })).status).toBe(401)
  })

  test('is gone after signing out: the secret opens nothing more', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    const answer = await school.call('DELETE /api/session', { as: lone })
    expect(answer.status).toBe(204)
    expect(answer.text).toBe('')
    expect(answer.headers.get(PAGE_SESSION_HEADER)).toBe('')
    expect(await isSignedIn(school, lone)).toBe(false)
    for (const route of ['GET /api/pupils', 'GET /api/classes', KEEP_ALIVE]) {
      expect((await school.call(route, { as: lone })).status).toBe(401)
    }
    expect(
      school.activity().filter(({ action, outcome }) => action === 'signOut' && outcome === 'done'),
    ).toMatchObject([{ actorId: 's-lone' }])
  })

  test('signing out where nobody is signed in is no failure, and nothing to log', async () => {
    const school = schoolUnderTest()
    expect((await school.call('DELETE /api/session')).status).toBe(204)
    expect(school.activity()).toEqual([])
  })

  test('of a person deactivated since is nobody', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    school.change((data) => ({
      ...data,
      staff: data.staff.map((each) => ({ ...each, active: false })),
    }))
    const answer = await school.call('GET /api/session', { as: lone })
    expect(answer.json(sessionSchema)).toEqual({ signedIn: false, serverTime: toIso(MORNING) })
  })
})
