import { describe, expect, test } from 'vitest'
import { takeWindow } from '../../../server/password-reset/use-window'
import { type PupilAnswer, pupilListSchema } from '../../../server/pupils/schema'
import { startStepUp } from '../../../server/step-up/rules'
import { days, hours, minutes, seconds, toIso } from '../../../server/time'
import { blockSince } from '../../rules/ordinary-pupil'
import { MORNING, type Person, refusalsIn, type SchoolUnderTest, schoolUnderTest } from '../school-under-test'

const RESETS = 'POST /api/pupils/password-resets'
const CANCELLATIONS = 'POST /api/pupils/password-reset-cancellations'

const at = (afterMorning: number) => toIso(MORNING + afterMorning)

async function withLone() {
  const school = schoolUnderTest()
  const lone = await school.signIn('lone4821')
  const asta = school.id('asta2011')
  return {
    school,
    lone,
    asta,
    give: (as: Person = lone) => school.call(RESETS, { as, body: { pupilIds: [asta] } }),
    undo: (as: Person = lone) => school.call(CANCELLATIONS, { as, body: { pupilIds: [asta] } }),
    seenBy: (as: Person = lone) => seen(school, as, asta),
    passwordSetAt: () => school.pupil('asta2011').passwordSetAt,
  }
}

async function seen(school: SchoolUnderTest, as: Person, id: string): Promise<PupilAnswer> {
  const { pupils } = (await school.call('GET /api/pupils', { as })).json(pupilListSchema)
  const found = pupils.find((pupil) => pupil.id === id)
  if (!found) throw new Error(`${id} is not shown`)
  return found
}

describe('abuse case 12: signing in with the username alone', () => {
  test('before there is a window: no', async () => {
    const { school, passwordSetAt } = await withLone()
    const before = passwordSetAt()
    await school.signInAlone('asta2011')
    expect(passwordSetAt()).toBe(before)
  })

  test('at 4:59: yes, and the teacher sees when', async () => {
    const { school, give, seenBy, passwordSetAt } = await withLone()
    await give()
    expect((await seenBy()).status.resetWindow).toEqual({
      state: 'open',
      closesAt: at(minutes(5)),
      takenAt: null,
    })
    school.pass(minutes(4) + seconds(59))
    expect((await seenBy()).status.resetWindow).toEqual({
      state: 'open',
      closesAt: at(minutes(5)),
      takenAt: null,
    })
    await school.signInAlone('asta2011')
    expect(passwordSetAt()).toBe(school.clock.now())
    expect((await seenBy()).status.resetWindow).toEqual({
      state: 'used',
      at: at(minutes(4) + seconds(59)),
    })
  })

  test('at 5:00: no, and the old password is untouched', async () => {
    const { school, give, seenBy, passwordSetAt } = await withLone()
    const before = passwordSetAt()
    await give()
    school.pass(minutes(5))
    await school.signInAlone('asta2011')
    expect(passwordSetAt()).toBe(before)
    expect((await seenBy()).status.resetWindow).toEqual({ state: 'expired', at: at(minutes(5)) })
  })

  test('after use: no', async () => {
    const { school, give, passwordSetAt } = await withLone()
    await give()
    await school.signInAlone('asta2011')
    school.pass(seconds(1))
    await school.signInAlone('asta2011')
    expect(passwordSetAt()).toBe(MORNING)
  })

  test('after undo: no, and the teacher sees no window', async () => {
    const { school, give, undo, seenBy, passwordSetAt } = await withLone()
    const before = passwordSetAt()
    await give()
    await undo()
    await school.signInAlone('asta2011')
    expect(passwordSetAt()).toBe(before)
    expect((await seenBy()).status.resetWindow).toBeNull()
  })

  test('twice at once: exactly one wins', async () => {
    const { school, give, asta } = await withLone()
    await give()
    const tries = await Promise.all(
      [0, 1, 2].map((place) =>
        school.store.transaction((unit) =>
          takeWindow(unit, school.pupil('asta2011'), `ref-${place}`, MORNING + seconds(place)),
        ),
      ),
    )
    expect(tries.filter((hasWon) => hasWon)).toHaveLength(1)
    // Which one came first is the store's affair.
    const winner = tries.indexOf(true)
    const takenAt = MORNING + seconds(winner)
    expect(school.snapshot().resetWindows).toMatchObject([
      { pupilId: asta, takenAt, takenBy: `ref-${winner}`, usedAt: null },
    ])
  })

  test('undo and use at once: whichever comes first', async () => {
    const { school, give, undo, asta } = await withLone()
    await give()
    const [undone] = await Promise.all([undo(), school.signInAlone('asta2011')])
    const [window] = school.snapshot().resetWindows
    const [[, refusal] = []] = refusalsIn(undone)
    expect(window?.pupilId).toBe(asta)
    expect([window?.usedAt, window?.cancelledAt].filter((at) => at === MORNING)).toHaveLength(1)
    expect(refusal).toBe(window?.usedAt === null ? null : 'windowUsed')
  })
})

describe('abuse case 13: somebody else takes the window first', () => {
  test('the teacher sees when it was used, cannot undo it, and can give a new one', async () => {
    const { school, give, undo, seenBy } = await withLone()
    await give()
    school.pass(seconds(20))
    await school.signInAlone('asta2011')
    school.pass(seconds(40))
    expect((await seenBy()).status.resetWindow).toEqual({ state: 'used', at: at(seconds(20)) })
    expect((await seenBy()).can.giveNewPassword).toEqual({ allowed: true })
    expect(refusalsIn(await undo()).map(([, refusal]) => refusal)).toEqual(['windowUsed'])

    expect(refusalsIn(await give()).map(([, refusal]) => refusal)).toEqual([null])
    expect((await seenBy()).status.resetWindow).toEqual({
      state: 'open',
      closesAt: at(minutes(6)),
      takenAt: null,
    })
  })
})

describe('abuse case 14: what a reset does besides', () => {
  test('it never unblocks, and opens nothing for who is blocked', async () => {
    const { school, lone } = await withLone()
    const bertram = school.id('bert2012')
    const answer = await school.call(RESETS, { as: lone, body: { pupilIds: [bertram] } })
    expect(refusalsIn(answer)).toEqual([[bertram, 'blocked']])
    expect(school.pupil('bert2012').block).not.toBeNull()
    expect(school.snapshot().resetWindows).toEqual([])
    expect(school.activity().at(-1)).toMatchObject({
      action: 'giveNewPassword',
      pupilId: bertram,
      outcome: 'refused',
      reason: 'blocked',
    })
  })

  test('a block during an open window closes it to the pupil', async () => {
    const { school, give, passwordSetAt } = await withLone()
    const before = passwordSetAt()
    await give()
    school.change((data) => ({
      ...data,
      pupils: data.pupils.map((each) =>
        each.username === 'asta2011' ? { ...each, block: blockSince(MORNING) } : each,
      ),
    }))
    await school.signInAlone('asta2011')
    expect(passwordSetAt()).toBe(before)
  })

  test('it ends a running step-up', async () => {
    const { school, give, asta, seenBy } = await withLone()
    school.change((data) => ({ ...data, stepUps: [startStepUp(asta, 's-mads', MORNING)] }))
    school.pass(minutes(1))
    expect((await seenBy()).status.stepUp).toEqual({ endsAt: at(hours(2)) })
    await give()
    expect((await seenBy()).status.stepUp).toBeNull()
    expect(school.snapshot().stepUps).toMatchObject([{ pupilId: asta, endedAt: MORNING + minutes(1) }])
  })

  test('a refused reset leaves a step-up running', async () => {
    const { school, lone } = await withLone()
    const carla = school.id('carl2013')
    school.change((data) => ({ ...data, stepUps: [startStepUp(carla, 's-lone', MORNING)] }))
    await school.call(RESETS, { as: lone, body: { pupilIds: [carla] } })
    expect((await seen(school, lone, carla)).status.stepUp).not.toBeNull()
  })

  test("a second teacher's reset inside the window restarts it once, and both see it", async () => {
    const { school, give, asta, seenBy } = await withLone()
    const mads = await school.signIn('mads5512')
    await give()
    school.pass(minutes(3))
    await give(mads)
    const open = { state: 'open', closesAt: at(minutes(8)), takenAt: null }
    expect((await seenBy()).status.resetWindow).toEqual(open)
    expect((await seenBy(mads)).status.resetWindow).toEqual(open)
    expect(school.snapshot().resetWindows).toEqual([
      {
        pupilId: asta,
        openedAt: MORNING + minutes(3),
        openedBy: 's-mads',
        takenAt: null,
        takenBy: null,
        usedAt: null,
        cancelledAt: null,
      },
    ])
    school.pass(minutes(5) - 1)
    expect((await seenBy()).status.resetWindow).toEqual(open)
    school.pass(1)
    expect((await seenBy()).status.resetWindow?.state).toBe('expired')
  })
})

describe('abuse case 16: passwords stay on the side of the pupil', () => {
  test("the policy shown is the pupil's: the year's, or the override", async () => {
    const { school, lone } = await withLone()
    const policies = await Promise.all(
      ['asta2011', 'frej4011', 'gust4012', 'hann8011'].map(async (username) => {
        const { policy, policyOverridden } = await seen(school, lone, school.id(username))
        return [username, policy, policyOverridden]
      }),
    )
    expect(policies).toEqual([
      ['asta2011', 'indskoling', false],
      ['frej4011', 'mellemtrin', false],
      ['gust4012', 'indskoling', true],
      ['hann8011', 'udskoling', false],
    ])
  })

  test('no answer to a reset has anything like a password', async () => {
    const { give, undo } = await withLone()
    for (const answer of [await give(), await undo()]) {
      expect(answer.text.replaceAll('giveNewPassword', '')).not.toMatch(/password/i)
      expect(answer.text).not.toMatch(/secret|picture|hash/i)
    }
  })

  test('who moved up and got a new password need not change it', async () => {
    const { school, lone } = await withLone()
    const freja = school.id('frej4011')
    expect((await seen(school, lone, freja)).status.mustChange).toEqual({
      because: 'movedUp',
      by: at(days(18)),
    })
    await school.call(RESETS, { as: lone, body: { pupilIds: [freja] } })
    await school.signInAlone('frej4011')
    expect((await seen(school, lone, freja)).status.mustChange).toBeNull()
  })

  test('who never signed in is started by a reset', async () => {
    const { school, lone } = await withLone()
    const dicte = school.id('dict2014')
    expect((await seen(school, lone, dicte)).status.neverSignedIn).toBe(true)
    await school.call(RESETS, { as: lone, body: { pupilIds: [dicte] } })
    expect((await seen(school, lone, dicte)).status.neverSignedIn).toBe(true)
    await school.signInAlone('dict2014')
    expect((await seen(school, lone, dicte)).status.neverSignedIn).toBe(false)
  })
})

describe('undo', () => {
  test('is too late at 5:00, and not a moment before', async () => {
    const early = await withLone()
    await early.give()
    early.school.pass(minutes(5) - 1)
    expect(refusalsIn(await early.undo())).toEqual([[early.asta, null]])

    const late = await withLone()
    await late.give()
    late.school.pass(minutes(5))
    expect(refusalsIn(await late.undo())).toEqual([[late.asta, 'windowExpired']])
  })

  test('says where there is nothing to undo, and of two undos the second does nothing', async () => {
    const { give, undo, asta, school } = await withLone()
    expect(refusalsIn(await undo())).toEqual([[asta, 'noWindow']])
    await give()
    expect(refusalsIn(await undo())).toEqual([[asta, null]])
    const undone = school.snapshot().resetWindows
    school.pass(seconds(1))
    expect(refusalsIn(await undo())).toEqual([[asta, 'noWindow']])
    expect(school.snapshot().resetWindows).toEqual(undone)
  })
})
