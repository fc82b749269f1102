import { describe, expect, test } from 'vitest'
import type { ActivityAction } from '../../../server/activity/entry'
import { classListSchema, schoolClassSchema } from '../../../server/classes/schema'
import { POLICY_NOTE_MAX } from '../../../server/policy/rules'
import { pupilSessionSchema } from '../../../server/pupil-session/schema'
import { BLOCK_WORDS_MAX, resultsSchema } from '../../../server/pupils/schema'
import { schoolPupilSchema, schoolPupilsSchema } from '../../../server/schools/schema'
import { days, minutes, seconds, toIso } from '../../../server/time'
import {
  expectRefused,
  lasting,
  MORNING,
  type Person,
  pupilsOf,
  refusalsIn,
  type SchoolUnderTest,
  schoolUnderTest,
} from '../school-under-test'

const POLICIES = 'POST /api/pupils/policies'
const BLOCKS = 'POST /api/pupils/blocks'
const UNBLOCKS = 'POST /api/pupils/unblocks'
const CLASS_2A = 'GET /api/classes/birkeskolen-2a'

const NOTE = 'Aftalt med forældrene'
const policyOf = (pupilIds: string[]) => ({ pupilIds, policy: 'udskoling', note: NOTE })
const blockOf = (pupilIds: string[]) => ({ pupilIds, reason: { code: 'misuse' }, until: null })

/** What only administrators may do, each with the body for these pupils and its name in the log. */
const changes: readonly (readonly [string, (pupilIds: string[]) => object, ActivityAction])[] = [
  [POLICIES, policyOf, 'setPolicy'],
  [BLOCKS, blockOf, 'blockPupil'],
  [UNBLOCKS, (pupilIds) => ({ pupilIds }), 'unblockPupil'],
]

async function withKent(change?: Parameters<typeof schoolUnderTest>[0]) {
  const school = schoolUnderTest(change)
  const kent = await school.administrator('kent1904', 'birkeskolen')
  const asta = school.id('asta2011')
  return {
    school,
    kent,
    asta,
    block: (until: string | null = null, ids = [asta]) =>
      school.call(BLOCKS, { as: kent, body: { ...blockOf(ids), until } }),
    unblock: (ids = [asta]) => school.call(UNBLOCKS, { as: kent, body: { pupilIds: ids } }),
    setPolicy: (policy: string | null, note: string | null = NOTE, ids = [asta]) =>
      school.call(POLICIES, { as: kent, body: { pupilIds: ids, policy, note } }),
    seenByLone: async () => {
      const lone = await school.signIn('lone4821')
      const { pupils } = (await school.call(CLASS_2A, { as: lone })).json(schoolClassSchema)
      const found = pupils.find(({ id }) => id === asta)
      if (!found) throw new Error('Asta is not shown')
      return found
    },
  }
}

const idIn = (school: SchoolUnderTest, classId: string) => {
  const [first] = pupilsOf(school.snapshot(), classId)
  if (!first) throw new Error(`${classId} is empty`)
  return first.id
}

describe.each(changes)('%s', (route, bodyOf, action) => {
  test('abuse case 1: a teacher is refused, also for own pupils, and also with a second factor', async () => {
    const school = schoolUnderTest()
    const lone = await school.plantSession({ staffId: 's-lone', secondFactorAt: MORNING })
    const body = bodyOf([school.id('asta2011'), school.id('bert2012')])
    await expectRefused(school, () => school.call(route, { as: lone, body }), {
      status: 403,
      type: 'not-allowed',
      action,
      by: 's-lone',
    })
  })

  test('abuse cases 2 and 3: a pupil of another school is as one that nobody has, whichever schools one administers', async () => {
    const { school, kent } = await withKent()
    const foreign = idIn(school, 'soendervang-2a')
    for (const id of [foreign, 'p-nobody']) {
      await expectRefused(school, () => school.call(route, { as: kent, body: bodyOf([id]) }), {
        status: 404,
        type: 'not-found',
        action,
        by: 's-kent',
      })
    }
    // Bodil administers both, one at a time.
    const bodil = await school.administrator('bodi2259', 'birkeskolen')
    await expectRefused(school, () => school.call(route, { as: bodil, body: bodyOf([foreign]) }), {
      status: 404,
      type: 'not-found',
      action,
      by: 's-bodil',
    })
    await expectRefused(
      school,
      () => school.call(route, { as: { ...kent, school: 'soendervang' }, body: bodyOf([foreign]) }),
      { status: 404, type: 'not-found', action, by: 's-kent' },
    )
  })

  test('abuse case 5: a second factor is enough for 30 minutes, and not a moment longer', async () => {
    const { school, kent } = await withKent()
    const ids = [action === 'unblockPupil' ? school.id('bert2012') : school.id('asta2011')]
    const fresh = (secondFactorAt: number) => school.plantSession({ staffId: 's-kent', secondFactorAt })
    const stale: Person = { ...(await fresh(MORNING - minutes(30))), school: 'birkeskolen' }
    await expectRefused(school, () => school.call(route, { as: stale, body: bodyOf(ids) }), {
      status: 403,
      type: 'second-factor-stale',
      action,
      by: 's-kent',
    })
    // Nothing of what was sent matters before that: whoever has only found the computer learns nothing.
    const nobody = bodyOf(['p-nobody'])
    expect((await school.call(route, { as: stale, body: nobody })).problem().type).toBe('second-factor-stale')

    const justFresh = { ...(await fresh(MORNING - minutes(30) + 1)), school: 'birkeskolen' }
    const answer = await school.call(route, { as: justFresh, body: bodyOf(ids) })
    expect(refusalsIn(answer)).toEqual([[ids[0], null]])
    expect(kent.school).toBe('birkeskolen')
  })

  test('abuse case 6: each id of a batch gets its own result, and each is in the log', async () => {
    const { school, kent } = await withKent()
    const [asta, bertram] = [school.id('asta2011'), school.id('bert2012')]
    const foreign = idIn(school, 'soendervang-2a')
    const answer = await school.call(route, { as: kent, body: bodyOf([asta, foreign, bertram, asta]) })
    const own = {
      setPolicy: [null, null],
      blockPupil: [null, 'alreadyBlocked'],
      unblockPupil: ['notBlocked', null],
    }
    const [ofAsta, ofBertram] = Object.entries(own).find(([name]) => name === action)?.[1] ?? []
    expect(refusalsIn(answer)).toEqual([
      [asta, ofAsta],
      [foreign, 'notFound'],
      [bertram, ofBertram],
    ])
    expect(
      school
        .activity()
        .slice(-3)
        .map(({ pupilId, reason }) => [pupilId, reason]),
    ).toEqual(refusalsIn(answer).map(([id, refusal]) => [id, refusal]))
    expect((await school.call(route, { as: kent, body: bodyOf([]) })).problem().type).toBe('invalid-request')
  })

  test('abuse case 9: extra fields change nothing', async () => {
    const { school, kent } = await withKent()
    const lone = await school.signIn('lone4821')
    const extra = {
      role: 'userAdministrator',
      institutionId: 'birkeskolen',
      secondFactorAt: MORNING,
      by: 's-lone',
      since: 0,
      year: 9,
      signInKind: 'local',
      passwordSetAt: null,
    }
    const ids = [school.id('asta2011'), school.id('bert2012')]
    await expectRefused(school, () => school.call(route, { as: lone, body: { ...bodyOf(ids), ...extra } }), {
      status: 403,
      type: 'not-allowed',
      action,
      by: 's-lone',
    })
    await school.call(route, { as: kent, body: { ...bodyOf(ids), ...extra } })
    const found = school.snapshot().pupils

    const plain = schoolUnderTest()
    await plain.call(route, {
      as: await plain.administrator('kent1904', 'birkeskolen'),
      body: bodyOf(ids),
    })
    expect(found).toEqual(plain.snapshot().pupils)
  })

  test('abuse case 23: the same key again does nothing twice, and answers the same', async () => {
    const { school, kent } = await withKent()
    const call = () =>
      school.call(route, {
        as: kent,
        body: bodyOf([school.id('asta2011'), school.id('bert2012')]),
        key: 'the-same-key',
      })
    const first = await call()
    const after = school.snapshot()
    school.pass(seconds(1))
    expect(refusalsIn(await call())).toEqual(refusalsIn(first))
    expect(lasting(school.snapshot())).toEqual(lasting(after))
  })
})

describe('a policy', () => {
  test('is shown to teachers, its note only to administrators', async () => {
    const { school, kent, asta, setPolicy, seenByLone } = await withKent()
    await setPolicy('mellemtrin', `  ${NOTE}  `)
    expect(school.pupil('asta2011')).toMatchObject({ policyOverride: 'mellemtrin', policyNote: NOTE })
    expect(await seenByLone()).toMatchObject({ policy: 'mellemtrin', policyOverridden: true })

    const answer = await school.call(`GET /api/schools/birkeskolen/pupils/${asta}`, { as: kent })
    expect(answer.json(schoolPupilSchema).policy).toEqual({
      ofYear: 'indskoling',
      override: 'mellemtrin',
      note: NOTE,
    })
    const lone = await school.signIn('lone4821')
    for (const route of ['GET /api/classes', CLASS_2A, 'GET /api/pupils', 'GET /api/step-up-requests']) {
      expect((await school.call(route, { as: lone })).text).not.toContain(NOTE)
    }
    // Nor is it in lists or logs.
    const list = await school.call('GET /api/schools/birkeskolen/pupils', { as: kent })
    expect(list.json(schoolPupilsSchema)).toBeDefined()
    expect(list.text).not.toContain(NOTE)
    expect(JSON.stringify(school.activity())).not.toContain(NOTE)
  })

  test('is the year’s again by the standard, which keeps no note', async () => {
    const { school, setPolicy } = await withKent()
    await setPolicy('udskoling')
    await setPolicy(null, 'Glemt')
    expect(school.pupil('asta2011')).toMatchObject({ policyOverride: null, policyNote: null })
  })

  test('does nothing for a local login, and says so', async () => {
    const { school, setPolicy } = await withKent()
    const carla = school.id('carl2013')
    expect(refusalsIn(await setPolicy('mellemtrin', NOTE, [carla]))).toEqual([[carla, 'localLogin']])
    expect(school.pupil('carl2013').policyOverride).toBeNull()
    expect(refusalsIn(await setPolicy(null, null, [carla]))).toEqual([[carla, null]])
  })

  test('needs a note of at most 200 characters, without secrets', async () => {
    const { setPolicy } = await withKent()
    const fault = async (note: string | null) => (await setPolicy('mellemtrin', note)).problem().errors
    expect(await fault(null)).toEqual([{ path: 'note', code: 'note_missing' }])
    expect(await fault('   ')).toEqual([{ path: 'note', code: 'note_missing' }])
    expect(await fault('Det er asta2011')).toEqual([{ path: 'note', code: 'holds_secret' }])
    expect(await fault('x'.repeat(POLICY_NOTE_MAX + 1))).toEqual([{ path: 'note', code: 'too_big' }])
    expect((await setPolicy('mellemtrin', 'x'.repeat(POLICY_NOTE_MAX))).status).toBe(200)
  })

  test('is none that nobody knows', async () => {
    const { school, kent, asta } = await withKent()
    for (const policy of ['none', '', 3, undefined, ['udskoling']]) {
      const answer = await school.call(POLICIES, { as: kent, body: { pupilIds: [asta], policy, note: NOTE } })
      expect(answer.problem().type).toBe('invalid-request')
    }
  })

  test('abuse case 16: the old password stands, and what was suggested before the change cannot be set any more', async () => {
    const { school, asta, setPolicy } = await withKent()
    const lone = await school.signIn('lone4821')
    const before = school.pupil('asta2011')
    await setPolicy('mellemtrin')
    expect(school.pupil('asta2011').passwordSetAt).toBe(before.passwordSetAt)
    expect((await school.signInAsPupil('asta2011')).ref).not.toBe('')

    await school.call('POST /api/pupils/password-resets', { as: lone, body: { pupilIds: [asta] } })
    const pupil = await school.takeWindow('asta2011')
    const suggestion = await school.call('POST /api/pupil/new-password/suggestion', { as: pupil })
    expect(suggestion.text).toContain('"kind":"text"')
    await setPolicy('indskoling')
    const { text } = JSON.parse(suggestion.text)
    const set = await school.call('POST /api/pupil/new-password', {
      as: pupil,
      body: { password: text, from: 'suggestion' },
    })
    expect(set.problem().errors).toEqual([{ path: 'password', code: 'other_policy' }])
    const anew = await school.call('POST /api/pupil/new-password/suggestion', { as: pupil })
    expect(anew.text).toContain('"kind":"pictures"')
  })
})

describe('a block', () => {
  test('abuse case 19: ends a step-up and a wait for one at once', async () => {
    const { school, asta, block, unblock, seenByLone } = await withKent()
    const lone = await school.signIn('lone4821')
    await school.call('POST /api/pupils/step-ups', { as: lone, body: { pupilIds: [asta] } })
    const pupil = await school.signInAsPupil('asta2011')
    expect((await school.call('GET /api/pupil/services/aula', { as: pupil })).status).toBe(200)

    await block()
    expect((await school.call('GET /api/pupil/services/aula', { as: pupil })).problem().type).toBe(
      'session-ended',
    )
    await unblock()
    expect((await seenByLone()).status).toMatchObject({ block: null, stepUp: null, stepUpRequest: null })
    const again = await school.signInAsPupil('asta2011')
    expect((await school.call('GET /api/pupil/services/aula', { as: again })).problem().type).toBe(
      'step-up-required',
    )
  })

  test('takes a waiting pupil out of the queue, and a step-up refuses who is blocked', async () => {
    const { school, kent, block } = await withKent()
    const emil = school.id('emil2015')
    const lone = await school.signIn('lone4821')
    const [request] = school.snapshot().stepUpRequests.filter(({ pupilId }) => pupilId === emil)
    await block(null, [emil])
    expect((await school.call('GET /api/step-up-requests', { as: lone })).text).not.toContain(emil)
    const { classes } = (await school.call('GET /api/classes', { as: lone })).json(classListSchema)
    expect(classes.map(({ waitingCount }) => waitingCount)).toEqual(classes.map(() => 0))
    for (const as of [lone, kent]) {
      const approved = await school.call('POST /api/step-up-requests/decisions', {
        as,
        body: { requestIds: [request?.id], decision: 'approve' },
      })
      expect(refusalsIn(approved)).toEqual([[request?.id, 'notWaiting']])
      const steppedUp = await school.call('POST /api/pupils/step-ups', { as, body: { pupilIds: [emil] } })
      expect(refusalsIn(steppedUp)).toEqual([[emil, 'blocked']])
    }
  })

  test('takes an open window back, and an unblock does not give it again', async () => {
    const { school, asta, block, unblock, seenByLone } = await withKent()
    const lone = await school.signIn('lone4821')
    await school.call('POST /api/pupils/password-resets', { as: lone, body: { pupilIds: [asta] } })
    await block()
    expect((await seenByLone()).status.resetWindow).toBeNull()
    school.pass(seconds(1))
    await unblock()
    expect((await seenByLone()).status.resetWindow).toBeNull()
    const before = school.pupil('asta2011').passwordSetAt
    await school.signInAlone('asta2011')
    expect(school.pupil('asta2011').passwordSetAt).toBe(before)
  })

  test('ends every session of the pupil, also one that has taken a window, and none comes back', async () => {
    const { school, asta, block, unblock } = await withKent()
    const lone = await school.signIn('lone4821')
    const byPassword = await school.signInAsPupil('asta2011')
    await school.call('POST /api/pupils/password-resets', { as: lone, body: { pupilIds: [asta] } })
    const byWindow = await school.takeWindow('asta2011')
    const suggestion = await school.call('POST /api/pupil/new-password/suggestion', { as: byWindow })
    expect(suggestion.status).toBe(200)
    await block()
    await unblock()
    for (const as of [byPassword, byWindow]) {
      const session = await school.call('GET /api/pupil/session', { as })
      expect(session.json(pupilSessionSchema).signedIn).toBe(false)
      expect((await school.call('POST /api/pupil/new-password/suggestion', { as })).problem().type).toBe(
        'session-ended',
      )
    }
    expect(school.snapshot().pupilSessions.filter(({ suggestion }) => suggestion !== null)).toEqual([])
  })

  test('abuse case 14: a reset never unblocks, whoever gives it', async () => {
    const { school, kent, asta, block } = await withKent()
    await block()
    const lone = await school.signIn('lone4821')
    for (const as of [lone, kent]) {
      const reset = await school.call('POST /api/pupils/password-resets', { as, body: { pupilIds: [asta] } })
      expect(refusalsIn(reset)).toEqual([[asta, 'blocked']])
    }
    expect(school.pupil('asta2011').block).not.toBeNull()
  })

  test('is explained to the teachers: since when, until when and why, but not by whom', async () => {
    const { school, kent, asta, block, seenByLone } = await withKent()
    const until = toIso(MORNING + days(7))
    await block(until)
    expect((await seenByLone()).status.block).toEqual({
      since: toIso(MORNING),
      until,
      reason: { code: 'misuse' },
    })
    const answer = await school.call(`GET /api/schools/birkeskolen/pupils/${asta}`, { as: kent })
    expect(answer.json(schoolPupilSchema).block?.by).toEqual({ id: 's-kent', name: 'Kent Dahl' })
  })

  test('passes by itself at its end, and the pupil signs in again', async () => {
    const { school, asta, block, seenByLone } = await withKent()
    await block(toIso(MORNING + minutes(10)))
    school.pass(minutes(10) - 1)
    expect((await seenByLone()).status.block).not.toBeNull()
    school.pass(1)
    expect((await seenByLone()).status.block).toBeNull()
    expect((await school.signInAsPupil('asta2011')).ref).not.toBe('')
    expect(
      (await school.call(UNBLOCKS, { as: await freshKent(school), body: { pupilIds: [asta] } })).text,
    ).toContain('notBlocked')
  })

  test('is not put over another', async () => {
    const { school, asta, block } = await withKent()
    await block()
    const first = school.pupil('asta2011').block
    school.pass(minutes(1))
    expect(refusalsIn(await block(toIso(MORNING + days(1))))).toEqual([[asta, 'alreadyBlocked']])
    expect(school.pupil('asta2011').block).toEqual(first)
  })

  test('of a local login stands, though it keeps nobody out of that', async () => {
    const { school, block } = await withKent()
    const carla = school.id('carl2013')
    const answer = await block(null, [carla])
    expect(answer.json(resultsSchema).results[0]?.pupil?.status).toMatchObject({
      localLogin: true,
      block: { until: null },
    })
    expect(school.pupil('carl2013').block?.by).toBe('s-kent')
  })

  test('ends in the future, within 400 days, and in words without secrets', async () => {
    const { school, kent, asta, block } = await withKent()
    const fault = async (until: string) => (await block(until)).problem().errors
    expect(await fault(toIso(MORNING))).toEqual([{ path: 'until', code: 'not_in_future' }])
    expect(await fault(toIso(MORNING + days(400) + 1))).toEqual([{ path: 'until', code: 'too_far' }])
    expect((await fault('i morgen'))?.[0]?.path).toBe('until')
    const own = (words: unknown) =>
      school.call(BLOCKS, {
        as: kent,
        body: { pupilIds: [asta], reason: { code: 'own', words }, until: null },
      })
    expect((await own('Det var asta2011')).problem().errors).toEqual([
      { path: 'reason', code: 'holds_secret' },
    ])
    for (const words of ['', '   ', undefined, 7, 'x'.repeat(BLOCK_WORDS_MAX + 1)]) {
      expect((await own(words)).problem().type).toBe('invalid-request')
    }
    expect((await own(`  ${'x'.repeat(BLOCK_WORDS_MAX)} `)).status).toBe(200)
    expect(school.pupil('asta2011').block?.reason).toEqual({
      code: 'own',
      words: 'x'.repeat(BLOCK_WORDS_MAX),
    })
  })
})

const freshKent = async (school: SchoolUnderTest): Promise<Person> => ({
  ...(await school.plantSession({ staffId: 's-kent', secondFactorAt: school.clock.now() })),
  school: 'birkeskolen',
})
