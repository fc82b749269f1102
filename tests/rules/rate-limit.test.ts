import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import * as limits from '../../server/rate-limit'
import {
  count,
  type Limit,
  NAMES_TAKEN_AWAY,
  slipsPrintedBy,
  UNKNOWN_USERNAMES_PER_SOURCE,
  USERNAMES_SHOWN,
  WRONG_PASSWORDS_PER_SOURCE,
  WRONG_PASSWORDS_PER_USERNAME,
  WRONG_PASSWORDS_PER_USERNAME_AND_SOURCE,
  waitUntil,
} from '../../server/rate-limit'
import { createMemoryStore } from '../../server/store/memory'
import { type Instant, minutes, seconds } from '../../server/time'
import { emptySchool, MOMENT, NOW } from './ordinary-pupil'

const limit: Limit = { name: 'test', max: 3, per: minutes(10) }

/** Counters of one limit in a store of their own. */
function counters(of: Limit = limit) {
  const store = createMemoryStore(emptySchool)
  return {
    wait: (amount: number, now: Instant, who = 'lone') =>
      store.transaction((unit) => waitUntil(unit, of, who, amount, now)),
    count: (amount: number, now: Instant, who = 'lone') =>
      store.transaction((unit) => count(unit, of, who, amount, now)),
  }
}

test('the limits are these', () => {
  expect(WRONG_PASSWORDS_PER_USERNAME_AND_SOURCE).toMatchObject({ max: 10, per: minutes(15) })
  expect(WRONG_PASSWORDS_PER_USERNAME).toMatchObject({ max: 100, per: minutes(15) })
  expect(WRONG_PASSWORDS_PER_SOURCE).toMatchObject({ max: 300, per: minutes(15) })
  expect(UNKNOWN_USERNAMES_PER_SOURCE).toMatchObject({ max: 60, per: minutes(15) })
  expect(USERNAMES_SHOWN).toMatchObject({ max: 300, per: minutes(10) })
  expect(slipsPrintedBy.teacher).toMatchObject({ max: 300, per: minutes(60) })
  expect(slipsPrintedBy.userAdministrator).toMatchObject({ max: 2_000, per: minutes(60) })
  expect(NAMES_TAKEN_AWAY).toMatchObject({ max: 20_000, per: minutes(60) })
  const all = [
    slipsPrintedBy.teacher,
    slipsPrintedBy.userAdministrator,
    NAMES_TAKEN_AWAY,
    WRONG_PASSWORDS_PER_USERNAME_AND_SOURCE,
    WRONG_PASSWORDS_PER_USERNAME,
    WRONG_PASSWORDS_PER_SOURCE,
    UNKNOWN_USERNAMES_PER_SOURCE,
    USERNAMES_SHOWN,
  ]
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length)
})

describe('a limit', () => {
  test('lets the last one through and not the next', async () => {
    const { wait, count } = counters()
    await count(2, NOW)
    expect(await wait(1, NOW)).toBeNull()
    await count(1, NOW)
    expect(await wait(1, NOW)).toBe(NOW + minutes(10))
  })

  test('has room again when what was counted is exactly as old as the stretch', async () => {
    const { wait, count } = counters()
    await count(3, NOW)
    expect(await wait(1, NOW + minutes(10) - MOMENT)).toBe(NOW + minutes(10))
    expect(await wait(1, NOW + minutes(10))).toBeNull()
  })

  test('waits only for as many as are needed to leave', async () => {
    const { wait, count } = counters()
    for (const place of [0, 1, 2]) await count(1, NOW + seconds(place))
    const now = NOW + seconds(3)
    expect(await wait(1, now)).toBe(NOW + minutes(10))
    expect(await wait(2, now)).toBe(NOW + seconds(1) + minutes(10))
    expect(await wait(3, now)).toBe(NOW + seconds(2) + minutes(10))
  })

  test('that more than fits is asked of, answers when the bucket is empty', async () => {
    const { wait, count } = counters()
    expect(await wait(4, NOW)).toBe(NOW + minutes(10))
    await count(1, NOW)
    expect(await wait(4, NOW + seconds(5))).toBe(NOW + minutes(10))
  })

  test('counts each person alone, and each limit alone', async () => {
    const { wait, count } = counters()
    await count(3, NOW, 'lone')
    expect(await wait(1, NOW, 'lone')).not.toBeNull()
    expect(await wait(1, NOW, 'omar')).toBeNull()
    const store = createMemoryStore(emptySchool)
    await store.transaction((unit) => unit.addToBucket('test lone', 3, NOW))
    expect(
      await store.transaction((unit) => waitUntil(unit, { ...limit, name: 'other' }, 'lone', 1, NOW)),
    ).toBeNull()
  })

  test('forgets what was given back, and does not let it shorten the wait for the rest', async () => {
    const { wait, count } = counters()
    await count(1, NOW)
    await count(-1, NOW)
    for (const place of [5, 6, 7]) await count(1, NOW + seconds(place))
    expect(await wait(1, NOW + seconds(8))).toBe(NOW + seconds(5) + minutes(10))
  })
})

test('never lets more than max through in any stretch, and never makes anyone wait longer than needed', async () => {
  const attempt = fc.record({
    after: fc.oneof(fc.constantFrom(0, minutes(10), minutes(10) - MOMENT), fc.nat({ max: minutes(6) })),
    amount: fc.integer({ min: 1, max: 3 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(attempt, { maxLength: 40 }), async (attempts) => {
      const { wait, count } = counters()
      const through: { at: Instant; amount: number }[] = []
      const within = (now: Instant) =>
        through.filter(({ at }) => at > now - limit.per).reduce((sum, { amount }) => sum + amount, 0)
      let now = NOW
      for (const { after, amount } of attempts) {
        now += after
        const free = await wait(amount, now)
        expect(free === null).toBe(within(now) + amount <= limit.max)
        if (free === null) {
          await count(amount, now)
          through.push({ at: now, amount })
        } else {
          expect(free).toBeGreaterThan(now)
          expect(within(free) + amount).toBeLessThanOrEqual(limit.max)
          expect(within(free - MOMENT) + amount).toBeGreaterThan(limit.max)
        }
      }
      for (const { at: last } of through) {
        const stretch = through.filter(({ at }) => at > last - limit.per && at <= last)
        expect(stretch.reduce((sum, { amount }) => sum + amount, 0)).toBeLessThanOrEqual(limit.max)
      }
    }),
  )
})

test('no limit looks further back than the counts are kept', () => {
  const isLimit = (thing: unknown): thing is Limit =>
    typeof thing === 'object' && thing !== null && 'per' in thing && typeof thing.per === 'number'
  const all = [...Object.values(limits), ...Object.values(slipsPrintedBy)].filter(isLimit)
  expect(all.length).toBeGreaterThan(10)
  expect(Math.max(...all.map(({ per }) => per))).toBe(limits.RATE_LIMIT_LONGEST)
})
