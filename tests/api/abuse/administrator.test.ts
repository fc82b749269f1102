import { describe, expect, test } from 'vitest'
import type { ActivityAction } from '../../../server/activity/entry'
import { classListSchema, schoolClassSchema } from '../../../server/classes/schema'
import { pupilListSchema } from '../../../server/pupils/schema'
import { schoolPupilsSchema } from '../../../server/schools/schema'
import { signedInSchema } from '../../../server/session/schema'
import type { SchoolData } from '../../../server/store/memory'
import { minutes } from '../../../server/time'
import {
  type Answer,
  expectRefused,
  MORNING,
  type Person,
  pupilsOf,
  refusalsIn,
  type SchoolUnderTest,
  schoolUnderTest,
} from '../school-under-test'

/** The cases of reach.test.ts, in the view of a user administrator. */

const actions: readonly (readonly [string, ActivityAction])[] = [
  ['/pupils/username-reveals', 'revealUsername'],
  ['/pupils/username-copies', 'copyUsername'],
  ['/pupils/password-resets', 'giveNewPassword'],
  ['/pupils/password-reset-cancellations', 'cancelNewPassword'],
  ['/pupils/step-ups', 'stepUp'],
  ['/pupils/step-up-ends', 'endStepUp'],
]

const lists: readonly (readonly [string, ActivityAction])[] = [
  ['/classes', 'listClasses'],
  ['/pupils', 'listPupils'],
  ['/step-up-requests', 'listPupils'],
  ['/events', 'listPupils'],
]

const idIn = (data: SchoolData, classId: string): string => pupilsOf(data, classId)[0]?.id ?? ''

const sameFor = (answer: Answer) => {
  const { requestId: _, ...rest } = answer.problem()
  return rest
}

/** The pupil is refused in this view in every way there is, exactly as an id that nobody has. */
async function expectOutOfReach(school: SchoolUnderTest, as: Person, by: string, pupilId: string) {
  for (const [path, action] of actions) {
    const refuse = (id: string) =>
      expectRefused(school, () => school.call(`POST /api${path}`, { as, body: { pupilIds: [id] } }), {
        status: 404,
        type: 'not-found',
        action,
        by,
      })
    expect(sameFor(await refuse(pupilId))).toEqual(sameFor(await refuse('p-nobody')))
  }
  const refuseToRead = (id: string) =>
    expectRefused(school, () => school.call(`GET /api/schools/${as.school}/pupils/${id}`, { as }), {
      status: 404,
      type: 'not-found',
      action: 'readPupil',
      by,
    })
  expect(sameFor(await refuseToRead(pupilId))).toEqual(sameFor(await refuseToRead('p-nobody')))
  for (const path of ['/pupils', '/classes', '/step-up-requests', `/schools/${as.school}/pupils`]) {
    expect((await school.call(`GET /api${path}`, { as })).text).not.toContain(pupilId)
  }
}

/** The view itself is refused, to every list and every action. */
async function expectNoView(
  school: SchoolUnderTest,
  as: Person,
  by: string,
  refusal: { status: number; type: 'not-found' | 'second-factor-needed' },
) {
  const body = { pupilIds: [school.id('asta2011')] }
  for (const [path, action] of actions) {
    await expectRefused(school, () => school.call(`POST /api${path}`, { as, body }), {
      ...refusal,
      action,
      by,
    })
  }
  const ofSchool = [
    [`/schools/${as.school}/pupils`, 'listPupils'],
    [`/schools/${as.school}/pupils/${school.id('asta2011')}`, 'readPupil'],
  ] as const
  for (const [path, action] of [...lists, ...ofSchool]) {
    await expectRefused(school, () => school.call(`GET /api${path}`, { as }), { ...refusal, action, by })
  }
}

describe('abuse case 2: an administrator and the pupils of another school', () => {
  test("every pupil of the own school is within reach, and of the other's none", async () => {
    const school = schoolUnderTest()
    const kent = await school.administrator('kent1904', 'birkeskolen')
    const body = { pupilIds: [idIn(school.snapshot(), 'birkeskolen-9b')] }
    expect(refusalsIn(await school.call('POST /api/pupils/step-ups', { as: kent, body }))).toEqual([
      [body.pupilIds[0], null],
    ])
    // Both schools have a 2.A.
    await expectOutOfReach(school, kent, 's-kent', idIn(school.snapshot(), 'soendervang-2a'))
  })

  test('who administers both reaches, in the view of one, none of the other', async () => {
    const school = schoolUnderTest()
    const bodil = await school.administrator('bodi2259', 'soendervang')
    await expectOutOfReach(school, bodil, 's-bodil', school.id('asta2011'))
    await expectOutOfReach(
      school,
      { ...bodil, school: 'birkeskolen' },
      's-bodil',
      idIn(school.snapshot(), 'soendervang-2a'),
    )
  })

  test('a pupil of two schools is reached at both, and shown at each with the classes of that one', async () => {
    const school = schoolUnderTest((data) => ({
      ...data,
      enrolments: [...data.enrolments, { pupilId: idIn(data, 'birkeskolen-2a'), classId: 'soendervang-2a' }],
    }))
    const bodil = await school.administrator('bodi2259', 'birkeskolen')
    for (const institutionId of ['birkeskolen', 'soendervang']) {
      const as = { ...bodil, school: institutionId }
      const { pupils } = (await school.call('GET /api/pupils', { as })).json(pupilListSchema)
      const asta = pupils.find(({ id }) => id === school.id('asta2011'))
      expect(asta?.classIds).toEqual([`${institutionId}-2a`])
      expect(asta?.homeClass?.id).toBe(`${institutionId}-2a`)
    }
  })

  test('a batch with a pupil of the other school: each gets an answer, and the other none', async () => {
    const school = schoolUnderTest()
    const kent = await school.administrator('kent1904', 'birkeskolen')
    const foreign = idIn(school.snapshot(), 'soendervang-2a')
    const pupilIds = [school.id('asta2011'), foreign]
    const answer = await school.call('POST /api/pupils/step-ups', { as: kent, body: { pupilIds } })
    expect(refusalsIn(answer)).toEqual([
      [school.id('asta2011'), null],
      [foreign, 'notFound'],
    ])
    expect(school.activity().slice(-2)).toMatchObject([
      { outcome: 'done', institutionIds: ['birkeskolen'] },
      { outcome: 'refused', pupilId: foreign, institutionIds: ['birkeskolen'] },
    ])
  })
})

describe("abuse case 3: an administrator's powers stop at the other school", () => {
  test('the view of a school that is not administered is refused like that of none', async () => {
    const school = schoolUnderTest()
    const kent = await school.administrator('kent1904', 'birkeskolen')
    for (const institutionId of ['soendervang', 'nowhere', 'Birkeskolen', 'birkeskolen-2a']) {
      const as = { ...kent, school: institutionId }
      await expectNoView(school, as, 's-kent', { status: 404, type: 'not-found' })
    }
  })

  test('a teacher there has no view of that school', async () => {
    const school = schoolUnderTest((data) => ({
      ...data,
      staff: data.staff.map((each) =>
        each.id === 's-kent'
          ? { ...each, roles: [...each.roles, { institutionId: 'soendervang', role: 'teacher' as const }] }
          : each,
      ),
      teaching: [...data.teaching, { staffId: 's-kent', classId: 'soendervang-2a' }],
    }))
    const kent = await school.administrator('kent1904', 'soendervang')
    await expectNoView(school, kent, 's-kent', { status: 404, type: 'not-found' })
    const { school: _, ...asTeacher } = kent
    const { classes } = (await school.call('GET /api/classes', { as: asTeacher })).json(classListSchema)
    expect(classes.map(({ id }) => id)).toEqual(['soendervang-2a'])
  })

  test('the view of a teacher has the own classes only, whatever else the person is', async () => {
    const school = schoolUnderTest()
    const { school: _, ...bodil } = await school.administrator('bodi2259', 'birkeskolen')
    const { classes } = (await school.call('GET /api/classes', { as: bodil })).json(classListSchema)
    expect(classes.map(({ name }) => name)).toEqual(['7.A'])
    const body = { pupilIds: [school.id('asta2011')] }
    expect((await school.call('POST /api/pupils/step-ups', { as: bodil, body })).status).toBe(404)
  })

  test('the address names the school: a header beside it opens no other', async () => {
    const school = schoolUnderTest()
    const kent = await school.administrator('kent1904', 'birkeskolen')
    const list = () => school.call('GET /api/schools/soendervang/pupils', { as: kent })
    await expectRefused(school, list, { status: 404, type: 'not-found', action: 'listPupils', by: 's-kent' })
  })

  test.each(['', '../birkeskolen', 'birkeskolen, soendervang', 'x'.repeat(2000), '%62irkeskolen', '*'])(
    'a header that names no school (%#) is not taken for one, nor for none',
    async (named) => {
      const school = schoolUnderTest()
      const bodil = await school.administrator('bodi2259', named)
      const list = () => school.call('GET /api/pupils', { as: bodil })
      await expectRefused(school, list, {
        status: 404,
        type: 'not-found',
        action: 'listPupils',
        by: 's-bodil',
      })
      expect(school.activity().at(-1)?.institutionIds).toEqual(['birkeskolen', 'soendervang'])
    },
  )

  test('a key that was used in one view does nothing in another', async () => {
    const school = schoolUnderTest()
    const bodil = await school.administrator('bodi2259', 'birkeskolen')
    const pupilIds = [idIn(school.snapshot(), 'birkeskolen-7a')]
    const give = (as: Person) =>
      school.call('POST /api/pupils/password-resets', { as, body: { pupilIds }, key: 'one-for-both' })
    expect((await give(bodil)).status).toBe(200)
    const { school: _, ...asTeacher } = bodil
    expect((await give(asTeacher)).problem().type).toBe('idempotency-key-reused')
    expect((await give(bodil)).status).toBe(200)
  })
})

describe('abuse case 4: people who are no pupils, and callers who are no administrators', () => {
  test.each(['s-lone', 's-kent', 's-bodil'])('an administrator on staff (%s): refused', async (target) => {
    const school = schoolUnderTest()
    const kent = await school.administrator('kent1904', 'birkeskolen')
    await expectOutOfReach(school, kent, 's-kent', target)
  })

  test("a teacher cannot have an administrator's view, with a code neither", async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    await expectRefused(school, () => school.call('POST /api/session/second-factor/codes', { as: lone }), {
      status: 403,
      type: 'not-allowed',
      action: 'sendSecondFactorCode',
      by: 's-lone',
    })
    const planted = await school.plantSession({ staffId: 's-lone', secondFactorAt: MORNING })
    await expectNoView(school, { ...planted, school: 'birkeskolen' }, 's-lone', {
      status: 404,
      type: 'not-found',
    })
  })
})

describe('abuse case 5: an administrator without a second factor', () => {
  test.each(['kent1904', 'bodi2259'])('%s: nothing of the view is open', async (username) => {
    const school = schoolUnderTest()
    const signedIn = await school.signIn(username, undefined, 'userAdministrator')
    const by = username === 'kent1904' ? 's-kent' : 's-bodil'
    await expectNoView(school, { ...signedIn, school: 'birkeskolen' }, by, {
      status: 403,
      type: 'second-factor-needed',
    })
  })

  test('who has only the password gets one answer for every school, own or not', async () => {
    const school = schoolUnderTest()
    const kent = await school.signIn('kent1904', undefined, 'userAdministrator')
    const answers = []
    for (const institutionId of ['birkeskolen', 'soendervang', 'nowhere']) {
      const as = { ...kent, school: institutionId }
      answers.push(sameFor(await school.call('GET /api/pupils', { as })))
    }
    expect(new Set(answers.map((each) => JSON.stringify(each))).size).toBe(1)
  })

  test('it is of one session: the next sign-in begins without', async () => {
    const school = schoolUnderTest()
    const kent = await school.administrator('kent1904', 'birkeskolen')
    const again = { ...(await school.signIn('kent1904', kent, 'userAdministrator')), school: 'birkeskolen' }
    await expectNoView(school, again, 's-kent', { status: 403, type: 'second-factor-needed' })
  })

  test('the secret from before the code is dead', async () => {
    const school = schoolUnderTest()
    const before = await school.signIn('kent1904', undefined, 'userAdministrator')
    await school.giveSecondFactor(before)
    await expectRefused(
      school,
      () => school.call('GET /api/pupils', { as: { ...before, school: 'birkeskolen' } }),
      { status: 401, type: 'session-ended', action: 'listPupils', by: null },
    )
  })
})

describe('abuse case 8: the role is taken away in the middle', () => {
  test('the next call is refused, at that school and not at the other', async () => {
    const school = schoolUnderTest()
    const bodil = await school.administrator('bodi2259', 'birkeskolen')
    school.change((data) => ({
      ...data,
      staff: data.staff.map((each) =>
        each.id === 's-bodil'
          ? { ...each, roles: each.roles.filter(({ institutionId }) => institutionId !== 'birkeskolen') }
          : each,
      ),
    }))
    await expectNoView(school, bodil, 's-bodil', { status: 404, type: 'not-found' })
    const list = await school.call('GET /api/pupils', { as: { ...bodil, school: 'soendervang' } })
    expect(list.status).toBe(200)
  })

  test('the pupil has left the school', async () => {
    const school = schoolUnderTest()
    const kent = await school.administrator('kent1904', 'birkeskolen')
    const asta = school.id('asta2011')
    school.change((data) => ({
      ...data,
      enrolments: data.enrolments.filter(({ pupilId }) => pupilId !== asta),
    }))
    await expectOutOfReach(school, kent, 's-kent', asta)
  })
})

describe('abuse case 9: extra fields', () => {
  const extra = {
    role: 'userAdministrator',
    institutionIds: ['birkeskolen'],
    school: 'birkeskolen',
    secondFactorAt: MORNING,
    secondFactor: { givenAt: MORNING },
    sentCode: { hash: '', sentAt: MORNING, wrongTries: 0 },
  }

  test('in signing in give no second factor', async () => {
    const school = schoolUnderTest()
    const answer = await school.call('POST /api/session', {
      body: { ...extra, username: 'kent1904', password: 'Elevadgang-2026', as: 'userAdministrator' },
    })
    expect(answer.json(signedInSchema).secondFactor).toBeNull()
    expect(school.snapshot().sessions).toMatchObject([{ secondFactorAt: null, sentCode: null }])
  })

  test('beside a wrong code, or in asking for one, give none', async () => {
    const school = schoolUnderTest()
    const kent = await school.signIn('kent1904', undefined, 'userAdministrator')
    await school.call('POST /api/session/second-factor/codes', { as: kent, body: extra })
    const wrong = (await school.codeOnPhone()) === '000000' ? '111111' : '000000'
    const answer = await school.call('POST /api/session/second-factor', {
      as: kent,
      body: { ...extra, code: wrong },
    })
    expect(answer.problem().type).toBe('wrong-code')
    expect(school.snapshot().sessions).toMatchObject([{ secondFactorAt: null }])
  })

  test('in an action of a teacher open no view', async () => {
    const school = schoolUnderTest()
    const { school: _, ...bodil } = await school.administrator('bodi2259', 'birkeskolen')
    for (const [path, action] of actions) {
      const body = { ...extra, pupilIds: [school.id('asta2011')] }
      await expectRefused(
        school,
        () => school.call(`POST /api${path}?institutionId=birkeskolen`, { as: bodil, body }),
        {
          status: 404,
          type: 'not-found',
          action,
          by: 's-bodil',
        },
      )
    }
  })
})

describe('abuse case 10: lists, counts, queue and actions have one reach', () => {
  test.each(['birkeskolen', 'soendervang'])('%s', async (institutionId) => {
    const school = schoolUnderTest((data) => ({
      ...data,
      stepUpRequests: ['birkeskolen-2a', 'birkeskolen-9b', 'soendervang-2a'].map((classId) => ({
        id: `r-${classId}`,
        pupilId: idIn(data, classId),
        service: 'aula' as const,
        checkCode: '31',
        requestedAt: MORNING,
        outcome: null,
      })),
    }))
    const as = await school.administrator('bodi2259', institutionId)
    const { classes } = (await school.call('GET /api/classes', { as })).json(classListSchema)
    const { pupils } = (await school.call('GET /api/pupils', { as })).json(pupilListSchema)
    const answer = (await school.call(`GET /api/schools/${institutionId}/pupils`, { as })).json(
      schoolPupilsSchema,
    )
    const ids = new Set(pupils.map(({ id }) => id))
    expect(new Set(answer.whole ? answer.rows.map(({ id }) => id) : [])).toEqual(ids)

    const inClasses = new Set<string>()
    for (const { id, pupilCount, waitingCount, institution } of classes) {
      expect(institution.id).toBe(institutionId)
      const { pupils } = (await school.call(`GET /api/classes/${id}`, { as })).json(schoolClassSchema)
      expect(pupils).toHaveLength(pupilCount)
      expect(pupils.filter(({ status }) => status.stepUpRequest !== null)).toHaveLength(waitingCount)
      for (const pupil of pupils) inClasses.add(pupil.id)
    }
    expect(inClasses).toEqual(ids)

    const waiting = (await school.call('GET /api/step-up-requests', { as })).json(pupilListSchema).pupils
    // Those of one moment in any order.
    expect(waiting.map(({ id }) => id).toSorted()).toEqual(
      school
        .snapshot()
        .stepUpRequests.map(({ pupilId }) => pupilId)
        .filter((id) => ids.has(id))
        .toSorted(),
    )
    const requestIds = school.snapshot().stepUpRequests.map(({ id }) => id)
    const decided = await school.call('POST /api/step-up-requests/decisions', {
      as,
      body: { requestIds, decision: 'decline' },
    })
    const declined = refusalsIn(decided).filter(([, refusal]) => refusal === null)
    expect(declined.map(([id]) => id).toSorted()).toEqual(
      waiting.map(({ status }) => status.stepUpRequest?.id).toSorted(),
    )

    const everybody = school.snapshot().pupils.map(({ id }) => id)
    const acted = await school.call('POST /api/pupils/password-reset-cancellations', {
      as,
      body: { pupilIds: everybody },
    })
    const reachable = refusalsIn(acted).filter(([, refusal]) => refusal !== 'notFound')
    expect(new Set(reachable.map(([id]) => id))).toEqual(ids)
  })
})

test('abuse case 24: what an administrator does is in the log with the school', async () => {
  const school = schoolUnderTest()
  const kent = await school.administrator('kent1904', 'birkeskolen')
  school.pass(minutes(1))
  const logged = school.activity().length
  const body = { pupilIds: [school.id('asta2011')] }
  await school.call('POST /api/pupils/username-reveals', { as: kent, body })
  await school.call('POST /api/pupils/step-ups', { as: kent, body: { pupilIds: ['p-nobody'] } })
  expect(school.activity().slice(logged)).toMatchObject([
    {
      action: 'revealUsername',
      actorId: 's-kent',
      pupilId: school.id('asta2011'),
      institutionIds: ['birkeskolen'],
    },
    { action: 'stepUp', actorId: 's-kent', outcome: 'refused', institutionIds: ['birkeskolen'] },
  ])
})
