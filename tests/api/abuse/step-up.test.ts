import { describe, expect, test } from 'vitest'
import { classListSchema } from '../../../server/classes/schema'
import { pupilListSchema } from '../../../server/pupils/schema'
import type { StepUpRequest, StepUpRequestOutcome } from '../../../server/step-up/rules'
import { hours, minutes, seconds, toIso } from '../../../server/time'
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

const DECISIONS = 'POST /api/step-up-requests/decisions'
const STEP_UPS = 'POST /api/pupils/step-ups'
const ENDS = 'POST /api/pupils/step-up-ends'

const request = (id: string, pupilId: string, rest: Partial<StepUpRequest> = {}): StepUpRequest => ({
  id,
  pupilId,
  service: 'aula',
  checkCode: '31',
  requestedAt: MORNING,
  outcome: null,
  ...rest,
})

const decide = (
  school: SchoolUnderTest,
  as: Person,
  requestIds: readonly string[],
  decision: 'approve' | 'decline' = 'approve',
) => school.call(DECISIONS, { as, body: { requestIds, decision } })

async function withLone() {
  const school = schoolUnderTest()
  const lone = await school.signIn('lone4821')
  const seen = async (username: string, as: Person = lone) => {
    const { pupils } = (await school.call('GET /api/pupils', { as })).json(pupilListSchema)
    return pupils.find(({ id }) => id === school.id(username))?.status
  }
  return { school, lone, seen, emil: school.id('emil2015') }
}

describe('abuse case 17: approving what is no longer there', () => {
  test.each<StepUpRequestOutcome['decision']>(['approved', 'declined', 'withdrawn', 'replaced'])(
    'a request that was %s: refused, and in the log',
    async (decision) => {
      const { school, lone, emil } = await withLone()
      const ended = request('r-emil', emil, { outcome: { decision, at: MORNING } })
      school.change((data) => ({ ...data, stepUpRequests: [ended] }))
      for (const choice of ['approve', 'decline'] as const) {
        const before = lasting(school.snapshot())
        expect(refusalsIn(await decide(school, lone, ['r-emil'], choice))).toEqual([['r-emil', 'notWaiting']])
        expect(school.snapshot().stepUpRequests).toEqual([ended])
        expect({ ...lasting(school.snapshot()), completedActions: [] }).toEqual({
          ...before,
          completedActions: [],
        })
        expect(school.activity().at(-1)).toMatchObject({
          action: choice === 'approve' ? 'approveStepUpRequest' : 'declineStepUpRequest',
          actorId: 's-lone',
          pupilId: emil,
          outcome: 'refused',
          reason: 'notWaiting',
        })
      }
    },
  )

  test('an earlier request of a pupil who has made a new one: refused, and the new one still waits', async () => {
    const { school, lone, emil, seen } = await withLone()
    school.change((data) => ({
      ...data,
      // The newest first, as no store promises an order.
      stepUpRequests: [
        request('r-new', emil, { requestedAt: MORNING + seconds(30) }),
        request('r-old', emil, { requestedAt: MORNING }),
      ],
    }))
    expect((await seen('emil2015'))?.stepUpRequest?.id).toBe('r-new')
    expect(refusalsIn(await decide(school, lone, ['r-old']))).toEqual([['r-old', 'notWaiting']])
    expect((await seen('emil2015'))?.stepUp).toBeNull()
    expect((await seen('emil2015'))?.stepUpRequest?.id).toBe('r-new')
    expect(refusalsIn(await decide(school, lone, ['r-new']))).toEqual([['r-new', null]])
  })

  test('a pupil who has left, or is in another class: as if the request did not exist', async () => {
    const { school, lone, emil } = await withLone()
    const refusal = {
      status: 404,
      type: 'not-found',
      action: 'approveStepUpRequest',
      by: 's-lone',
    } as const
    school.change((data) => ({
      ...data,
      pupils: data.pupils.map((each) => (each.id === emil ? { ...each, active: false } : each)),
    }))
    await expectRefused(school, () => decide(school, lone, ['r-emil']), refusal)

    const [stranger] = pupilsOf(school.snapshot(), 'birkeskolen-3a')
    if (!stranger) throw new Error('3.A has pupils')
    school.change((data) => ({ ...data, stepUpRequests: [request('r-stranger', stranger.id)] }))
    await expectRefused(school, () => decide(school, lone, ['r-stranger']), refusal)
  })

  test('a request ends by itself after 15 minutes', async () => {
    const { school, lone, seen } = await withLone()
    // Emil asked 12 seconds before the morning.
    school.pass(minutes(15) - seconds(12) - 1)
    expect((await seen('emil2015'))?.stepUpRequest).toMatchObject({ id: 'r-emil', checkCode: '47' })
    school.pass(1)
    expect((await seen('emil2015'))?.stepUpRequest).toBeNull()
    const { classes } = (await school.call('GET /api/classes', { as: lone })).json(classListSchema)
    expect(classes.map(({ waitingCount }) => waitingCount)).toEqual([0, 0, 0])
    expect(refusalsIn(await decide(school, lone, ['r-emil']))).toEqual([['r-emil', 'notWaiting']])
    expect(school.snapshot().stepUps).toEqual([])
  })

  test('a blocked pupil who waits is not approved, and can be declined', async () => {
    const { school, lone, seen } = await withLone()
    const bertram = school.id('bert2012')
    school.change((data) => ({ ...data, stepUpRequests: [request('r-bertram', bertram)] }))
    expect(refusalsIn(await decide(school, lone, ['r-bertram']))).toEqual([['r-bertram', 'blocked']])
    expect((await seen('bert2012'))?.stepUpRequest?.id).toBe('r-bertram')
    expect(refusalsIn(await decide(school, lone, ['r-bertram'], 'decline'))).toEqual([['r-bertram', null]])
    expect(school.snapshot().stepUps).toEqual([])
  })
})

describe('abuse case 18: approve all', () => {
  const threeWaiting = async () => {
    const { school, lone, seen } = await withLone()
    const [one, two, late] = pupilsOf(school.snapshot(), 'birkeskolen-4b').map(({ id }) => id)
    if (!one || !two || !late) throw new Error('4.B has pupils')
    school.change((data) => ({ ...data, stepUpRequests: [request('r-1', one), request('r-2', two)] }))
    return { school, lone, seen, one, two, late }
  }

  test('covers exactly the requests shown at the click; a late arrival waits', async () => {
    const { school, lone, one, two, late } = await threeWaiting()
    school.change((data) => ({ ...data, stepUpRequests: [...data.stepUpRequests, request('r-3', late)] }))
    expect(refusalsIn(await decide(school, lone, ['r-1', 'r-2']))).toEqual([
      ['r-1', null],
      ['r-2', null],
    ])
    const { stepUps, stepUpRequests } = school.snapshot()
    expect(stepUps.map(({ pupilId }) => pupilId).toSorted()).toEqual([one, two].toSorted())
    expect(stepUpRequests.find(({ id }) => id === 'r-3')?.outcome).toBeNull()
    const { classes } = (await school.call('GET /api/classes', { as: lone })).json(classListSchema)
    expect(classes.map(({ name, waitingCount }) => [name, waitingCount])).toEqual([
      ['2.A', 0],
      ['4.B', 1],
      ['Tysk 8', 0],
    ])
  })

  test('a double click approves once', async () => {
    const { school, lone } = await threeWaiting()
    const click = () => decide(school, lone, ['r-1'])
    const [first, second] = await Promise.all([click(), click()])
    expect(refusalsIn(first)).toEqual([['r-1', null]])
    expect(refusalsIn(second)).toEqual([['r-1', 'notWaiting']])
    expect(school.snapshot().stepUps).toHaveLength(1)
  })

  test('two teachers at once approve once; and once approved, no one declines', async () => {
    const { school, lone } = await withLone()
    const mads = await school.signIn('mads5512')
    const answers = await Promise.all([
      decide(school, lone, ['r-emil']),
      decide(school, mads, ['r-emil'], 'decline'),
      decide(school, mads, ['r-emil']),
    ])
    // Whichever comes first, the others come too late.
    const refusals = answers.map((answer) => refusalsIn(answer)[0]?.[1])
    expect(refusals.toSorted()).toEqual(['notWaiting', 'notWaiting', null])
    const byWinner = [[{ startedBy: 's-lone' }], [], [{ startedBy: 's-mads' }]]
    expect(school.snapshot().stepUps).toMatchObject(byWinner[refusals.indexOf(null)] ?? [])
    expect(school.snapshot().stepUps).toHaveLength(refusals.indexOf(null) === 1 ? 0 : 1)
    const done = school
      .activity()
      .filter(({ action, outcome }) => /Request/.test(action) && outcome === 'done')
    expect(done).toHaveLength(1)
  })
})

describe('abuse case 19: the end of a step-up', () => {
  test("comes at 2:00:00 by the server's clock, on every device", async () => {
    const { school, lone, seen, emil } = await withLone()
    await decide(school, lone, ['r-emil'])
    const until = { endsAt: toIso(MORNING + hours(2)) }
    for (let quarter = 0; quarter < 8; quarter += 1) {
      expect((await seen('emil2015'))?.stepUp).toEqual(until)
      await school.call('POST /api/session/keep-alive', { as: lone })
      school.pass(minutes(15) - (quarter === 7 ? 1 : 0))
    }
    const otherDevice = await school.signIn('lone4821')
    for (const as of [lone, otherDevice]) expect((await seen('emil2015', as))?.stepUp).toEqual(until)

    school.pass(1)
    for (const as of [lone, otherDevice]) expect((await seen('emil2015', as))?.stepUp).toBeNull()
    const late = await school.call(ENDS, { as: lone, body: { pupilIds: [emil] } })
    expect(refusalsIn(late)).toEqual([[emil, 'notSteppedUp']])
  })

  test('the time a browser claims changes nothing', async () => {
    const { school, lone, emil } = await withLone()
    await school.call(STEP_UPS, {
      as: lone,
      body: { pupilIds: [emil], startedAt: '2030-01-01T00:00:00Z', endsAt: '2030-01-01T00:00:00Z' },
      headers: { Date: 'Tue, 01 Jan 2030 00:00:00 GMT' },
    })
    expect(school.snapshot().stepUps).toEqual([
      { pupilId: emil, startedAt: MORNING, startedBy: 's-lone', endedAt: null },
    ])
  })

  test('comes earlier by the teacher, for that pupil only', async () => {
    const { school, lone, seen, emil } = await withLone()
    const asta = school.id('asta2011')
    await school.call(STEP_UPS, { as: lone, body: { pupilIds: [emil, asta] } })
    school.pass(minutes(10))
    expect(refusalsIn(await school.call(ENDS, { as: lone, body: { pupilIds: [emil] } }))).toEqual([
      [emil, null],
    ])
    expect((await seen('emil2015'))?.stepUp).toBeNull()
    expect((await seen('asta2011'))?.stepUp).not.toBeNull()
    const again = await school.call(ENDS, { as: lone, body: { pupilIds: [emil] } })
    expect(refusalsIn(again)).toEqual([[emil, 'notSteppedUp']])
    expect(school.snapshot().stepUps.find(({ pupilId }) => pupilId === emil)?.endedAt).toBe(
      MORNING + minutes(10),
    )
  })

  test('stepping up in advance lets in who waits, and nobody who is blocked', async () => {
    const { school, lone, emil, seen } = await withLone()
    const bertram = school.id('bert2012')
    const answer = await school.call(STEP_UPS, { as: lone, body: { pupilIds: [emil, bertram] } })
    expect(refusalsIn(answer)).toEqual([
      [emil, null],
      [bertram, 'blocked'],
    ])
    expect((await seen('emil2015'))?.stepUpRequest).toBeNull()
    expect(school.snapshot().stepUpRequests[0]?.outcome).toEqual({ decision: 'approved', at: MORNING })
    expect((await seen('bert2012'))?.stepUp).toBeNull()
  })
})

describe('abuse case 20: ended requests and floods', () => {
  test('a declined request stays ended: no approval, no step-up', async () => {
    const { school, lone, seen } = await withLone()
    expect(refusalsIn(await decide(school, lone, ['r-emil'], 'decline'))).toEqual([['r-emil', null]])
    school.pass(seconds(1))
    expect(refusalsIn(await decide(school, lone, ['r-emil']))).toEqual([['r-emil', 'notWaiting']])
    expect(await seen('emil2015')).toMatchObject({ stepUp: null, stepUpRequest: null })
    expect(school.snapshot().stepUpRequests[0]?.outcome).toEqual({ decision: 'declined', at: MORNING })
  })

  test('a flood of requests from one pupil is one row and counts as one', async () => {
    const { school, lone, seen, emil } = await withLone()
    school.change((data) => ({
      ...data,
      stepUpRequests: Array.from({ length: 200 }, (_, place) =>
        request(`r-${place}`, emil, { requestedAt: MORNING + place }),
      ),
    }))
    const { pupils } = (await school.call('GET /api/pupils', { as: lone })).json(pupilListSchema)
    expect(pupils.filter(({ status }) => status.stepUpRequest !== null)).toHaveLength(1)
    expect((await seen('emil2015'))?.stepUpRequest?.id).toBe('r-199')
    const { classes } = (await school.call('GET /api/classes', { as: lone })).json(classListSchema)
    expect(classes[0]?.waitingCount).toBe(1)
  })
})
