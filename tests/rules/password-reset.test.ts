import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  closesAt,
  isOpen,
  openWindow,
  RESET_OUTCOME_SHOWN,
  RESET_WINDOW,
  type ResetWindow,
  resetState,
  whyNoCancel,
  whyNoNewPassword,
} from '../../server/password-reset/rules'
import { takeWindow } from '../../server/password-reset/use-window'
import { setPassword } from '../../server/passwords/set'
import type { Pupil } from '../../server/people'
import { createMemoryStore } from '../../server/store/memory'
import type { UnitOfWork } from '../../server/store/store'
import { days, hours, type Instant, minutes, seconds } from '../../server/time'
import { blockSince, emptySchool, MOMENT, NOW, ordinaryPupil } from './ordinary-pupil'

const opened = openWindow('p-1', 's-lone', NOW)
const at4m59s = NOW + minutes(4) + seconds(59)
const at5m = NOW + minutes(5)

describe('the window', () => {
  test('belongs to one pupil and is neither used nor taken back', () => {
    expect(opened).toEqual({
      pupilId: 'p-1',
      openedAt: NOW,
      openedBy: 's-lone',
      takenAt: null,
      takenBy: null,
      usedAt: null,
      cancelledAt: null,
    })
  })

  test('is open from its first moment to 4:59.999, and closed at 5:00', () => {
    expect(RESET_WINDOW).toBe(minutes(5))
    expect(closesAt(opened)).toBe(at5m)
    expect(isOpen(opened, NOW - MOMENT)).toBe(false)
    expect(isOpen(opened, NOW)).toBe(true)
    expect(isOpen(opened, at4m59s)).toBe(true)
    expect(isOpen(opened, at5m - MOMENT)).toBe(true)
    expect(isOpen(opened, at5m)).toBe(false)
  })

  test('is closed the moment it is used or taken back', () => {
    expect(isOpen({ ...opened, usedAt: NOW }, NOW)).toBe(false)
    expect(isOpen({ ...opened, cancelledAt: NOW }, NOW)).toBe(false)
  })
})

describe('whether a pupil can get a new password', () => {
  test('an ordinary pupil can, and one who never signed in', () => {
    expect(whyNoNewPassword(ordinaryPupil(), NOW)).toBeNull()
    expect(whyNoNewPassword(ordinaryPupil({ passwordSetAt: null }), NOW)).toBeNull()
  })

  test('a blocked pupil cannot, nor one with local login; the block is told first', () => {
    const block = blockSince(NOW - hours(1))
    expect(whyNoNewPassword(ordinaryPupil({ block }), NOW)).toBe('blocked')
    expect(whyNoNewPassword(ordinaryPupil({ signInKind: 'local' }), NOW)).toBe('localLogin')
    expect(whyNoNewPassword(ordinaryPupil({ block, signInKind: 'local' }), NOW)).toBe('blocked')
  })
})

describe('taking a window back', () => {
  test('works while it is open, and at 5:00 no longer', () => {
    expect(whyNoCancel(opened, NOW)).toBeNull()
    expect(whyNoCancel(opened, at5m - MOMENT)).toBeNull()
    expect(whyNoCancel(opened, at5m)).toBe('windowExpired')
  })

  test('tells why it comes too late', () => {
    expect(whyNoCancel(null, NOW)).toBe('noWindow')
    expect(whyNoCancel({ ...opened, cancelledAt: NOW }, NOW + seconds(1))).toBe('noWindow')
    expect(whyNoCancel({ ...opened, usedAt: NOW }, NOW + seconds(1))).toBe('windowUsed')
    expect(whyNoCancel({ ...opened, usedAt: NOW }, at5m)).toBe('windowUsed')
  })
})

describe('what a teacher sees of a window', () => {
  test('nothing where there is none, or it was taken back', () => {
    expect(resetState(null, NOW)).toBeNull()
    expect(resetState({ ...opened, cancelledAt: NOW + MOMENT }, NOW + MOMENT)).toBeNull()
    expect(resetState({ ...opened, cancelledAt: NOW + MOMENT }, at5m)).toBeNull()
  })

  test('open until 5:00, then run out', () => {
    const open = { state: 'open', openedAt: NOW, closesAt: at5m, takenAt: null }
    expect(resetState(opened, NOW)).toEqual(open)
    expect(resetState(opened, at5m - MOMENT)).toEqual(open)
    expect(resetState(opened, at5m)).toEqual({ state: 'expired', at: at5m })
  })

  test('when it was used, from that moment', () => {
    const usedAt = NOW + minutes(2)
    expect(resetState({ ...opened, usedAt }, usedAt)).toEqual({ state: 'used', at: usedAt })
    expect(resetState({ ...opened, usedAt }, at5m)).toEqual({ state: 'used', at: usedAt })
  })

  test('the outcome for an hour, and then nothing', () => {
    expect(RESET_OUTCOME_SHOWN).toBe(hours(1))
    const usedAt = NOW + minutes(2)
    expect(resetState({ ...opened, usedAt }, usedAt + hours(1) - MOMENT)).not.toBeNull()
    expect(resetState({ ...opened, usedAt }, usedAt + hours(1))).toBeNull()
    expect(resetState(opened, at5m + hours(1) - MOMENT)).not.toBeNull()
    expect(resetState(opened, at5m + hours(1))).toBeNull()
  })
})

/** What may happen to one pupil, and how long after the last thing. */
const act = fc.record({
  what: fc.constantFrom('open', 'use', 'cancel'),
  after: fc.oneof(fc.constantFrom(0, MOMENT, minutes(5), minutes(5) - MOMENT), fc.nat({ max: minutes(12) })),
})

test('whatever happens: one window at most, used once at most, never at or after 5:00 nor after cancel', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 30 }), fc.nat({ max: minutes(12) }), async (acts, look) => {
      const school = storeWith(ordinaryPupil())
      let now = NOW
      // What the rules promise, told in the plainest way.
      let openUntil: Instant | null = null
      for (const { what, after } of acts) {
        now += after
        const isExpectedOpen = openUntil !== null && now < openUntil
        await school.transaction(async (unit) => {
          const window = (await unit.resetWindows(['p-1'])).get('p-1') ?? null
          if (what === 'open') await unit.saveResetWindow(openWindow('p-1', 's-lone', now))
          if (what === 'use') expect(await signInAlone(unit, 'p-1', now)).toBe(isExpectedOpen)
          if (what === 'cancel') {
            expect(whyNoCancel(window, now) === null).toBe(isExpectedOpen)
            if (window && isExpectedOpen) await unit.saveResetWindow({ ...window, cancelledAt: now })
          }
        })
        // A use and a cancel both end it, and where it had run out there is nothing to end.
        openUntil = what === 'open' ? now + minutes(5) : null
      }

      now += look
      const windows = school.snapshot().resetWindows
      expect(windows.length).toBeLessThanOrEqual(1)
      const open = windows.filter((window) => isOpen(window, now))
      expect(open.length).toBe(openUntil !== null && now < openUntil ? 1 : 0)
      for (const window of windows) {
        expect(resetState(window, now)?.state === 'open').toBe(isOpen(window, now))
        expect(whyNoCancel(window, now) === null).toBe(isOpen(window, now))
      }
    }),
  )
})

describe('signing in with the username alone', () => {
  test('uses the window and sets a password, which also ends the duty to change', async () => {
    const school = storeWith(ordinaryPupil({ passwordSetAt: null, movedUpAt: NOW - days(5) }), opened)
    expect(await school.transaction((unit) => signInAlone(unit, 'p-1', at4m59s))).toBe(true)
    expect(school.snapshot().resetWindows).toEqual([
      { ...opened, takenAt: at4m59s, takenBy: 'ref-1', usedAt: at4m59s },
    ])
    expect(school.snapshot().pupils).toEqual([
      ordinaryPupil({ passwordSetAt: at4m59s, movedUpAt: NOW - days(5) }),
    ])
  })

  test.each([
    ['without a window', ordinaryPupil(), null],
    ['with one of another pupil', ordinaryPupil(), openWindow('p-2', 's-lone', NOW)],
    ['with a used one', ordinaryPupil(), { ...opened, usedAt: NOW }],
    ['with one taken back', ordinaryPupil(), { ...opened, cancelledAt: NOW }],
    ['with one that ran out', ordinaryPupil(), openWindow('p-1', 's-lone', at4m59s - minutes(5))],
    ['for a blocked pupil', ordinaryPupil({ block: blockSince(NOW) }), opened],
    ['for a pupil who has left', ordinaryPupil({ active: false }), opened],
  ])('does nothing %s', async (_, pupil, window) => {
    const school = storeWith(pupil, window)
    const before = school.snapshot()
    expect(await school.transaction((unit) => signInAlone(unit, 'p-1', at4m59s))).toBe(false)
    expect(school.snapshot()).toEqual(before)
  })
})

/** All at once: takes the window and sets a password by it. */
async function signInAlone(unit: UnitOfWork, pupilId: string, now: Instant): Promise<boolean> {
  const [pupil] = await unit.pupils([pupilId])
  if (!pupil || !(await takeWindow(unit, pupil, 'ref-1', now))) return false
  await setPassword(unit, pupil, { policy: 'indskoling', hash: 'hash' }, 'ref-1', now)
  return true
}

function storeWith(pupil: Pupil, window: ResetWindow | null = null) {
  return createMemoryStore({ ...emptySchool, pupils: [pupil], resetWindows: window ? [window] : [] })
}
