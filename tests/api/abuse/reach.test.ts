import { describe, expect, test } from 'vitest'
import type { ActivityAction } from '../../../server/activity/entry'
import { classListSchema, schoolClassSchema } from '../../../server/classes/schema'
import type { Staff, StaffRole } from '../../../server/people'
import { pupilListSchema, revealedSchema } from '../../../server/pupils/schema'
import { startStepUp } from '../../../server/step-up/rules'
import type { SchoolData } from '../../../server/store/memory'
import { minutes } from '../../../server/time'
import {
  type Answer,
  expectRefused,
  lasting,
  MORNING,
  pupilsOf,
  refusalsIn,
  type SchoolUnderTest,
  schoolUnderTest,
} from '../school-under-test'

/** Every action on pupils, as the route, its body for these ids, and its name in the log. */
const pupilActions: readonly (readonly [string, ActivityAction])[] = [
  ['/pupils/username-reveals', 'revealUsername'],
  ['/pupils/username-copies', 'copyUsername'],
  ['/pupils/username-slips', 'printSlips'],
  ['/pupils/class-lists', 'printClassList'],
  ['/pupils/password-resets', 'giveNewPassword'],
  ['/pupils/password-reset-cancellations', 'cancelNewPassword'],
  ['/pupils/step-ups', 'stepUp'],
  ['/pupils/step-up-ends', 'endStepUp'],
]

const notFound = { status: 404, type: 'not-found' } as const

/** A problem without what differs from call to call. */
const sameFor = (answer: Answer) => {
  const { requestId: _, ...rest } = answer.problem()
  return rest
}

const idIn = (data: SchoolData, classId: string, place = 0): string => {
  const found = pupilsOf(data, classId)[place]
  if (!found) throw new Error(`${classId} has no such pupil`)
  return found.id
}

const withWaiting = (data: SchoolData, ...pupilIds: string[]): SchoolData => ({
  ...data,
  stepUpRequests: [
    ...data.stepUpRequests,
    ...pupilIds.map((pupilId) => ({
      id: `r-${pupilId}`,
      pupilId,
      service: 'aula' as const,
      checkCode: '31',
      requestedAt: MORNING,
      outcome: null,
    })),
  ],
})

const withRoles = (data: SchoolData, staffId: Staff['id'], roles: StaffRole[]): SchoolData => ({
  ...data,
  staff: data.staff.map((each) => (each.id === staffId ? { ...each, roles } : each)),
})

/** The pupil is refused to this person in every way there is, exactly as an id that nobody has. */
async function expectOutOfReach(school: SchoolUnderTest, username: string, by: string, pupilId: string) {
  const as = await school.signIn(username)
  for (const [path, action] of pupilActions) {
    const refuse = (id: string) =>
      expectRefused(school, () => school.call(`POST /api${path}`, { as, body: { pupilIds: [id] } }), {
        ...notFound,
        action,
        by,
      })
    expect(sameFor(await refuse(pupilId))).toEqual(sameFor(await refuse('p-nobody')))
    expect(school.activity().at(-1)).toMatchObject({ pupilId: 'p-nobody', reason: 'notFound' })
  }
  for (const decision of ['approve', 'decline']) {
    const refuse = (id: string) =>
      expectRefused(
        school,
        () =>
          school.call('POST /api/step-up-requests/decisions', { as, body: { requestIds: [id], decision } }),
        {
          ...notFound,
          action: decision === 'approve' ? 'approveStepUpRequest' : 'declineStepUpRequest',
          by,
        },
      )
    expect(sameFor(await refuse(`r-${pupilId}`))).toEqual(sameFor(await refuse('r-nobody')))
  }
  const lists = await Promise.all(
    ['GET /api/pupils', 'GET /api/classes'].map((route) => school.call(route, { as })),
  )
  for (const list of lists) expect(list.text).not.toContain(pupilId)
}

describe('abuse case 1: a pupil of another class of the same school', () => {
  test('is refused to every action, as an unknown id is', async () => {
    const school = schoolUnderTest((data) => withWaiting(data, idIn(data, 'birkeskolen-2b')))
    await expectOutOfReach(school, 'lone4821', 's-lone', idIn(school.snapshot(), 'birkeskolen-2b'))
  })

  test('and so is the class itself', async () => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    const read = (classId: string) =>
      expectRefused(school, () => school.call(`GET /api/classes/${classId}`, { as }), {
        ...notFound,
        action: 'listPupils',
        by: 's-lone',
      })
    expect(sameFor(await read('birkeskolen-2b'))).toEqual(sameFor(await read('birkeskolen-99z')))
  })

  test('a pupil of the other half of a year is out of reach, though the group takes in some of that class', async () => {
    const school = schoolUnderTest((data) => withWaiting(data, idIn(data, 'birkeskolen-8a', 20)))
    await expectOutOfReach(school, 'lone4821', 's-lone', idIn(school.snapshot(), 'birkeskolen-8a', 20))
  })
})

describe('abuse case 2: another school', () => {
  test('with a class of the same name: every action is refused, and the class is not listed', async () => {
    const school = schoolUnderTest((data) => withWaiting(data, idIn(data, 'soendervang-2a')))
    await expectOutOfReach(school, 'lone4821', 's-lone', idIn(school.snapshot(), 'soendervang-2a'))

    const as = await school.signIn('lone4821')
    const { classes } = (await school.call('GET /api/classes', { as })).json(classListSchema)
    expect(classes.map(({ id }) => id)).toEqual(['birkeskolen-2a', 'birkeskolen-4b', 'birkeskolen-tysk-8'])
    expect(new Set(classes.map(({ institution }) => institution.id))).toEqual(new Set(['birkeskolen']))
  })

  test('a pupil with two schools is reached through the shared one, and nothing of the other is shown', async () => {
    const school = schoolUnderTest((data) => ({
      ...data,
      enrolments: [
        { pupilId: idIn(data, 'birkeskolen-2a'), classId: 'soendervang-9a' },
        ...data.enrolments,
        { pupilId: idIn(data, 'birkeskolen-2a'), classId: 'soendervang-2a' },
      ],
    }))
    const asta = school.id('asta2011')
    const lone = await school.call('GET /api/pupils', { as: await school.signIn('lone4821') })
    const ofLone = lone.json(pupilListSchema).pupils.find(({ id }) => id === asta)
    expect(ofLone).toMatchObject({
      homeClass: { id: 'birkeskolen-2a', name: '2.A' },
      classIds: ['birkeskolen-2a'],
    })
    expect(lone.text).not.toContain('soendervang')

    const sofie = await school.call('GET /api/pupils', { as: await school.signIn('sofi6603') })
    const ofSofie = sofie.json(pupilListSchema).pupils.find(({ id }) => id === asta)
    expect(ofSofie?.classIds).toEqual(['soendervang-2a'])
    expect(ofSofie?.homeClass?.id).toMatch(/^soendervang-/)
    expect(sofie.text).not.toContain('birkeskolen')

    await expectOutOfReach(school, 'bodi2259', 's-bodil', asta)
  })

  test('a pupil with two schools is out of reach once the shared class is gone', async () => {
    const school = schoolUnderTest((data) => {
      const asta = idIn(data, 'birkeskolen-2a')
      return {
        ...withWaiting(data, asta),
        enrolments: [
          ...data.enrolments.filter(({ pupilId }) => pupilId !== asta),
          { pupilId: asta, classId: 'soendervang-2a' },
        ],
      }
    })
    await expectOutOfReach(school, 'lone4821', 's-lone', school.id('asta2011'))
  })
})

describe('abuse case 3: roles at two schools', () => {
  test("an administrator's role reaches nobody as a teacher, not even in a class that the system relates", async () => {
    const school = schoolUnderTest((data) =>
      withRoles(
        {
          ...withWaiting(data, idIn(data, 'soendervang-2a')),
          teaching: [...data.teaching, { staffId: 's-lone', classId: 'soendervang-2a' }],
        },
        's-lone',
        [
          { institutionId: 'birkeskolen', role: 'teacher' },
          { institutionId: 'soendervang', role: 'userAdministrator' },
        ],
      ),
    )
    await expectOutOfReach(school, 'lone4821', 's-lone', idIn(school.snapshot(), 'soendervang-2a'))
    const as = await school.signIn('lone4821')
    const read = () => school.call('GET /api/classes/soendervang-2a', { as })
    await expectRefused(school, read, { ...notFound, action: 'listPupils', by: 's-lone' })
  })

  test('who teaches at both reaches both', async () => {
    const school = schoolUnderTest((data) =>
      withRoles(
        { ...data, teaching: [...data.teaching, { staffId: 's-lone', classId: 'soendervang-2a' }] },
        's-lone',
        [
          { institutionId: 'birkeskolen', role: 'teacher' },
          { institutionId: 'soendervang', role: 'teacher' },
        ],
      ),
    )
    const as = await school.signIn('lone4821')
    const answer = await school.call('GET /api/classes/soendervang-2a', { as })
    expect(answer.json(schoolClassSchema).pupils).toHaveLength(
      pupilsOf(school.snapshot(), 'soendervang-2a').length,
    )
  })
})

describe('abuse case 4: people who are no pupils, and callers who are no staff', () => {
  test.each([
    ['another teacher', 's-mads'],
    ['an administrator', 's-kent'],
    ['oneself', 's-lone'],
  ])('a teacher on %s: refused', async (_, target) => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    for (const [path, action] of pupilActions) {
      const attempt = () => school.call(`POST /api${path}`, { as, body: { pupilIds: [target] } })
      await expectRefused(school, attempt, { ...notFound, action, by: 's-lone' })
    }
  })

  test('a pupil has no way to a session: neither step knows the username', async () => {
    const school = schoolUnderTest()
    await expectRefused(
      school,
      () => school.call('POST /api/session/username', { body: { username: 'asta2011' } }),
      { status: 404, type: 'username-not-found', action: 'signIn', by: null },
    )
    await expectRefused(
      school,
      () => school.call('POST /api/session', { body: { username: 'asta2011', password: 'Elevadgang-2026' } }),
      { status: 401, type: 'wrong-password', action: 'signIn', by: null },
    )
  })
})

describe('abuse case 5: an administrator without a second factor', () => {
  test.each([
    ['s-kent', 'kent1904'],
    ['s-bodil', 'bodi2259'],
  ])('%s: no action of an administrator is open', async (staffId, username) => {
    const school = schoolUnderTest()
    const signedIn = await school.signIn(username, undefined, 'userAdministrator')
    const as = { ...signedIn, school: 'birkeskolen' }
    for (const [path, action] of pupilActions) {
      const body = { pupilIds: [school.id('asta2011')] }
      await expectRefused(school, () => school.call(`POST /api${path}`, { as, body }), {
        status: 403,
        type: 'second-factor-needed',
        action,
        by: staffId,
      })
    }
  })
})

describe('abuse case 6: a batch with a foreign id among own ids', () => {
  test('each id gets its own result, in the order asked, and each is in the log', async () => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    const foreign = idIn(school.snapshot(), 'birkeskolen-2b')
    const [asta, bertram, carla] = [school.id('asta2011'), school.id('bert2012'), school.id('carl2013')]
    const logged = school.activity().length

    const pupilIds = [foreign, asta, bertram, 'p-nobody', carla]
    const answer = await school.call('POST /api/pupils/password-resets', { as, body: { pupilIds } })
    expect(answer.status).toBe(200)
    expect(refusalsIn(answer)).toEqual([
      [foreign, 'notFound'],
      [asta, null],
      [bertram, 'blocked'],
      ['p-nobody', 'notFound'],
      [carla, 'localLogin'],
    ])
    expect(answer.text).not.toContain(school.snapshot().pupils.find(({ id }) => id === foreign)?.name)
    expect(school.snapshot().resetWindows.map(({ pupilId }) => pupilId)).toEqual([asta])
    const entries = school.activity().slice(logged)
    expect(entries.map(({ pupilId, outcome, reason }) => [pupilId, outcome, reason])).toEqual([
      [foreign, 'refused', 'notFound'],
      [asta, 'done', null],
      [bertram, 'refused', 'blocked'],
      ['p-nobody', 'refused', 'notFound'],
      [carla, 'refused', 'localLogin'],
    ])
    expect(new Set(entries.map(({ requestId }) => requestId)).size).toBe(1)
  })

  test('a foreign pupil in a batch gives no username', async () => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    const foreign = idIn(school.snapshot(), 'birkeskolen-2b')
    const pupilIds = [school.id('asta2011'), foreign]
    const answer = await school.call('POST /api/pupils/username-reveals', { as, body: { pupilIds } })
    expect(answer.json(revealedSchema).results).toEqual([
      { id: school.id('asta2011'), refusal: null, username: 'asta2011' },
      { id: foreign, refusal: 'notFound', username: null },
    ])
  })

  test('duplicates count once', async () => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    const asta = school.id('asta2011')
    const logged = school.activity().length
    const body = { pupilIds: [asta, asta, asta] }
    const answer = await school.call('POST /api/pupils/password-resets', { as, body })
    expect(refusalsIn(answer)).toEqual([[asta, null]])
    expect(school.activity().length - logged).toBe(1)
  })

  test.each(pupilActions)('an empty batch is refused: %s', async (path, action) => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    await expectRefused(school, () => school.call(`POST /api${path}`, { as, body: { pupilIds: [] } }), {
      status: 422,
      type: 'invalid-request',
      action,
      by: 's-lone',
    })
  })

  test('an empty batch of requests is refused', async () => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    const body = { requestIds: [], decision: 'approve' }
    await expectRefused(school, () => school.call('POST /api/step-up-requests/decisions', { as, body }), {
      status: 422,
      type: 'invalid-request',
      action: 'approveStepUpRequest',
      by: 's-lone',
    })
  })
})

describe('abuse case 7: ids that cannot be', () => {
  const impossible = [
    ['a number', 7],
    ['a list', ['p-1']],
    ['null', null],
    ['a negative number', -1],
    ['an object', { id: 'p-1' }],
    ['very long', 'p'.repeat(41)],
    ['empty', ''],
    ['with path characters', '../pupils/p-1'],
    ['with a null byte', 'p-1\u0000'],
    ['with a line break', 'p-1\n'],
    ['of other letters', 'p-１'],
  ] as const

  test.each(impossible)('as a pupil id: %s', async (_, id) => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    for (const [path, action] of pupilActions) {
      const body = { pupilIds: [school.id('asta2011'), id] }
      const answer = await expectRefused(school, () => school.call(`POST /api${path}`, { as, body }), {
        status: 422,
        type: 'invalid-request',
        action,
        by: 's-lone',
      })
      expect(answer.problem().errors?.map(({ path }) => path)).toEqual(['pupilIds.1'])
    }
  })

  test.each([
    ['instead of a list', { pupilIds: 'p-1' }],
    ['missing', {}],
    ['null', { pupilIds: null }],
    ['too many', { pupilIds: Array.from({ length: 2001 }, (_, place) => `p-${place}`) }],
    ['a body that is a list', ['p-1']],
    ['a body that is null', null],
  ])('as ids: %s', async (_, body) => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    await expectRefused(school, () => school.call('POST /api/pupils/password-resets', { as, body }), {
      status: 422,
      type: 'invalid-request',
      action: 'giveNewPassword',
      by: 's-lone',
    })
  })

  test('2,000 ids are not too many', async () => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    const strangers = Array.from({ length: 1999 }, (_, place) => `p-${place}`)
    const body = { pupilIds: [school.id('asta2011'), ...strangers] }
    const answer = await school.call('POST /api/pupils/password-resets', { as, body })
    expect(refusalsIn(answer).filter(([, refusal]) => refusal === null)).toHaveLength(1)
  })

  test.each(['..%2Fpupils', '-1%00', 'p'.repeat(41), '%E0%A4%A', "'%20or%201=1", 'birkeskolen-2a%0A'])(
    'as a class in the address: %s',
    async (classId) => {
      const school = schoolUnderTest()
      const as = await school.signIn('lone4821')
      await expectRefused(school, () => school.call(`GET /api/classes/${classId}`, { as }), {
        ...notFound,
        action: 'listPupils',
        by: 's-lone',
      })
    },
  )

  test('an own class answers with its own pupils only', async () => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    const answer = await school.call('GET /api/classes/birkeskolen-4b', { as })
    const expected = pupilsOf(school.snapshot(), 'birkeskolen-4b').map(({ id }) => id)
    const found = answer.json(schoolClassSchema).pupils.map(({ id }) => id)
    expect(found.toSorted()).toEqual(expected.toSorted())
  })
})

describe('abuse case 8: what changes in the administrative system counts from the next call', () => {
  /** Lone is signed in, Asta has an open window and a running step-up, and Emil waits. */
  const inTheMiddle = async () => {
    const school = schoolUnderTest((data) => withWaiting(data, idIn(data, 'birkeskolen-2a')))
    const as = await school.signIn('lone4821')
    const asta = school.id('asta2011')
    await school.call('POST /api/pupils/password-resets', { as, body: { pupilIds: [asta] } })
    expect(school.snapshot().resetWindows).toHaveLength(1)
    school.change((data) => ({ ...data, stepUps: [startStepUp(asta, 's-lone', MORNING)] }))
    return { school, as, asta }
  }

  const everyAction = async (
    { school, as, asta }: Awaited<ReturnType<typeof inTheMiddle>>,
    expected: { status: number; type: 'not-found' | 'session-ended' | 'not-allowed' },
  ) => {
    for (const [path, action] of pupilActions) {
      const attempt = () => school.call(`POST /api${path}`, { as, body: { pupilIds: [asta] } })
      await expectRefused(school, attempt, { ...expected, action, by: 's-lone' })
    }
    const body = { requestIds: [`r-${asta}`], decision: 'approve' }
    await expectRefused(school, () => school.call('POST /api/step-up-requests/decisions', { as, body }), {
      ...expected,
      action: 'approveStepUpRequest',
      by: 's-lone',
    })
  }

  test('the relation to the class is removed', async () => {
    const middle = await inTheMiddle()
    middle.school.change((data) => ({
      ...data,
      teaching: data.teaching.filter(({ classId }) => classId !== 'birkeskolen-2a'),
    }))
    await everyAction(middle, notFound)
    const { school, as } = middle
    await expectRefused(school, () => school.call('GET /api/classes/birkeskolen-2a', { as }), {
      ...notFound,
      action: 'listPupils',
      by: 's-lone',
    })
  })

  test('the pupil is moved to another class', async () => {
    const middle = await inTheMiddle()
    middle.school.change((data) => ({
      ...data,
      enrolments: data.enrolments.map((each) =>
        each.pupilId === middle.asta ? { ...each, classId: 'birkeskolen-2b' } : each,
      ),
    }))
    await everyAction(middle, notFound)
    const list = await middle.school.call('GET /api/classes/birkeskolen-2a', { as: middle.as })
    expect(list.text).not.toContain(middle.asta)
  })

  test('the pupil has left', async () => {
    const middle = await inTheMiddle()
    middle.school.change((data) => ({
      ...data,
      pupils: data.pupils.map((each) => (each.id === middle.asta ? { ...each, active: false } : each)),
    }))
    await everyAction(middle, notFound)
  })

  test('the role is taken away', async () => {
    const middle = await inTheMiddle()
    middle.school.change((data) => ({ ...data, ...withRoles(data, 's-lone', []) }))
    await everyAction(middle, { status: 403, type: 'not-allowed' })
  })

  test('the teacher is deactivated', async () => {
    const middle = await inTheMiddle()
    middle.school.change((data) => ({
      ...data,
      staff: data.staff.map((each) => (each.id === 's-lone' ? { ...each, active: false } : each)),
    }))
    await everyAction(middle, { status: 401, type: 'session-ended' })
  })

  test('a repeated request is refused, too, though its first was carried out', async () => {
    const { school, as, asta } = await inTheMiddle()
    const body = { pupilIds: [asta] }
    for (const [path, action] of pupilActions) {
      const key = `once-${action}`
      await school.call(`POST /api${path}`, { as, body, key })
      school.change((data) => ({ ...data, teaching: [] }))
      await expectRefused(school, () => school.call(`POST /api${path}`, { as, body, key }), {
        ...notFound,
        action,
        by: 's-lone',
      })
      school.change((data) => ({
        ...data,
        teaching: [{ staffId: 's-lone', classId: 'birkeskolen-2a' }],
      }))
    }
  })

  test('of a repeated batch, what is out of reach since is left out and what is not, is not', async () => {
    const { school, as, asta } = await inTheMiddle()
    const emil = school.id('emil2015')
    const repeat = () =>
      school.call('POST /api/pupils/username-reveals', {
        as,
        body: { pupilIds: [asta, emil] },
        key: 'once-for-two',
      })
    await repeat()
    school.change((data) => ({
      ...data,
      enrolments: data.enrolments.filter(({ pupilId }) => pupilId !== asta),
    }))
    expect((await repeat()).json(revealedSchema).results).toEqual([
      { id: asta, refusal: 'notFound', username: null },
      { id: emil, refusal: null, username: 'emil2015' },
    ])
  })

  test('a pupil who was refused and has joined since is not shown by repeating the refused request', async () => {
    const { school, as, asta } = await inTheMiddle()
    const foreign = idIn(school.snapshot(), 'birkeskolen-2b')
    const repeat = () =>
      school.call('POST /api/pupils/username-reveals', {
        as,
        body: { pupilIds: [asta, foreign] },
        key: 'once-too-early',
      })
    await repeat()
    school.change((data) => ({
      ...data,
      enrolments: [...data.enrolments, { pupilId: foreign, classId: 'birkeskolen-2a' }],
    }))
    expect((await repeat()).json(revealedSchema).results[1]).toEqual({
      id: foreign,
      refusal: 'notFound',
      username: null,
    })
  })
})

describe('abuse case 9: extra fields', () => {
  const extra = {
    role: 'userAdministrator',
    institutionId: 'soendervang',
    policy: 'indskoling',
    staffId: 's-bodil',
    now: 0,
  }
  /** With names that mean something to JavaScript, which an object written here could not have. */
  const withTraps = (body: object) =>
    JSON.stringify(body).replace(
      '{',
      '{"__proto__":{"active":true,"role":"userAdministrator"},"constructor":1,',
    )

  test('in an action change nothing', async () => {
    const answersIn = async (school: SchoolUnderTest, toRaw: (body: object) => string) => {
      const answers: string[] = []
      for (const [path] of pupilActions) {
        const as = await school.signIn('lone4821')
        const body = { pupilIds: [school.id('asta2011')] }
        answers.push((await school.call(`POST /api${path}`, { as, body, raw: toRaw(body) })).text)
      }
      return answers
    }
    const plain = schoolUnderTest()
    const plainAnswers = await answersIn(plain, (body) => JSON.stringify(body))
    const { completedActions: before, ...expected } = lasting(plain.snapshot())

    const extended = schoolUnderTest()
    expect(await answersIn(extended, (body) => withTraps({ ...extra, ...body }))).toEqual(plainAnswers)
    const { completedActions: after, ...found } = lasting(extended.snapshot())
    expect(found).toEqual(expected)
    expect(after.length).toBe(before.length)
  })

  test('in signing in give no other role', async () => {
    const school = schoolUnderTest()
    await school.call('POST /api/session', {
      raw: withTraps({ ...extra, username: 'bodi2259', password: 'Elevadgang-2026' }),
    })
    const [session] = school.snapshot().sessions
    expect(session).toMatchObject({ staffId: 's-bodil', secondFactorAt: null, sentCode: null })
  })
})

describe('abuse case 10: lists and counts use the reach of the actions', () => {
  test.each(['lone4821', 'omar7310', 'bodi2259', 'mads5512', 'sofi6603'])('%s', async (username) => {
    const school = schoolUnderTest((data) =>
      withWaiting(
        data,
        idIn(data, 'birkeskolen-2a'),
        idIn(data, 'birkeskolen-2b'),
        idIn(data, 'soendervang-2a'),
      ),
    )
    const as = await school.signIn(username)
    const { pupils } = (await school.call('GET /api/pupils', { as })).json(pupilListSchema)
    const { classes } = (await school.call('GET /api/classes', { as })).json(classListSchema)

    const inClasses = new Set<string>()
    for (const { id, pupilCount, waitingCount } of classes) {
      const { pupils } = (await school.call(`GET /api/classes/${id}`, { as })).json(schoolClassSchema)
      expect(pupils).toHaveLength(pupilCount)
      expect(pupils.filter(({ status }) => status.stepUpRequest !== null)).toHaveLength(waitingCount)
      for (const pupil of pupils) inClasses.add(pupil.id)
    }
    expect(new Set(pupils.map(({ id }) => id))).toEqual(inClasses)

    const everybody = school.snapshot().pupils.map(({ id }) => id)
    const body = { pupilIds: everybody }
    const acted = await school.call('POST /api/pupils/password-reset-cancellations', { as, body })
    if (pupils.length === 0) {
      expect(acted.status).toBe(404)
      return
    }
    const reachable = refusalsIn(acted).filter(([, refusal]) => refusal !== 'notFound')
    expect(new Set(reachable.map(([id]) => id))).toEqual(inClasses)

    const requests = school.snapshot().stepUpRequests
    const decided = await school.call('POST /api/step-up-requests/decisions', {
      as,
      body: { requestIds: requests.map(({ id }) => id), decision: 'decline' },
    })
    const waiting = pupils.filter(({ status }) => status.stepUpRequest !== null)
    const declined =
      decided.status === 404 ? [] : refusalsIn(decided).filter(([, refusal]) => refusal === null)
    expect(new Set(declined.map(([id]) => id))).toEqual(
      new Set(waiting.map(({ status }) => status.stepUpRequest?.id)),
    )
  })
})

describe('abuse case 11: after a refusal', () => {
  test('the text holds no name, no id and no address of what was refused', async () => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    const [foreign] = pupilsOf(school.snapshot(), 'birkeskolen-2b')
    if (!foreign) throw new Error('2.B has pupils')
    for (const [path] of pupilActions) {
      const { text } = await school.call(`POST /api${path}`, { as, body: { pupilIds: [foreign.id] } })
      for (const trace of [foreign.name, foreign.id, foreign.username, '2.B', path, 's-lone', 'Lone']) {
        expect(text).not.toContain(trace)
      }
    }
  })

  test('nothing happens later that was refused now', async () => {
    const school = schoolUnderTest()
    const as = await school.signIn('omar7310')
    const body = { pupilIds: [school.id('asta2011')] }
    await school.call('POST /api/pupils/password-resets', { as, body, key: 'refused-once' })
    school.change((data) => ({
      ...data,
      teaching: [...data.teaching, { staffId: 's-omar', classId: 'birkeskolen-2a' }],
    }))
    school.pass(minutes(1))
    await school.call('GET /api/pupils', { as })
    expect(school.snapshot().resetWindows).toEqual([])
  })
})
