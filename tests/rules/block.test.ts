import { describe, expect, test } from 'vitest'
import { isBlocked } from '../../server/block/rules'
import { hours, minutes } from '../../server/time'
import { blockSince, MOMENT, NOW, ordinaryPupil } from './ordinary-pupil'

describe('a block', () => {
  test('holds until somebody ends it, where it has no end', () => {
    const pupil = ordinaryPupil({ block: blockSince(NOW) })
    expect(isBlocked(pupil, NOW)).toBe(true)
    expect(isBlocked(pupil, NOW + hours(10_000))).toBe(true)
    expect(isBlocked(ordinaryPupil(), NOW)).toBe(false)
  })

  test('with an end passes by itself, at that moment', () => {
    const pupil = ordinaryPupil({ block: blockSince(NOW, NOW + minutes(10)) })
    expect(isBlocked(pupil, NOW)).toBe(true)
    expect(isBlocked(pupil, NOW + minutes(10) - MOMENT)).toBe(true)
    expect(isBlocked(pupil, NOW + minutes(10))).toBe(false)
  })
})
