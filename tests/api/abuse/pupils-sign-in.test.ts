import type { z } from '@hono/zod-openapi'
import { describe, expect, test } from 'vitest'
import { demoPasswordHash } from '../../../mocks/demo-password-hash'
import { demoPasswords } from '../../../mocks/demo-passwords'
import { createApp } from '../../../server/app'
import { createEventBus } from '../../../server/events/bus'
import { openWindow } from '../../../server/password-reset/rules'
import type { PasswordHash } from '../../../server/passwords/hash'
import {
  pupilNextStepSchema,
  pupilSessionSchema,
  pupilSignedInSchema,
} from '../../../server/pupil-session/schema'
import { pupilListSchema } from '../../../server/pupils/schema'
import { PAGE_PUPIL_SESSION_HEADER, pageCarrier } from '../../../server/session/carrier'
import { startStepUp } from '../../../server/step-up/rules'
import { days, hours, minutes, seconds, systemTimer, toIso } from '../../../server/time'
import { blockSince } from '../../rules/ordinary-pupil'
import {
  expectRefused,
  lasting,
  MORNING,
  noPhone,
  type Person,
  pupilsOf,
  type SchoolUnderTest,
  schoolUnderTest,
} from '../school-under-test'

const USERNAME = 'POST /api/pupil/session/username'
const SIGN_IN = 'POST /api/pupil/session'
const READ = 'GET /api/pupil/session'
const KEEP = 'POST /api/pupil/session/keep-alive'
const SET = 'POST /api/pupil/new-password'
const SUGGEST = 'POST /api/pupil/new-password/suggestion'

const PICTURES = demoPasswords.indskoling.password
const OWN = 'gul-regnbue'

const withWindow = (username = 'asta2011') =>
  schoolUnderTest((data) => ({
    ...data,
    resetWindows: data.pupils
      .filter((pupil) => pupil.username === username)
      .map(({ id }) => openWindow(id, 's-lone', MORNING)),
  }))

const step = async (school: SchoolUnderTest, username: string) =>
  (await school.call(USERNAME, { body: { username } })).json(pupilNextStepSchema)

const signIn = (school: SchoolUnderTest, username: string, password: string) =>
  school.call(SIGN_IN, { body: { username, password } })

const read = async (school: SchoolUnderTest, as: Person) =>
  (await school.call(READ, { as })).json(pupilSessionSchema)

/** Asks for a suggestion, and answers it as it is to be given back. */
async function suggestionFor(school: SchoolUnderTest, as: Person): Promise<string> {
  const answer = await school.call(SUGGEST, { as })
  expect(answer.status).toBe(200)
  const { pictures, text } = JSON.parse(answer.text)
  return text ?? pictures.join(' ')
}

const setSuggested = async (school: SchoolUnderTest, as: Person) => {
  const password = await suggestionFor(school, as)
  const answer = await school.call(SET, { as, body: { password, from: 'suggestion' } })
  return { password, session: answer.json(pupilSignedInSchema) }
}

const rowOf = async (school: SchoolUnderTest, id: string, username = 'lone4821') => {
  const teacher = await school.signIn(username)
  const { pupils } = (await school.call('GET /api/pupils', { as: teacher })).json(pupilListSchema)
  return pupils.find((pupil) => pupil.id === id)
}

const block = (school: SchoolUnderTest, username: string) =>
  school.change((data) => ({
    ...data,
    pupils: data.pupils.map((each) =>
      each.username === username ? { ...each, block: blockSince(MORNING) } : each,
    ),
  }))

const asksPictures = { next: 'password', asks: 'pictures' }

describe('abuse case 12: the username alone', () => {
  test('before a window: the password is asked for, and nobody is signed in', async () => {
    const school = schoolUnderTest()
    const before = lasting(school.snapshot())
    expect(await step(school, 'asta2011')).toEqual(asksPictures)
    expect(lasting(school.snapshot())).toEqual(before)
    expect(school.snapshot().pupilSessions).toEqual([])
  })

  test('at 4:59 it is enough; at 5:00 it is not', async () => {
    const early = withWindow()
    early.pass(minutes(4) + seconds(59))
    const asta = await early.takeWindow('asta2011')
    expect(await read(early, asta)).toMatchObject({
      stage: 'mustSetPassword',
      because: 'window',
      policy: 'indskoling',
      mayChoose: false,
      mayPostpone: false,
      level: 'Basic',
    })

    const late = withWindow()
    late.pass(minutes(5))
    expect(await step(late, 'asta2011')).toEqual(asksPictures)
  })

  test('who took it in time may finish after 5:00; the teacher sees it open, taken, over, and then used', async () => {
    const school = withWindow()
    const id = school.id('asta2011')
    const closesAt = toIso(MORNING + minutes(5))
    school.pass(minutes(4))
    expect((await rowOf(school, id))?.status.resetWindow).toEqual({ state: 'open', closesAt, takenAt: null })
    const asta = await school.takeWindow('asta2011')
    const takenAt = toIso(school.clock.now())
    expect((await rowOf(school, id))?.status.resetWindow).toEqual({ state: 'open', closesAt, takenAt })
    school.pass(minutes(2))
    expect((await rowOf(school, id))?.status.resetWindow).toEqual({ state: 'expired', at: closesAt })
    const { password } = await setSuggested(school, asta)
    const usedAt = toIso(school.clock.now())
    expect((await rowOf(school, id))?.status.resetWindow).toEqual({ state: 'used', at: usedAt })
    expect((await signIn(school, 'asta2011', password)).status).toBe(200)
  })

  test('the old password stands until the new one is set, and then is gone', async () => {
    const school = withWindow()
    const asta = await school.takeWindow('asta2011')
    const { password: unused } = { password: await suggestionFor(school, asta) }
    expect((await signIn(school, 'asta2011', PICTURES)).status).toBe(200)
    expect((await signIn(school, 'asta2011', unused)).status).toBe(401)
    const { password } = await setSuggested(school, asta)
    expect((await signIn(school, 'asta2011', PICTURES)).status).toBe(401)
    expect((await signIn(school, 'asta2011', password)).status).toBe(200)
  })

  test('after use: no', async () => {
    const school = withWindow()
    await setSuggested(school, await school.takeWindow('asta2011'))
    expect(await step(school, 'asta2011')).toEqual(asksPictures)
  })

  test('after undo: no, also for who had taken it', async () => {
    const school = withWindow()
    const lone = await school.signIn('lone4821')
    const asta = await school.takeWindow('asta2011')
    const body = { pupilIds: [school.id('asta2011')] }
    await school.call('POST /api/pupils/password-reset-cancellations', { as: lone, body })
    expect(await step(school, 'asta2011')).toEqual(asksPictures)
    for (const [route, sent] of [
      [SUGGEST, undefined],
      [SET, { password: PICTURES, from: 'suggestion' }],
    ] as const) {
      await expectRefused(school, () => school.call(route, { as: asta, body: sent }), {
        status: 401,
        type: 'session-ended',
        action: 'setPassword',
        by: null,
      })
    }
  })

  test('ten at once: exactly one wins, the others are asked for the password', async () => {
    const school = withWindow()
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => school.call(USERNAME, { body: { username: 'asta2011' } })),
    )
    const steps = answers.map((answer) => answer.json(pupilNextStepSchema).next)
    expect(steps.filter((next) => next === 'newPassword')).toHaveLength(1)
    expect(answers.filter(({ headers }) => headers.has(PAGE_PUPIL_SESSION_HEADER))).toHaveLength(1)
    expect(school.snapshot().pupilSessions).toHaveLength(1)
  })

  test('a new password that is sent twice at once is set once', async () => {
    const school = withWindow()
    const asta = await school.takeWindow('asta2011')
    const password = await suggestionFor(school, asta)
    const body = { password, from: 'suggestion' }
    const answers = await Promise.all([1, 2].map(() => school.call(SET, { as: asta, body })))
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 403])
    expect(
      school.activity().filter(({ action, outcome }) => action === 'setPassword' && outcome === 'done'),
    ).toHaveLength(1)
  })
})

describe('abuse case 13: somebody else takes the window first', () => {
  test('a new window puts an end to what the other began', async () => {
    const school = withWindow()
    const thief = await school.takeWindow('asta2011')
    const stolen = await suggestionFor(school, thief)
    const lone = await school.signIn('lone4821')
    await school.call('POST /api/pupils/password-resets', {
      as: lone,
      body: { pupilIds: [school.id('asta2011')] },
    })
    await expectRefused(
      school,
      () => school.call(SET, { as: thief, body: { password: stolen, from: 'suggestion' } }),
      { status: 401, type: 'session-ended', action: 'setPassword', by: null },
    )
    const asta = await school.takeWindow('asta2011')
    expect((await setSuggested(school, asta)).session.stage).toBe('signedIn')
  })

  test('a new password signs out whoever else was signed in as the pupil', async () => {
    const school = withWindow()
    const thief = await school.signInAsPupil('asta2011')
    const asta = await school.takeWindow('asta2011')
    expect(await read(school, thief)).toMatchObject({ signedIn: true })
    await setSuggested(school, asta)
    expect(await read(school, thief)).toMatchObject({ signedIn: false })
    expect(await read(school, asta)).toMatchObject({ signedIn: true, stage: 'signedIn' })
  })
})

describe('abuse case 14: blocks', () => {
  test('a block during the window closes it, and ends what was begun by it', async () => {
    const untaken = withWindow()
    block(untaken, 'asta2011')
    expect(await step(untaken, 'asta2011')).toEqual(asksPictures)

    const school = withWindow()
    const asta = await school.takeWindow('asta2011')
    block(school, 'asta2011')
    await expectRefused(school, () => school.call(SUGGEST, { as: asta }), {
      status: 401,
      type: 'session-ended',
      action: 'setPassword',
      by: null,
    })
  })

  test('a block ends the session of who is signed in', async () => {
    const school = schoolUnderTest()
    const asta = await school.signInAsPupil('asta2011')
    block(school, 'asta2011')
    expect(await read(school, asta)).toMatchObject({ signedIn: false })
  })
})

describe('abuse case 15: what a stranger learns', () => {
  const windows: Record<string, (school: SchoolUnderTest) => Promise<unknown> | unknown> = {
    'no window': () => undefined,
    'an expired one': async (school) => {
      await give(school)
      school.pass(minutes(5))
    },
    'one taken by another': async (school) => {
      await give(school)
      await school.takeWindow('asta2011')
    },
    'a used one': async (school) => {
      await give(school)
      await setSuggested(school, await school.takeWindow('asta2011'))
    },
    'one taken back': async (school) => {
      const body = { pupilIds: [school.id('asta2011')] }
      const lone = await give(school)
      await school.call('POST /api/pupils/password-reset-cancellations', { as: lone, body })
    },
    'a window and a block': async (school) => {
      await give(school)
      block(school, 'asta2011')
    },
  }
  async function give(school: SchoolUnderTest) {
    const lone = await school.signIn('lone4821')
    const body = { pupilIds: [school.id('asta2011')] }
    await school.call('POST /api/pupils/password-resets', { as: lone, body })
    return lone
  }

  test.each(Object.entries(windows))('%s looks like all the others', async (_, happen) => {
    const school = schoolUnderTest()
    await happen(school)
    const answer = await school.call(USERNAME, { body: { username: 'asta2011' } })
    expect([answer.status, answer.text]).toEqual([200, '{"next":"password","asks":"pictures"}'])
    expect([...answer.headers.keys()]).not.toContain(PAGE_PUPIL_SESSION_HEADER.toLowerCase())
  })

  test('a block is told to who knows the password, and to nobody else', async () => {
    const school = schoolUnderTest()
    const bertram = school.id('bert2012')
    const attempt = (password: string) => () => signIn(school, 'bert2012', password)
    await expectRefused(school, attempt('sun cat boat moon'), {
      status: 401,
      type: 'wrong-password',
      action: 'signIn',
      by: null,
    })
    await expectRefused(school, attempt(PICTURES), {
      status: 403,
      type: 'pupil-blocked',
      action: 'signIn',
      by: bertram,
    })
  })

  test.each([
    ['an unknown username', 'zzzz9999'],
    ['a username that is none', 'asta'],
    ['who never signed in', 'dict2014'],
    ['who signs in elsewhere', 'carl2013'],
    ['a teacher', 'lone4821'],
    ['a pupil', 'asta2011'],
    ['a blocked pupil', 'bert2012'],
  ])('a wrong password for %s: one answer, and a hash is computed each time', async (_, username) => {
    const school = schoolUnderTest()
    const compared: (string | null)[] = []
    const counting: PasswordHash = {
      ...demoPasswordHash,
      matches: (secret, hash) => {
        compared.push(hash)
        return demoPasswordHash.matches(secret, hash)
      },
    }
    const answer = await elsewhere(school, '192.0.2.7', counting)(username, 'moon moon moon moon')
    expect(answer).toEqual({ status: 401, type: 'wrong-password', retryAfter: null })
    expect(compared).toHaveLength(1)
  })

  /** Signs in at another address. */
  function elsewhere(school: SchoolUnderTest, source: string, passwords: PasswordHash = demoPasswordHash) {
    const app = createApp({
      store: school.store,
      clock: school.clock,
      timer: systemTimer,
      events: createEventBus(MORNING),
      session: pageCarrier(),
      pupilSession: pageCarrier(PAGE_PUPIL_SESSION_HEADER),
      identity: { passwordMatches: async () => false },
      codes: noPhone,
      passwords,
      sourceOf: () => source,
    })
    return async (username: string, password: string) => {
      const response = await app.fetch(
        new Request('https://school.test/api/pupil/session', {
          method: 'POST',
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ username, password }),
        }),
      )
      const { type }: { type?: string } = await response.json()
      return { status: response.status, type, retryAfter: response.headers.get('Retry-After') }
    }
  }

  test('ten wrong tries in 15 minutes pause this pupil here, and nobody else behind the address', async () => {
    const school = schoolUnderTest()
    for (let tried = 0; tried < 10; tried += 1) {
      expect((await signIn(school, 'asta2011', 'moon moon moon moon')).status).toBe(401)
    }
    school.pass(minutes(5))
    const refused = await expectRefused(school, () => signIn(school, 'asta2011', PICTURES), {
      status: 429,
      type: 'too-many-requests',
      action: 'signIn',
      by: null,
    })
    expect(refused.headers.get('Retry-After')).toBe(String(10 * 60))

    for (const { username } of pupilsOf(school.snapshot(), 'birkeskolen-2b')) {
      expect((await signIn(school, username, PICTURES)).status, username).toBe(200)
    }
    expect((await elsewhere(school, '192.0.2.7')('asta2011', PICTURES)).status).toBe(200)

    school.pass(minutes(10) - 1)
    expect((await signIn(school, 'asta2011', PICTURES)).status).toBe(429)
    school.pass(1)
    expect((await signIn(school, 'asta2011', PICTURES)).status).toBe(200)
  })

  test('tries side by side do not slip past the limit', async () => {
    const school = schoolUnderTest()
    const answers = await Promise.all(
      Array.from({ length: 30 }, () => signIn(school, 'asta2011', 'moon moon moon moon')),
    )
    expect(answers.filter(({ status }) => status === 401)).toHaveLength(10)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20)
  })

  test('the old password opens nothing once there is a new one, also where it was being checked just then', async () => {
    const school = schoolUnderTest()
    const pupilId = school.id('asta2011')
    const overtaken: PasswordHash = {
      ...demoPasswordHash,
      async matches(secret, hash) {
        const { hash: next } = demoPasswords.mellemtrin
        const password = { pupilId, policy: 'indskoling' as const, hash: next, setAt: MORNING }
        await school.store.transaction((unit) => unit.savePassword(password))
        return demoPasswordHash.matches(secret, hash)
      },
    }
    const answer = await elsewhere(school, '192.0.2.7', overtaken)('asta2011', PICTURES)
    expect(answer.type).toBe('wrong-password')
    expect(school.snapshot().pupilSessions).toEqual([])
  })

  test('right passwords are not counted', async () => {
    const school = schoolUnderTest()
    for (let tried = 0; tried < 30; tried += 1) {
      expect((await signIn(school, 'asta2011', PICTURES)).status).toBe(200)
    }
  })

  test('a hundred wrong tries in a day, wherever from, pause the pupil until there is a new password', async () => {
    const school = withWindow()
    for (let tried = 0; tried < 100; tried += 1) {
      const answer = await elsewhere(school, `192.0.2.${tried}`)('asta2011', 'moon moon moon moon')
      expect(answer.status).toBe(401)
    }
    expect(await elsewhere(school, '192.0.2.200')('asta2011', PICTURES)).toEqual({
      status: 429,
      type: 'too-many-requests',
      retryAfter: String(24 * 60 * 60),
    })
    const { password } = await setSuggested(school, await school.takeWindow('asta2011'))
    expect((await elsewhere(school, '192.0.2.200')('asta2011', password)).status).toBe(200)
  })

  test('600 wrong tries from one address pause the address, and no other', async () => {
    const school = schoolUnderTest()
    const wrong = elsewhere(school, '192.0.2.7', { ...demoPasswordHash, matches: async () => false })
    for (let tried = 0; tried < 600; tried += 1) {
      expect((await wrong(`elev${1000 + tried}`, 'x')).status).toBe(401)
    }
    expect((await elsewhere(school, '192.0.2.7')('asta2011', PICTURES)).status).toBe(429)
    expect((await elsewhere(school, '192.0.2.8')('asta2011', PICTURES)).status).toBe(200)
  })

  test('an unknown username is told 60 times in 15 minutes; then it is asked for a password like any other', async () => {
    const school = schoolUnderTest()
    for (let tried = 0; tried < 60; tried += 1) {
      const attempt = () => school.call(USERNAME, { body: { username: `elev${1000 + tried}` } })
      await expectRefused(school, attempt, {
        status: 404,
        type: 'username-not-found',
        action: 'signIn',
        by: null,
      })
    }
    const guesses = Array.from({ length: 60 }, (_, place) => `elev${2000 + place}`)
    const asked = await Promise.all(guesses.map((username) => step(school, username)))
    expect(new Set(asked.map(({ next }) => next))).toEqual(new Set(['password']))
    // Both kinds are asked for, and the same one again for the same name.
    expect(new Set(asked.map((each) => JSON.stringify(each))).size).toBe(2)
    expect(await Promise.all(guesses.map((username) => step(school, username)))).toEqual(asked)
    expect(school.snapshot().pupilSessions).toEqual([])
    // Those behind the same address who know their names go on.
    expect(await step(school, 'asta2011')).toEqual(asksPictures)
    expect((await signIn(school, 'asta2011', PICTURES)).status).toBe(200)
    school.pass(minutes(15))
    expect((await school.call(USERNAME, { body: { username: 'elev9999' } })).status).toBe(404)
  })

  test.each(['asta201', 'asta20111', 'ast12011', 'åsta2011', 'asta 2011', "asta2011'--"])(
    '%j is told at once to be no username',
    async (username) => {
      const school = schoolUnderTest()
      const answer = await school.call(USERNAME, { body: { username } })
      expect(answer.problem()).toMatchObject({
        type: 'invalid-request',
        errors: [{ path: 'username', code: 'not_a_username' }],
      })
    },
  )

  test('a local login is sent where it belongs, and an unknown domain is told', async () => {
    const school = schoolUnderTest()
    const domain = 'birkeskolen.example'
    expect(await step(school, `Carla@${domain.toUpperCase()}`)).toEqual({ next: 'localLogin', domain })
    expect(await step(school, 'carl2013')).toEqual({ next: 'localLogin', domain })
    const answer = await school.call(USERNAME, { body: { username: 'carla@nowhere.example' } })
    expect(answer.problem().type).toBe('identity-provider-not-found')
  })
})

describe('abuse case 16: whose policy counts', () => {
  test('the new password follows the year or the override of the moment it is set, never of when it was shown', async () => {
    const school = withWindow('frej4011')
    const freja = await school.takeWindow('frej4011')
    const compound = await suggestionFor(school, freja)
    expect(compound).toMatch(/^[a-z]{9,21}$/)
    school.change((data) => ({
      ...data,
      pupils: data.pupils.map((each) =>
        each.username === 'frej4011' ? { ...each, policyOverride: 'indskoling' } : each,
      ),
    }))
    for (const [from, code] of [
      ['suggestion', 'other_policy'],
      ['own', 'must_be_assigned'],
    ]) {
      const answer = await school.call(SET, { as: freja, body: { password: compound, from } })
      expect(answer.problem()).toMatchObject({
        type: 'password-refused',
        errors: [{ path: 'password', code }],
      })
    }
    const { password } = await setSuggested(school, freja)
    expect(password.split(' ')).toHaveLength(4)
    expect(await step(school, 'frej4011')).toEqual(asksPictures)
  })
})

test('abuse case 16: also where the policy changes while the password is being hashed', async () => {
  const school = schoolUnderTest()
  const freja = await school.signInAsPupil('frej4011')
  const app = createApp({
    store: school.store,
    clock: school.clock,
    timer: systemTimer,
    events: createEventBus(MORNING),
    session: pageCarrier(),
    pupilSession: pageCarrier(PAGE_PUPIL_SESSION_HEADER),
    identity: { passwordMatches: async () => false },
    codes: noPhone,
    passwords: {
      ...demoPasswordHash,
      async hash(secret) {
        const overridden = { ...school.pupil('frej4011'), policyOverride: 'indskoling' as const }
        await school.store.transaction((unit) => unit.savePupil(overridden))
        return demoPasswordHash.hash(secret)
      },
    },
    sourceOf: () => 'page',
  })
  const response = await app.fetch(
    new Request('https://school.test/api/pupil/new-password', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', [PAGE_PUPIL_SESSION_HEADER]: freja.token },
      body: JSON.stringify({ password: OWN, from: 'own' }),
    }),
  )
  expect(response.status).toBe(422)
  expect(await response.json()).toMatchObject({ errors: [{ path: 'password', code: 'other_policy' }] })
  expect((await signIn(school, 'frej4011', PICTURES)).status).toBe(200)
})

describe('abuse cases 4 and 21: whose session is whose', () => {
  test('a teacher and a pupil are signed in side by side in one browser', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    const asta = await school.signInAsPupil('asta2011')
    const headers = { [PAGE_PUPIL_SESSION_HEADER]: asta.token }
    expect((await school.call('GET /api/pupils', { as: lone, headers })).status).toBe(200)
    await school.call('DELETE /api/pupil/session', { as: lone, headers })
    expect(await read(school, asta)).toMatchObject({ signedIn: false })
    expect((await school.call('GET /api/pupils', { as: lone })).status).toBe(200)
  })

  test("a pupil's secret is nothing in the place of a teacher's, nor the other way round", async () => {
    const school = schoolUnderTest()
    const { token: pupils } = await school.signInAsPupil('asta2011')
    const { token: staff } = await school.signIn('lone4821')
    expect((await school.call('GET /api/pupils', { as: { token: pupils, ref: '' } })).status).toBe(401)
    const headers = { [PAGE_PUPIL_SESSION_HEADER]: staff }
    expect((await school.call(READ, { headers })).json(pupilSessionSchema).signedIn).toBe(false)
  })

  test('the next pupil at the computer ends the session of the one before, and what was open in it', async () => {
    const school = schoolUnderTest((data) => ({
      ...data,
      stepUps: [
        startStepUp(data.pupils.find((each) => each.username === 'emil2015')?.id ?? '', 's-lone', MORNING),
      ],
    }))
    const emil = await school.signInAsPupil('emil2015')
    expect(await read(school, emil)).toMatchObject({
      level: 'AdultVerified',
      levelEndsAt: toIso(MORNING + hours(2)),
    })
    school.pass(minutes(1))
    const asta = await school.signInAsPupil('asta2011', { before: emil })
    expect(await read(school, emil)).toMatchObject({ signedIn: false })
    expect(await read(school, asta)).toMatchObject({ signedIn: true, level: 'Basic' })
    expect(school.snapshot().stepUps).toMatchObject([{ endedAt: school.clock.now() }])
    expect(school.snapshot().stepUpRequests).toMatchObject([{ outcome: { decision: 'withdrawn' } }])
  })

  test('a page drawn for one pupil does not act for the next', async () => {
    const school = schoolUnderTest()
    const freja = await school.signInAsPupil('frej4011')
    const headers = { 'Elevadgang-Session': 'somebody-else' }
    await expectRefused(school, () => school.call(SUGGEST, { as: freja, headers }), {
      status: 409,
      type: 'session-changed',
      action: 'setPassword',
      by: school.id('frej4011'),
    })
  })

  test('a session ends after 20 minutes without a deed, and looking is none', async () => {
    const school = schoolUnderTest()
    const freja = await school.signInAsPupil('frej4011')
    school.pass(minutes(15))
    await school.call(SUGGEST, { as: freja })
    school.pass(minutes(20) - 1)
    expect(await read(school, freja)).toMatchObject({ signedIn: true })
    school.pass(1)
    expect(await read(school, freja)).toMatchObject({ signedIn: false })
  })

  test('who says to be there stays for another 20 minutes, and not a moment longer', async () => {
    const school = schoolUnderTest()
    const asta = await school.signInAsPupil('asta2011')
    school.pass(minutes(20) - 1)
    const kept = await school.call(KEEP, { as: asta })
    expect(kept.json(pupilSignedInSchema)).toMatchObject({
      endsAt: new Date(school.clock.now() + minutes(20)).toISOString(),
      warnAt: new Date(school.clock.now() + minutes(19)).toISOString(),
      canStayLonger: true,
    })
    school.pass(minutes(20) - 1)
    expect(await read(school, asta)).toMatchObject({ signedIn: true })
    school.pass(1)
    expect(await read(school, asta)).toMatchObject({ signedIn: false })
    await expectRefused(school, () => school.call(KEEP, { as: asta }), {
      status: 401,
      type: 'session-ended',
      action: 'keepSession',
      by: null,
    })
  })

  test('to be there does not move the end of the day', async () => {
    const school = schoolUnderTest()
    const asta = await school.signInAsPupil('asta2011')
    for (let gone = 0; gone < hours(8) - minutes(15); gone += minutes(15)) {
      school.pass(minutes(15))
      expect((await school.call(KEEP, { as: asta })).status).toBe(200)
    }
    expect(await read(school, asta)).toMatchObject({ canStayLonger: false })
    school.pass(minutes(15))
    expect((await school.call(KEEP, { as: asta })).status).toBe(401)
  })

  test('to be there keeps no window open that was taken back', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    const asta = { pupilIds: [school.id('asta2011')] }
    await school.call('POST /api/pupils/password-resets', { as: lone, body: asta })
    const pupil = await school.takeWindow('asta2011')
    expect((await school.call(KEEP, { as: pupil })).status).toBe(200)
    await school.call('POST /api/pupils/password-reset-cancellations', { as: lone, body: asta })
    expect((await school.call(KEEP, { as: pupil })).status).toBe(401)
  })

  test('and after 8 hours in any case', async () => {
    const school = schoolUnderTest()
    const freja = await school.signInAsPupil('frej4011')
    for (let gone = 0; gone < hours(8) - minutes(15); gone += minutes(15)) {
      school.pass(minutes(15))
      expect((await school.call(SUGGEST, { as: freja })).status).toBe(200)
    }
    school.pass(minutes(15))
    expect((await school.call(SUGGEST, { as: freja })).status).toBe(401)
  })

  test('who left the school is signed out', async () => {
    const school = schoolUnderTest()
    const asta = await school.signInAsPupil('asta2011')
    school.change((data) => ({
      ...data,
      pupils: data.pupils.map((each) => (each.username === 'asta2011' ? { ...each, active: false } : each)),
    }))
    expect(await read(school, asta)).toMatchObject({ signedIn: false })
    expect((await signIn(school, 'asta2011', PICTURES)).status).toBe(401)
  })
})

describe('abuse cases 7, 24 and 25: what is sent, and what is written down', () => {
  test.each([
    [USERNAME, { username: 5 }],
    [USERNAME, { username: ['asta2011'] }],
    [USERNAME, { username: null }],
    [USERNAME, { username: 'a'.repeat(101) }],
    [SIGN_IN, { username: 'asta2011' }],
    [SIGN_IN, { username: 'asta2011', password: ['sun'] }],
    [SIGN_IN, { username: 'asta2011', password: 'x'.repeat(201) }],
    [SET, { password: OWN }],
    [SET, { password: OWN, from: 'teacher' }],
    [SET, { password: { text: OWN }, from: 'own' }],
  ])('%s with %j changes nothing', async (route, body) => {
    const school = schoolUnderTest()
    const freja = await school.signInAsPupil('frej4011')
    await expectRefused(school, () => school.call(route, { as: freja, body }), {
      status: 422,
      type: 'invalid-request',
      action: route === SET ? 'setPassword' : 'signIn',
      by: school.id('frej4011'),
    })
  })

  test('fields that nobody asked for change nothing', async () => {
    const school = schoolUnderTest()
    const freja = await school.signInAsPupil('frej4011')
    const body = { password: OWN, from: 'own', pupilId: school.id('asta2011'), policy: 'indskoling' }
    expect((await school.call(SET, { as: freja, body })).status).toBe(200)
    expect((await signIn(school, 'asta2011', OWN)).status).toBe(401)
    expect(school.snapshot().passwords.at(-1)?.pupilId).not.toBe(school.id('asta2011'))
  })

  test('every step of a pupil is in the log, with nothing secret', async () => {
    const school = withWindow('frej4011')
    const freja = await school.takeWindow('frej4011')
    await setSuggested(school, freja)
    await school.call('DELETE /api/pupil/session', { as: freja })
    const id = school.id('frej4011')
    const logged = school.activity().filter(({ actorId }) => actorId === id)
    expect(logged.map(({ action, outcome, pupilId }) => [action, outcome, pupilId])).toEqual([
      ['useResetWindow', 'done', id],
      ['setPassword', 'done', id],
      ['signOut', 'done', id],
    ])
    school.expectNoSecrets(JSON.stringify(logged))
  })
})

describe('who must change', () => {
  type Session = z.infer<typeof pupilSignedInSchema>
  const asked = ({ stage, because, mayPostpone, mustChange }: Session) => ({
    stage,
    because,
    mayPostpone,
    mustChange,
  })
  const POSTPONE = 'POST /api/pupil/new-password/postponement'

  async function arrive(username: string, afterMorning: number) {
    const school = schoolUnderTest()
    school.pass(afterMorning)
    const as = await school.signInAsPupil(username)
    const session = (await school.call(READ, { as })).json(pupilSignedInSchema)
    return { school, as, session }
  }

  test('moved up: asked from the first sign-in, and by pictures still', async () => {
    const { school, session } = await arrive('frej4011', 0)
    expect(asked(session)).toEqual({
      stage: 'mustSetPassword',
      because: 'movedUp',
      mayPostpone: true,
      mustChange: { because: 'movedUp', by: toIso(MORNING + days(18)) },
    })
    expect(await step(school, 'frej4011')).toEqual(asksPictures)
  })

  test('yearly: asked in the last 30 days', async () => {
    const { session } = await arrive('hann8011', 0)
    expect(asked(session)).toMatchObject({
      stage: 'mustSetPassword',
      because: 'yearly',
      mayPostpone: true,
      mustChange: { by: toIso(MORNING + days(12)) },
    })
  })

  test.each([
    ['frej4011', days(17)],
    ['hann8011', days(11)],
  ])('%s may postpone until the last day begins', async (username, lastDay) => {
    const { school, as } = await arrive(username, lastDay - 1)
    const postponed = (await school.call(POSTPONE, { as })).json(pupilSignedInSchema)
    expect(asked(postponed)).toMatchObject({ stage: 'signedIn', because: null, mayPostpone: false })
    expect(postponed.mustChange).not.toBeNull()
    expect(school.activity().at(-1)).toMatchObject({ action: 'postponePassword', outcome: 'done' })

    const late = await arrive(username, lastDay)
    expect(late.session).toMatchObject({ stage: 'mustSetPassword', mayPostpone: false })
    await expectRefused(late.school, () => late.school.call(POSTPONE, { as: late.as }), {
      status: 403,
      type: 'not-allowed',
      action: 'postponePassword',
      by: late.school.id(username),
    })
    const long = await arrive(username, lastDay + days(100))
    expect(long.session).toMatchObject({ stage: 'mustSetPassword', mayPostpone: false })
  })

  test('who has postponed may change after all', async () => {
    const { school, as } = await arrive('frej4011', 0)
    await school.call(POSTPONE, { as })
    const { session } = await setSuggested(school, as)
    expect(asked(session)).toEqual({ stage: 'signedIn', because: null, mayPostpone: false, mustChange: null })
    expect(await step(school, 'frej4011')).toEqual({ next: 'password', asks: 'text' })
  })

  test('who took a window cannot postpone; who never had a password comes for the first time', async () => {
    const school = withWindow('dict2014')
    const dicte = await school.takeWindow('dict2014')
    expect(await read(school, dicte)).toMatchObject({ because: 'first', mayPostpone: false })
    expect((await school.call(POSTPONE, { as: dicte })).status).toBe(403)
    expect((await setSuggested(school, dicte)).session.stage).toBe('signedIn')
  })

  test('what was suggested is to be remembered exactly, and only the latest', async () => {
    const { school, as } = await arrive('frej4011', 0)
    const first = await suggestionFor(school, as)
    const second = await suggestionFor(school, as)
    for (const password of [first, `${second}x`, second.toUpperCase(), PICTURES]) {
      const answer = await school.call(SET, { as, body: { password, from: 'suggestion' } })
      expect(answer.problem()).toMatchObject({
        type: 'password-refused',
        errors: [{ path: 'password', code: 'not_remembered' }],
      })
    }
    expect((await signIn(school, 'frej4011', PICTURES)).status).toBe(200)
    const answer = await school.call(SET, { as, body: { password: second, from: 'suggestion' } })
    expect(answer.status).toBe(200)
  })

  test('nothing suggested, nothing remembered', async () => {
    const { school, as } = await arrive('frej4011', 0)
    const answer = await school.call(SET, { as, body: { password: OWN, from: 'suggestion' } })
    expect(answer.problem().errors).toEqual([{ path: 'password', code: 'not_remembered' }])
  })

  test('one of own is none of the last five, and the sixth may come again', async () => {
    const { school, as } = await arrive('frej4011', 0)
    const set = async (password: string) => {
      // Moved up again, so that another change is asked for.
      school.change((data) => ({
        ...data,
        pupils: data.pupils.map((each) =>
          each.username === 'frej4011' ? { ...each, movedUpAt: school.clock.now() } : each,
        ),
      }))
      const answer = await school.call(SET, { as, body: { password, from: 'own' } })
      school.pass(seconds(1))
      return answer.status === 200 ? 'set' : answer.problem().errors?.[0]?.code
    }
    const chosen = ['regnbue-en', 'regnbue-to', 'regnbue-tre', 'regnbue-fire', 'regnbue-fem']
    school.pass(seconds(1))
    for (const password of chosen) expect(await set(password)).toBe('set')
    for (const password of chosen) expect(await set(password)).toBe('used_before')
    expect(await set('regnbue-seks')).toBe('set')
    expect(await set('regnbue-en')).toBe('set')
    expect(await set('regnbue-to')).toBe('set')
    expect(await set('regnbue-fem')).toBe('used_before')
  })

  test('each broken rule is named while typing and when it is set, and nothing else is said', async () => {
    const { school, as } = await arrive('hann8011', 0)
    const check = await school.call('POST /api/pupil/new-password/check', {
      as,
      body: { password: 'hannahp' },
    })
    const broken = ['too_short', 'needs_upper_case', 'needs_digits', 'holds_name']
    expect(JSON.parse(check.text)).toEqual({ broken })
    const answer = await school.call(SET, { as, body: { password: 'hannahp', from: 'own' } })
    expect(answer.problem().errors).toEqual(broken.map((code) => ({ path: 'password', code })))
    expect(answer.text).not.toContain('hannahp')
  })

  test('æ, ø and å are one letter, however the keyboard puts them together', async () => {
    const { school, as } = await arrive('frej4011', 0)
    const password = 'blåbærgrød'
    await school.call(SET, { as, body: { password: password.normalize('NFD'), from: 'own' } })
    expect((await signIn(school, 'frej4011', password)).status).toBe(200)
    expect((await signIn(school, 'frej4011', password.normalize('NFD'))).status).toBe(200)
  })
})
