import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  BLOCK_LONGEST,
  blockFault,
  isBlocked,
  startBlock,
  whyNoBlock,
  whyNoUnblock,
} from '../../server/block/rules'
import { isPending, openWindow, type ResetWindow } from '../../server/password-reset/rules'
import { type BlockReason, listedBlockReasons } from '../../server/people'
import { days, minutes } from '../../server/time'
import { blockSince, MOMENT, NOW, ordinaryPupil } from './ordinary-pupil'

const misuse: BlockReason = { code: 'misuse' }

describe('a block', () => {
  test('with an end passes by itself at that moment, and not one before', () => {
    const pupil = ordinaryPupil({ block: blockSince(NOW, NOW + days(3)) })
    expect(isBlocked(pupil, NOW + days(3) - MOMENT)).toBe(true)
    expect(isBlocked(pupil, NOW + days(3))).toBe(false)
  })

  test('without an end lasts', () => {
    expect(isBlocked(ordinaryPupil({ block: blockSince(NOW) }), NOW + days(4000))).toBe(true)
  })

  test('is not put over another; once that has passed, it is', () => {
    const pupil = ordinaryPupil({ block: blockSince(NOW, NOW + days(3)) })
    expect(whyNoBlock(pupil, NOW + days(3) - MOMENT)).toBe('alreadyBlocked')
    expect(whyNoBlock(pupil, NOW + days(3))).toBeNull()
    expect(whyNoBlock(ordinaryPupil(), NOW)).toBeNull()
  })

  test('can be given to who has a local login, who then cannot be stepped up', () => {
    expect(whyNoBlock(ordinaryPupil({ signInKind: 'local' }), NOW)).toBeNull()
  })

  test('can be ended until it has passed', () => {
    const pupil = ordinaryPupil({ block: blockSince(NOW, NOW + days(3)) })
    expect(whyNoUnblock(pupil, NOW + days(3) - MOMENT)).toBeNull()
    expect(whyNoUnblock(pupil, NOW + days(3))).toBe('notBlocked')
    expect(whyNoUnblock(ordinaryPupil(), NOW)).toBe('notBlocked')
  })

  test('keeps since when, by whom and why', () => {
    expect(startBlock({ reason: misuse, until: null }, 's-kent', NOW)).toEqual({
      since: NOW,
      until: null,
      reason: misuse,
      by: 's-kent',
    })
  })

  test('of everybody either a block or an unblock does something, never both', () => {
    fc.assert(
      fc.property(
        fc.option(fc.record({ until: fc.option(fc.integer({ min: -5, max: 5 })) })),
        fc.integer({ min: -5, max: 5 }),
        (block, now) => {
          const pupil = ordinaryPupil({ block: block && blockSince(0, block.until) })
          expect(whyNoBlock(pupil, now) === null).toBe(whyNoUnblock(pupil, now) !== null)
        },
      ),
    )
  })

  test('that is allowed holds from the moment it is given', () => {
    fc.assert(
      fc.property(fc.option(fc.integer({ min: -1000, max: BLOCK_LONGEST })), (after) => {
        const until = after === null ? null : NOW + after
        fc.pre(blockFault({ reason: misuse, until }, NOW) === null)
        expect(isBlocked({ block: startBlock({ reason: misuse, until }, 's-kent', NOW) }, NOW)).toBe(true)
      }),
    )
  })
})

describe('what is wrong with a block that is asked for', () => {
  test.each(listedBlockReasons)('nothing, for the reason %s without an end', (code) => {
    expect(blockFault({ reason: { code }, until: null }, NOW)).toBeNull()
  })

  test('its end must be in the future', () => {
    expect(blockFault({ reason: misuse, until: NOW }, NOW)).toBe('not_in_future')
    expect(blockFault({ reason: misuse, until: NOW + MOMENT }, NOW)).toBeNull()
  })

  test('and within 400 days', () => {
    expect(BLOCK_LONGEST).toBe(days(400))
    expect(blockFault({ reason: misuse, until: NOW + days(400) }, NOW)).toBeNull()
    expect(blockFault({ reason: misuse, until: NOW + days(400) + MOMENT }, NOW)).toBe('too_far')
  })

  test('own words hold no username and no personal number', () => {
    const said = (words: string) => blockFault({ reason: { code: 'own', words }, until: null }, NOW)
    expect(said('Har delt sin adgangskode')).toBeNull()
    expect(said('Det var asta2011, der gjorde det')).toBe('holds_secret')
    expect(said('010112-1234 er flyttet')).toBe('holds_secret')
  })
})

describe('a window that a block takes back', () => {
  const window = openWindow('p-1', 's-lone', NOW)
  const like = (special: Partial<ResetWindow>): ResetWindow => ({ ...window, ...special })

  test('runs still', () => {
    expect(isPending(window, NOW + minutes(5) - MOMENT)).toBe(true)
    expect(isPending(window, NOW + minutes(5))).toBe(false)
  })

  test('or was taken in time by somebody who has not finished', () => {
    const taken = like({ takenAt: NOW + minutes(4), takenBy: 'ref' })
    expect(isPending(taken, NOW + minutes(9))).toBe(true)
    expect(isPending({ ...taken, usedAt: NOW + minutes(8) }, NOW + minutes(9))).toBe(false)
    expect(isPending({ ...taken, cancelledAt: NOW + minutes(8) }, NOW + minutes(9))).toBe(false)
  })
})
