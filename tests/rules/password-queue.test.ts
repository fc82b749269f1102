import { describe, expect, test } from 'vitest'
import type { PasswordHash } from '../../server/passwords/hash'
import { inTurn, LONGEST_WAIT } from '../../server/passwords/queue'
import { Problem } from '../../server/problems'
import { type Duration, minutes, seconds } from '../../server/time'

/** A machine on which a password takes as long as the test says. */
function machine({ atOnce }: { atOnce: number }) {
  let now = 0
  const running: { finish: () => void; fail: () => void }[] = []
  let began = 0
  const slow: PasswordHash = {
    hash: (secret) =>
      new Promise((resolve, reject) => {
        began += 1
        running.push({ finish: () => resolve(`hash of ${secret}`), fail: () => reject(new Error('broken')) })
      }),
    matches: async (secret, hash) => (await slow.hash(secret)) === hash,
  }
  const { hash, matches, ...turns } = inTurn(slow, { atOnce, clock: { now: () => now } })
  const refusals: number[] = []
  return {
    hash,
    matches,
    inTurn: turns.inTurn,
    running,
    began: () => began,
    refusals,
    /** Somebody gives a password, and takes note of a refusal. */
    give: (secret = 'x') =>
      hash(secret).catch((error: unknown) => {
        if (!(error instanceof Problem)) throw error
        expect([error.type, error.status]).toEqual(['unavailable', 503])
        refusals.push(error.details.retryAfterSeconds ?? 0)
        return null
      }),
    /** The one that has run longest is done. */
    async finish(took: Duration, how: 'finish' | 'fail' = 'finish') {
      now += took
      running.shift()?.[how]()
      await settled()
    },
  }
}

/** All that has been answered has gone on. */
const settled = () => new Promise((resolve) => setImmediate(resolve))

describe('passwords in turn', () => {
  test('so many run side by side, the others in the order they came', async () => {
    const { give, finish, running, began } = machine({ atOnce: 2 })
    const done: string[] = []
    for (const secret of ['a', 'b', 'c', 'd']) void give(secret).then(() => done.push(secret))
    await settled()
    expect(began()).toBe(2)
    for (const expected of [['a'], ['a', 'b'], ['a', 'b', 'c'], ['a', 'b', 'c', 'd']]) {
      await finish(seconds(0.2))
      expect(done).toEqual(expected)
      expect(running.length).toBeLessThanOrEqual(2)
    }
    expect(began()).toBe(4)
  })

  test('what is asked is answered', async () => {
    const { hash, matches, finish } = machine({ atOnce: 1 })
    const answers = Promise.all([hash('a'), matches('b', 'hash of b'), matches('c', null)])
    for (let turn = 0; turn < 3; turn += 1) await finish(seconds(0.2))
    expect(await answers).toEqual(['hash of a', true, false])
  })

  test('work that looks at several passwords waits once, and is not begun where there is no room', async () => {
    const { inTurn, give, finish, running, began } = machine({ atOnce: 1 })
    void give('before')
    const both = inTurn?.(async ({ hash, matches }) => [await hash('a'), await matches('b', 'hash of b')])
    void give('after')
    await finish(seconds(0.2))
    await finish(seconds(0.2))
    expect([began(), running.length]).toEqual([3, 1])
    await finish(seconds(0.2))
    expect(await both).toEqual(['hash of a', true])

    for (let turn = 0; turn < 100; turn += 1) void give()
    let isBegun = false
    const refused = inTurn?.(async () => {
      isBegun = true
    })
    await expect(refused).rejects.toThrow('unavailable')
    expect(isBegun).toBe(false)
  })

  test('one that fails gives its place to the next', async () => {
    const { hash, finish } = machine({ atOnce: 1 })
    const [first, second] = [hash('a'), hash('b')]
    first.catch(() => {})
    await finish(seconds(0.2), 'fail')
    await finish(seconds(0.2))
    await expect(first).rejects.toThrow('broken')
    expect(await second).toBe('hash of b')
    const third = hash('c')
    await finish(seconds(0.2))
    expect(await third).toBe('hash of c')
  })

  test('a whole school at once: who would wait longer than 6 s is told at once when to come again', async () => {
    const { give, refusals, began } = machine({ atOnce: 2 })
    for (let pupil = 0; pupil < 1500; pupil += 1) void give()
    await settled()
    expect(began()).toBe(2)
    // At 0.2 s each and two at once, 60 more are done in 6 s.
    expect(refusals).toHaveLength(1500 - 2 - 60)
    // Ten come a second, from when there is room; those of after two minutes come beside the first.
    const comingAt = (second: number) => refusals.filter((each) => each === second).length
    expect([Math.min(...refusals), Math.max(...refusals)]).toEqual([6, 120])
    for (let second = 7; second <= 120; second += 1) {
      expect(comingAt(second)).toBeGreaterThanOrEqual(9)
      expect(comingAt(second)).toBeLessThanOrEqual(21)
    }
  })

  test('where it has become slower, who has waited longer than 6 s is told to come again, and not looked at', async () => {
    const { give, finish, running, began, refusals } = machine({ atOnce: 1 })
    for (let pupil = 0; pupil < 20; pupil += 1) void give()
    await settled()
    expect(refusals).toEqual([])
    while (running.length > 0) await finish(seconds(1))
    // Those who came to their turn after 0, 1 … 6 s.
    expect(began()).toBe(7)
    expect(refusals).toHaveLength(13)
    expect(Math.min(...refusals)).toBe(6)
    const later = give()
    await finish(seconds(1))
    expect(await later).toBe('hash of x')
  })

  test('the whole school is done in the end, and the queue is empty', async () => {
    const { give, finish, running, began, refusals } = machine({ atOnce: 2 })
    let open = 1500
    while (open > 0) {
      const before = refusals.length
      const asked = Math.min(open, 80)
      for (let pupil = 0; pupil < asked; pupil += 1) void give()
      await settled()
      while (running.length > 0) await finish(seconds(0.1))
      open -= asked - (refusals.length - before)
    }
    expect(began()).toBe(1500)
  })

  test('a fast machine lets more wait, a slow one fewer, and a clock that is set does not mislead', async () => {
    const room = async (took: Duration) => {
      const { give, finish, refusals } = machine({ atOnce: 1 })
      for (let turn = 0; turn < 60; turn += 1) {
        void give()
        await finish(took)
      }
      for (let turn = 0; turn < 2000; turn += 1) void give()
      await settled()
      return 2000 - refusals.length - 1
    }
    const near = (took: Duration) => LONGEST_WAIT / took
    expect(await room(seconds(0.1))).toBeCloseTo(near(seconds(0.1)), -1)
    expect(await room(seconds(1))).toBeCloseTo(near(seconds(1)), -1)
    expect(await room(-minutes(60))).toBeCloseTo(near(seconds(0.01)), -1)
    expect(await room(minutes(60))).toBe(1)
  })
})
