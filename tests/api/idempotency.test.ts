import { describe, expect, test } from 'vitest'
import type { ActivityAction } from '../../server/activity/entry'
import { resultsSchema, revealedSchema } from '../../server/pupils/schema'
import { minutes, seconds, toIso } from '../../server/time'
import { staffRoutes } from './contract'
import { expectRefused, MORNING, newKey, refusalsIn, schoolUnderTest } from './school-under-test'

const RESETS = 'POST /api/pupils/password-resets'
const CANCELLATIONS = 'POST /api/pupils/password-reset-cancellations'
const STEP_UPS = 'POST /api/pupils/step-ups'
const REVEALS = 'POST /api/pupils/username-reveals'

const withLone = async () => {
  const school = schoolUnderTest()
  const lone = await school.signIn('lone4821')
  const asta = school.id('asta2011')
  return { school, lone, asta, body: { pupilIds: [asta] } }
}

const actions = staffRoutes.filter(({ operation }) =>
  operation.parameters.some(({ name }) => name === 'idempotency-key'),
)

describe('the key', () => {
  test('is needed for every action', async () => {
    expect(actions).toHaveLength(13)
    for (const { name } of actions) {
      const { school, lone, body } = await withLone()
      const sent = name.includes('decisions') ? { requestIds: ['r-emil'], decision: 'approve' } : body
      for (const headers of [
        {},
        { 'Idempotency-Key': '' },
        { 'Idempotency-Key': 'short' },
        { 'Idempotency-Key': 'k'.repeat(65) },
        { 'Idempotency-Key': 'with space' },
        { 'Idempotency-Key': 'with/slash' },
      ]) {
        const before = school.snapshot()
        const answer = await school.call(name, { as: lone, body: sent, key: null, headers })
        expect([answer.status, answer.problem().type]).toEqual([400, 'idempotency-key-missing'])
        expect({ ...school.snapshot(), activity: [] }).toEqual({ ...before, activity: [] })
        expect(school.activity().at(-1)).toMatchObject({ outcome: 'refused', actorId: 's-lone' })
      }
    }
  })

  test.each(['12345678', 'k'.repeat(64), '0b8f4c1e-5d1f-4d6f-9a50-0a4d8d1f2b11'])(
    'may be %s',
    async (key) => {
      const { school, lone, body } = await withLone()
      expect((await school.call(RESETS, { as: lone, body, key })).status).toBe(200)
    },
  )
})

describe('the same key', () => {
  test('again does nothing twice', async () => {
    const { school, lone, body } = await withLone()
    const key = newKey()
    const first = await school.call(RESETS, { as: lone, body, key })
    const after = school.snapshot()
    school.pass(minutes(2))
    const second = await school.call(RESETS, { as: lone, body, key })
    expect(refusalsIn(second)).toEqual(refusalsIn(first))
    expect(school.snapshot()).toEqual(after)
  })

  test('twice at once does it once', async () => {
    const { school, lone, asta, body } = await withLone()
    const key = newKey()
    const logged = school.activity().length
    const answers = await Promise.all([0, 1, 2].map(() => school.call(STEP_UPS, { as: lone, body, key })))
    for (const answer of answers) expect(refusalsIn(answer)).toEqual([[asta, null]])
    expect(school.activity().length - logged).toBe(1)
    expect(school.snapshot().completedActions).toHaveLength(1)
  })

  test('answers the first decision with the state of now', async () => {
    const { school, lone, asta, body } = await withLone()
    const key = newKey()
    const statusOf = async () => {
      const answer = await school.call(RESETS, { as: lone, body, key })
      const { results, serverTime } = answer.json(resultsSchema)
      const [result] = results
      return { refusal: result?.refusal, window: result?.pupil?.status.resetWindow, serverTime }
    }
    expect(await statusOf()).toEqual({
      refusal: null,
      window: { state: 'open', closesAt: toIso(MORNING + minutes(5)), takenAt: null },
      serverTime: toIso(MORNING),
    })
    school.pass(seconds(90))
    await school.signInAlone('asta2011')
    school.pass(seconds(10))
    expect(await statusOf()).toEqual({
      refusal: null,
      window: { state: 'used', at: toIso(MORNING + seconds(90)) },
      serverTime: toIso(MORNING + seconds(100)),
    })
    expect(school.snapshot().resetWindows).toMatchObject([{ pupilId: asta, openedAt: MORNING }])
  })

  test('keeps a refusal, though it would be carried out now', async () => {
    const { school, lone } = await withLone()
    const bertram = school.id('bert2012')
    const key = newKey()
    const send = () => school.call(RESETS, { as: lone, body: { pupilIds: [bertram] }, key })
    expect(refusalsIn(await send())).toEqual([[bertram, 'blocked']])
    school.change((data) => ({
      ...data,
      pupils: data.pupils.map((each) => (each.id === bertram ? { ...each, block: null } : each)),
    }))
    expect(refusalsIn(await send())).toEqual([[bertram, 'blocked']])
    expect(school.snapshot().resetWindows).toEqual([])
    expect(refusalsIn(await school.call(RESETS, { as: lone, body: { pupilIds: [bertram] } }))).toEqual([
      [bertram, null],
    ])
  })

  test('of a reveal shows the same usernames again, logged once', async () => {
    const { school, lone, asta, body } = await withLone()
    const key = newKey()
    const logged = school.activity().length
    for (const _ of [0, 1]) {
      const answer = await school.call(REVEALS, { as: lone, body, key })
      expect(answer.json(revealedSchema).results).toEqual([{ id: asta, refusal: null, username: 'asta2011' }])
    }
    expect(school.activity().length - logged).toBe(1)
  })

  const misuses: readonly (readonly [
    string,
    string,
    (ids: { asta: string; emil: string }) => unknown,
    ActivityAction,
  ])[] = [
    ['another body', RESETS, ({ emil }) => ({ pupilIds: [emil] }), 'giveNewPassword'],
    [
      'the same ids in another order',
      RESETS,
      ({ asta, emil }) => ({ pupilIds: [emil, asta] }),
      'giveNewPassword',
    ],
    ['another action', CANCELLATIONS, ({ asta, emil }) => ({ pupilIds: [asta, emil] }), 'cancelNewPassword'],
  ]
  test.each(misuses)('with %s is refused', async (_, route, body, action) => {
    const { school, lone, asta } = await withLone()
    const emil = school.id('emil2015')
    const key = newKey()
    await school.call(RESETS, { as: lone, body: { pupilIds: [asta, emil] }, key })
    school.pass(seconds(1))
    const attempt = () => school.call(route, { as: lone, body: body({ asta, emil }), key })
    await expectRefused(school, attempt, {
      status: 422,
      type: 'idempotency-key-reused',
      action,
      by: 's-lone',
    })
  })

  test('by another person is that person own key', async () => {
    const { school, lone, asta, body } = await withLone()
    const mads = await school.signIn('mads5512')
    const key = newKey()
    await school.call(RESETS, { as: lone, body, key })
    school.pass(minutes(1))
    expect(refusalsIn(await school.call(RESETS, { as: mads, body, key }))).toEqual([[asta, null]])
    expect(school.snapshot().resetWindows).toMatchObject([
      { openedBy: 's-mads', openedAt: MORNING + minutes(1) },
    ])
    const other = { pupilIds: [school.id('emil2015')] }
    expect(
      (await school.call(STEP_UPS, { as: await school.signIn('omar7310'), body: other, key })).status,
    ).toBe(404)
  })

  test('in a new session of the same person still does nothing twice', async () => {
    const { school, lone, body } = await withLone()
    const key = newKey()
    await school.call(RESETS, { as: lone, body, key })
    school.pass(minutes(1))
    const again = await school.signIn('lone4821')
    await school.call(RESETS, { as: again, body, key })
    expect(school.snapshot().resetWindows).toMatchObject([{ openedAt: MORNING }])
  })

  test('after a refusal that changed nothing may be used for what is right', async () => {
    const { school, lone, asta, body } = await withLone()
    const key = newKey()
    expect((await school.call(RESETS, { as: lone, body: { pupilIds: ['p-nobody'] }, key })).status).toBe(404)
    expect((await school.call(RESETS, { as: lone, body: { pupilIds: [] }, key })).status).toBe(422)
    expect(refusalsIn(await school.call(RESETS, { as: lone, body, key }))).toEqual([[asta, null]])
  })
})
