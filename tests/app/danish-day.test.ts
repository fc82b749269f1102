import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { danishDay, endOfDanishDay } from '../../src/i18n/danish-day'

describe('a day in Denmark', () => {
  test.each([
    ['2026-11-27', '2026-11-27T22:59:59.999Z'],
    ['2026-07-01', '2026-07-01T21:59:59.999Z'],
    // The days on which the clocks change.
    ['2026-03-28', '2026-03-28T22:59:59.999Z'],
    ['2026-03-29', '2026-03-29T21:59:59.999Z'],
    ['2026-10-24', '2026-10-24T21:59:59.999Z'],
    ['2026-10-25', '2026-10-25T22:59:59.999Z'],
    ['2028-02-29', '2028-02-29T22:59:59.999Z'],
  ])('%s ends at %s', (day, end) => {
    expect(endOfDanishDay(day)).toBe(end)
  })

  test.each(['2026-02-29', '2026-02-30', '2026-13-01', '2026-11-31', 'i morgen', ''])(
    '"%s" is none',
    (day) => {
      expect(endOfDanishDay(day)).toBeNull()
    },
  )

  test('is told by the clock of Denmark, not of the computer', () => {
    expect(danishDay(Date.parse('2026-11-20T22:59:59.999Z'))).toBe('2026-11-20')
    expect(danishDay(Date.parse('2026-11-20T23:00:00Z'))).toBe('2026-11-21')
    expect(danishDay(Date.parse('2026-07-01T21:59:59.999Z'))).toBe('2026-07-01')
    expect(danishDay(Date.parse('2026-07-01T22:00:00Z'))).toBe('2026-07-02')
  })

  test('ends in the moment before the next one begins', () => {
    fc.assert(
      fc.property(
        fc.date({ min: new Date('2020-01-02'), max: new Date('2040-01-01'), noInvalidDate: true }),
        (at) => {
          const day = danishDay(at.getTime())
          const end = Date.parse(endOfDanishDay(day) ?? '')
          expect(danishDay(end)).toBe(day)
          expect(danishDay(end + 1) > day).toBe(true)
        },
      ),
    )
  })
})
