import { describe, expect, test } from 'vitest'
import { sha256 } from '../../server/secrets'
import { PAGE_SESSION_HEADER } from '../../server/session/carrier'
import { sessionSchema, signedInSchema } from '../../server/session/schema'
import { days, minutes, toIso } from '../../server/time'
import {
  expectRefused,
  MORNING,
  type Person,
  type SchoolUnderTest,
  schoolUnderTest,
} from './school-under-test'

const SEND = 'POST /api/session/second-factor/codes'
const GIVE = 'POST /api/session/second-factor'

const sends = (school: SchoolUnderTest, as: Person) => school.call(SEND, { as })
const gives = (school: SchoolUnderTest, as: Person, code: string) => school.call(GIVE, { as, body: { code } })

/** A code of six digits that is not this one. */
const otherThan = (code: string) => (code === '111111' ? '222222' : '111111')

async function kentWithCode() {
  const school = schoolUnderTest()
  const kent = await school.signIn('kent1904', undefined, 'userAdministrator')
  await sends(school, kent)
  return { school, kent, code: await school.codeOnPhone() }
}

const refused = { action: 'giveSecondFactor', by: 's-kent', status: 401 } as const

describe('signing in as user administrator', () => {
  test('gives a session without a second factor, and the schools', async () => {
    const school = schoolUnderTest()
    const answer = await school.call('POST /api/session', {
      body: { username: 'kent1904', password: 'Elevadgang-2026', as: 'userAdministrator' },
    })
    expect(answer.json(signedInSchema)).toMatchObject({
      views: { teacher: false, schools: [{ id: 'birkeskolen', name: 'Birkeskolen' }] },
      institutions: [],
      secondFactor: null,
    })
  })

  test('is for those who have the role', async () => {
    const school = schoolUnderTest()
    await expectRefused(
      school,
      () =>
        school.call('POST /api/session', {
          body: { username: 'lone4821', password: 'Elevadgang-2026', as: 'userAdministrator' },
        }),
      { status: 403, type: 'no-role', action: 'signIn', by: 's-lone' },
    )
  })
})

describe('a code', () => {
  test('goes to the phone, and is neither in the answer nor in the store', async () => {
    const school = schoolUnderTest()
    const kent = await school.signIn('kent1904', undefined, 'userAdministrator')
    const answer = await sends(school, kent)
    const code = await school.codeOnPhone()
    expect(code).toMatch(/^[0-9]{6}$/)
    expect(JSON.parse(answer.text)).toEqual({
      expiresAt: toIso(MORNING + minutes(10)),
      serverTime: toIso(MORNING),
    })
    expect([...answer.headers.values()].join(' ')).not.toContain(code)
    const [{ sentCode } = { sentCode: null }] = school.snapshot().sessions
    // With the session's secret, which is not in the store: there are but a million codes to try.
    expect(sentCode?.hash).toBe(sha256(`${kent.token} ${code}`))
    expect(JSON.stringify(school.snapshot())).not.toContain(kent.token)
    expect(school.activity().at(-1)).toMatchObject({
      action: 'sendSecondFactorCode',
      actorId: 's-kent',
      outcome: 'done',
    })
  })

  test('gives the session its second factor, under a new secret and the same name', async () => {
    const { school, kent, code } = await kentWithCode()
    school.pass(minutes(2))
    const answer = await gives(school, kent, code)
    const session = answer.json(signedInSchema)
    expect(session).toMatchObject({
      ref: kent.ref,
      secondFactor: { givenAt: toIso(MORNING + minutes(2)), freshUntil: toIso(MORNING + minutes(32)) },
    })
    const token = answer.headers.get(PAGE_SESSION_HEADER) ?? ''
    expect(token).toMatch(/^[0-9a-f]{64}$/)
    expect(token).not.toBe(kent.token)

    const whoIs = async (as: Person) =>
      (await school.call('GET /api/session', { as })).json(sessionSchema).signedIn
    expect(await whoIs(kent)).toBe(false)
    expect(await whoIs({ ...kent, token })).toBe(true)
    // A page of another tab was drawn for this session and goes on in it.
    const headers = { 'Elevadgang-Session': kent.ref }
    expect(
      (await school.call('POST /api/session/keep-alive', { as: { ...kent, token }, headers })).status,
    ).toBe(200)
    expect(school.activity().at(-1)).toMatchObject({ action: 'giveSecondFactor', outcome: 'done' })
  })

  test('does not make the school day longer', async () => {
    const { school, kent } = await kentWithCode()
    let last = kent
    for (let passed = 0; passed < 31; passed += 1) {
      school.pass(minutes(15))
      last = await school.giveSecondFactor(last)
    }
    school.pass(minutes(15) - 1)
    expect((await school.call('POST /api/session/keep-alive', { as: last })).status).toBe(200)
    school.pass(1)
    expect((await school.call('POST /api/session/keep-alive', { as: last })).status).toBe(401)
  })

  test('can be given once', async () => {
    const { school, kent, code } = await kentWithCode()
    const answer = await gives(school, kent, code)
    const raised = { ...kent, token: answer.headers.get(PAGE_SESSION_HEADER) ?? '' }
    await expectRefused(school, () => gives(school, raised, code), { ...refused, type: 'code-ended' })
    await expectRefused(school, () => gives(school, kent, code), {
      ...refused,
      type: 'session-ended',
      by: null,
    })
  })

  test('of two at once is given by exactly one', async () => {
    const { school, kent, code } = await kentWithCode()
    const answers = await Promise.all([gives(school, kent, code), gives(school, kent, code)])
    expect(answers.map(({ status }) => status).toSorted()).toEqual([200, 401])
  })

  test('lives 10 minutes, to the millisecond', async () => {
    for (const [passed, status] of [
      [minutes(10) - 1, 200],
      [minutes(10), 401],
    ] as const) {
      const { school, kent, code } = await kentWithCode()
      school.pass(passed)
      expect((await gives(school, kent, code)).status).toBe(status)
    }
  })

  test('stands four wrong tries; with the fifth it is dead, also for the right one', async () => {
    const { school, kent, code } = await kentWithCode()
    const wrong = () => gives(school, kent, otherThan(code))
    for (let tries = 1; tries <= 4; tries += 1) {
      await expectRefused(school, wrong, { ...refused, type: 'wrong-code' })
    }
    await expectRefused(school, wrong, { ...refused, type: 'code-ended' })
    await expectRefused(school, () => gives(school, kent, code), { ...refused, type: 'code-ended' })
  })

  test('is right after four wrong tries', async () => {
    const { school, kent, code } = await kentWithCode()
    for (let tries = 1; tries <= 4; tries += 1) await gives(school, kent, otherThan(code))
    expect((await gives(school, kent, code)).status).toBe(200)
  })

  test('tried many times side by side is tried five times', async () => {
    const { school, kent, code } = await kentWithCode()
    const answers = await Promise.all(Array.from({ length: 20 }, () => gives(school, kent, otherThan(code))))
    const types = answers.map((answer) => answer.problem().type)
    expect(types.filter((type) => type === 'wrong-code')).toHaveLength(4)
    expect((await gives(school, kent, code)).problem().type).toBe('code-ended')
  })

  test('is dead once another is sent', async () => {
    const { school, kent, code: first } = await kentWithCode()
    await sends(school, kent)
    const second = await school.codeOnPhone()
    if (first !== second) {
      await expectRefused(school, () => gives(school, kent, first), { ...refused, type: 'wrong-code' })
    }
    expect((await gives(school, kent, second)).status).toBe(200)
  })

  test('of one session is of no use in another, though it is the same person', async () => {
    const { school, code } = await kentWithCode()
    const elsewhere = await school.signIn('kent1904', undefined, 'userAdministrator')
    await expectRefused(school, () => gives(school, elsewhere, code), { ...refused, type: 'code-ended' })
    await sends(school, elsewhere)
    if ((await school.codeOnPhone()) === code) return
    await expectRefused(school, () => gives(school, elsewhere, code), { ...refused, type: 'wrong-code' })
  })

  test.each(['12345', '1234567', '12345a', '１２３４５６', '', ' 12345', 123456, null, ['123456']])(
    'must be six digits: %j is refused, and no try is lost',
    async (code) => {
      const { school, kent, code: right } = await kentWithCode()
      for (let tries = 0; tries < 6; tries += 1) {
        const answer = await school.call(GIVE, { as: kent, body: { code } })
        expect(answer.problem().type).toBe('invalid-request')
      }
      expect((await gives(school, kent, right)).status).toBe(200)
    },
  )
})

describe('codes are sent', () => {
  const tooMany = {
    status: 429,
    type: 'too-many-requests',
    action: 'sendSecondFactorCode',
    by: 's-kent',
  } as const

  test('five times in 15 minutes, whatever the session', async () => {
    const school = schoolUnderTest()
    for (let sent = 0; sent < 5; sent += 1) {
      await sends(school, await school.signIn('kent1904', undefined, 'userAdministrator'))
    }
    const kent = await school.signIn('kent1904', undefined, 'userAdministrator')
    const before = await school.codeOnPhone()
    await expectRefused(school, () => sends(school, kent), tooMany)
    expect(await school.codeOnPhone()).toBe(before)
    school.pass(minutes(15) - 1)
    await expectRefused(school, () => sends(school, kent), tooMany)
    school.pass(1)
    expect((await sends(school, kent)).status).toBe(200)
    // Others are not concerned.
    const bodil = await school.signIn('bodi2259')
    expect((await sends(school, bodil)).status).toBe(200)
  })

  test('forty times a day', async () => {
    const school = schoolUnderTest()
    for (let sent = 0; sent < 40; sent += 1) {
      const kent = await school.signIn('kent1904', undefined, 'userAdministrator')
      expect((await sends(school, kent)).status).toBe(200)
      school.pass(minutes(4))
    }
    school.pass(minutes(30))
    const attempt = async () => sends(school, await school.signIn('kent1904', undefined, 'userAdministrator'))
    expect((await attempt()).status).toBe(429)
    school.pass(days(1))
    expect((await attempt()).status).toBe(200)
  })
})

test('a code sent in one view raises the session for every view and tab', async () => {
  const school = schoolUnderTest()
  const bodil = await school.giveSecondFactor(await school.signIn('bodi2259'))
  for (const institutionId of ['birkeskolen', 'soendervang']) {
    const answer = await school.call('GET /api/classes', { as: { ...bodil, school: institutionId } })
    expect(answer.status).toBe(200)
  }
  expect((await school.call('GET /api/classes', { as: bodil })).text).toContain('7.A')
})
