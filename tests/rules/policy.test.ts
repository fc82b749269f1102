import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { passwordPolicies } from '../../server/people'
import {
  MOVED_UP_GRACE,
  MUST_CHANGE_NOTICE,
  mustChange,
  noteFault,
  policyOf,
  policyOfYear,
  UDSKOLING_PASSWORD_LIFETIME,
  whyNoPolicy,
  withPolicy,
} from '../../server/policy/rules'
import { days } from '../../server/time'
import { MOMENT, NOW, ordinaryPupil } from './ordinary-pupil'

describe('the policy of a year', () => {
  test.each([
    [0, 'indskoling'],
    [1, 'indskoling'],
    [2, 'indskoling'],
    [3, 'indskoling'],
    [4, 'mellemtrin'],
    [5, 'mellemtrin'],
    [6, 'mellemtrin'],
    [7, 'udskoling'],
    [8, 'udskoling'],
    [9, 'udskoling'],
    [10, 'udskoling'],
  ] as const)('year %d follows %s', (year, policy) => {
    expect(policyOfYear(year)).toBe(policy)
  })

  test('never goes back to an earlier stage in a later year', () => {
    const year = fc.integer({ min: 0, max: 10 })
    fc.assert(
      fc.property(year, year, (a, b) => {
        const stage = (each: number) => passwordPolicies.indexOf(policyOfYear(each))
        expect(stage(Math.min(a, b))).toBeLessThanOrEqual(stage(Math.max(a, b)))
      }),
    )
  })

  test("gives way to the administrator's override, in either direction", () => {
    expect(policyOf({ year: 8, policyOverride: 'indskoling' })).toBe('indskoling')
    expect(policyOf({ year: 2, policyOverride: 'udskoling' })).toBe('udskoling')
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 10 }),
        fc.option(fc.constantFrom(...passwordPolicies)),
        (year, policyOverride) => {
          expect(policyOf({ year, policyOverride })).toBe(policyOverride ?? policyOfYear(year))
        },
      ),
    )
  })
})

describe('a pupil who moved up', () => {
  const setAt = NOW - days(100)

  test('must change within 30 days of moving up', () => {
    const movedUpAt = NOW - days(12)
    expect(MOVED_UP_GRACE).toBe(days(30))
    expect(mustChange(ordinaryPupil({ passwordSetAt: setAt, movedUpAt }), NOW)).toEqual({
      because: 'movedUp',
      by: NOW + days(18),
    })
  })

  test('must still change once the 30 days have passed', () => {
    const movedUpAt = NOW - days(30) - MOMENT
    expect(mustChange(ordinaryPupil({ passwordSetAt: setAt, movedUpAt }), NOW)).toEqual({
      because: 'movedUp',
      by: NOW - MOMENT,
    })
  })

  test('has changed once a password is set at or after the move, and not before', () => {
    const movedUpAt = NOW - days(12)
    const due = (passwordSetAt: number) => mustChange(ordinaryPupil({ passwordSetAt, movedUpAt }), NOW)
    expect(due(movedUpAt - MOMENT)).not.toBeNull()
    expect(due(movedUpAt)).toBeNull()
    expect(due(movedUpAt + MOMENT)).toBeNull()
  })

  test('to udskoling is told of the move, not of the year', () => {
    const pupil = ordinaryPupil({ year: 7, passwordSetAt: NOW - days(360), movedUpAt: NOW - days(5) })
    expect(mustChange(pupil, NOW)?.because).toBe('movedUp')
  })
})

describe('a password of udskoling', () => {
  const expiring = NOW + days(12)
  const pupil = ordinaryPupil({ year: 8, passwordSetAt: expiring - days(365) })

  test('must be changed within 365 days, told 30 days before and not earlier', () => {
    expect(UDSKOLING_PASSWORD_LIFETIME).toBe(days(365))
    expect(MUST_CHANGE_NOTICE).toBe(days(30))
    expect(mustChange(pupil, expiring - days(30) - MOMENT)).toBeNull()
    expect(mustChange(pupil, expiring - days(30))).toEqual({ because: 'yearly', by: expiring })
    expect(mustChange(pupil, expiring + days(3))).toEqual({ because: 'yearly', by: expiring })
  })

  test('is what an override makes it', () => {
    const old = NOW - days(365)
    expect(
      mustChange(ordinaryPupil({ year: 8, passwordSetAt: old, policyOverride: 'mellemtrin' }), NOW),
    ).toBeNull()
    expect(
      mustChange(ordinaryPupil({ year: 2, passwordSetAt: old, policyOverride: 'udskoling' }), NOW),
    ).toEqual({
      because: 'yearly',
      by: NOW,
    })
  })

  test.each([[0], [3], [4], [6]])('and of no younger stage: year %d never has to', (year) => {
    expect(mustChange(ordinaryPupil({ year, passwordSetAt: NOW - days(2000) }), NOW)).toBeNull()
  })
})

test('nothing is due where there is no password here to change', () => {
  const movedUpAt = NOW - days(1)
  expect(mustChange(ordinaryPupil({ signInKind: 'local', movedUpAt }), NOW)).toBeNull()
  expect(mustChange(ordinaryPupil({ passwordSetAt: null, movedUpAt }), NOW)).toBeNull()
  const local = ordinaryPupil({ year: 9, signInKind: 'local', passwordSetAt: NOW - days(400) })
  expect(mustChange(local, NOW)).toBeNull()
})

test('what is due stays due, with the same day, until the password is changed', () => {
  const moment = fc.integer({ min: NOW - days(800), max: NOW + days(800) })
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 10 }),
      moment,
      fc.option(moment),
      moment,
      fc.nat({ max: days(500) }),
      (year, passwordSetAt, movedUpAt, at, later) => {
        const pupil = ordinaryPupil({ year, passwordSetAt, movedUpAt })
        const due = mustChange(pupil, at)
        if (due) expect(mustChange(pupil, at + later)).toEqual(due)
        expect(mustChange({ ...pupil, passwordSetAt: Math.max(at, movedUpAt ?? at) }, at)).toBeNull()
      },
    ),
  )
})

describe('setting a policy', () => {
  const anyPolicy = fc.option(fc.constantFrom(...passwordPolicies))

  test('is refused to who has a local login, where it would do nothing; taking it back is not', () => {
    const local = ordinaryPupil({ signInKind: 'local' })
    for (const policy of passwordPolicies) expect(whyNoPolicy(local, policy)).toBe('localLogin')
    expect(whyNoPolicy(local, null)).toBeNull()
    expect(whyNoPolicy(ordinaryPupil(), 'udskoling')).toBeNull()
  })

  test('another than the year’s needs a note why; the standard needs none', () => {
    expect(noteFault('indskoling', 'Aftalt med PPR')).toBeNull()
    expect(noteFault('indskoling', null)).toBe('note_missing')
    expect(noteFault('indskoling', '')).toBe('note_missing')
    expect(noteFault('indskoling', 'spørg asta2011')).toBe('holds_secret')
    expect(noteFault(null, null)).toBeNull()
    expect(noteFault(null, 'spørg asta2011')).toBeNull()
  })

  test('changes what the next password follows, and nothing of the one in use', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 10 }), anyPolicy, anyPolicy, (year, before, policy) => {
        const pupil = ordinaryPupil({ year, policyOverride: before, policyNote: before && 'Før' })
        const { policyOverride, policyNote, ...rest } = withPolicy(pupil, policy, 'Nu')
        expect(policyOf({ year, policyOverride })).toBe(policy ?? policyOfYear(year))
        expect(policyNote).toBe(policy === null ? null : 'Nu')
        const { policyOverride: _, policyNote: __, ...restBefore } = pupil
        expect(rest).toEqual(restBefore)
      }),
    )
  })
})
