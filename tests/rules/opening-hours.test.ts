import { describe, expect, test } from 'vitest'
import { easterSunday, isPublicHoliday, openingState } from '../../src/features/help/opening-hours'
import { type HelpSettings, settings } from '../../src/features/help/settings'

const { support } = settings
const at = (iso: string) => openingState(Date.parse(iso), support)

describe('the support desk', () => {
  test.each([
    // Winter time: Denmark is an hour ahead.
    ['Thursday 07.59', '2026-11-19T07:59:59+01:00', false],
    ['Thursday 08.00', '2026-11-19T08:00:00+01:00', true],
    ['Thursday 15.59', '2026-11-19T15:59:59+01:00', true],
    ['Thursday 16.00', '2026-11-19T16:00:00+01:00', false],
    ['Friday 13.59', '2026-11-20T13:59:59+01:00', true],
    ['Friday 14.00', '2026-11-20T14:00:00+01:00', false],
    ['Saturday 10.00', '2026-11-21T10:00:00+01:00', false],
    ['Sunday 10.00', '2026-11-22T10:00:00+01:00', false],
    // Summer time: two hours.
    ['a Thursday in June 07.59', '2026-06-11T07:59:59+02:00', false],
    ['a Thursday in June 08.00', '2026-06-11T08:00:00+02:00', true],
  ])('%s', (_, iso, open) => expect(at(iso)?.open).toBe(open))

  test('says until when it is open', () => {
    expect(at('2026-11-19T09:00:00+01:00')).toEqual({ open: true, until: { hour: 16, minute: 0 } })
    expect(at('2026-11-20T09:00:00+01:00')).toEqual({ open: true, until: { hour: 14, minute: 0 } })
  })

  test.each([
    ['before it opens: the same day', '2026-11-19T07:59:59+01:00', 0, '2026-11-19'],
    ['after it has closed: tomorrow', '2026-11-19T16:00:00+01:00', 1, '2026-11-20'],
    ['on Friday afternoon: on Monday', '2026-11-20T14:00:00+01:00', 3, '2026-11-23'],
    ['just after midnight: the day it then is', '2026-11-20T00:00:00+01:00', 0, '2026-11-20'],
    ['just before midnight: tomorrow', '2026-11-19T23:59:59+01:00', 1, '2026-11-20'],
    ['before Easter: on the Tuesday after', '2026-04-01T16:00:00+02:00', 6, '2026-04-07'],
    ['before Christmas: on the Monday after', '2026-12-23T16:00:00+01:00', 5, '2026-12-28'],
    ['over New Year: on the Monday after', '2026-12-30T16:00:00+01:00', 5, '2027-01-04'],
    ['over the change of clocks: on Monday', '2026-03-28T12:00:00+01:00', 2, '2026-03-30'],
  ])('%s', (_, iso, daysAhead, day) => {
    const state = at(iso)
    if (!state || state.open) throw new Error('it is closed then')
    expect(state.opens.daysAhead).toBe(daysAhead)
    expect(state.opens.noon).toBe(`${day}T12:00:00.000Z`)
    expect(state.opens.at).toEqual({ hour: 8, minute: 0 })
  })

  test('a municipality may have other hours, also to the minute, and none at all', () => {
    const closed = null
    const own: HelpSettings['support'] = {
      ...support,
      week: [
        closed,
        closed,
        closed,
        closed,
        { opens: { hour: 9, minute: 30 }, closes: { hour: 11, minute: 15 } },
        closed,
        closed,
      ],
    }
    const open = (iso: string) => openingState(Date.parse(iso), own)?.open
    expect([open('2026-11-19T09:29:59+01:00'), open('2026-11-19T09:30:00+01:00')]).toEqual([false, true])
    expect([open('2026-11-19T11:14:59+01:00'), open('2026-11-19T11:15:00+01:00')]).toEqual([true, false])
    const never = { ...own, week: [null, null, null, null, null, null, null] as const }
    expect(openingState(Date.parse('2026-11-19T10:00:00+01:00'), never)).toBeNull()
  })
})

describe('public holidays', () => {
  test.each([
    [2024, '3-31'],
    [2025, '4-20'],
    [2026, '4-5'],
    [2027, '3-28'],
    [2035, '3-25'],
    [2038, '4-25'],
    [2049, '4-18'],
    [2076, '4-19'],
  ])('Easter of %d', (year, expected) => {
    const { month, day } = easterSunday(year)
    expect(`${month}-${day}`).toBe(expected)
  })

  const holidays = (year: number) => {
    const found: string[] = []
    for (let month = 1; month <= 12; month += 1) {
      for (let day = 1; day <= 31; day += 1) {
        const exists = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day
        if (exists && isPublicHoliday({ year, month, day })) found.push(`${month}-${day}`)
      }
    }
    return found
  }

  test('all of 2026 and no others', () => {
    expect(holidays(2026)).toEqual(
      // New Year; Thursday, Friday, Sunday and Monday of Easter; Ascension; Whit Sunday and Monday; Christmas.
      ['1-1', '4-2', '4-3', '4-5', '4-6', '5-14', '5-24', '5-25', '12-25', '12-26'],
    )
  })

  test('Great Prayer Day is a working day', () => {
    expect(at('2026-05-01T09:00:00+02:00')?.open).toBe(true)
  })

  test('Constitution Day, Christmas Eve and New Year’s Eve are closed by the settings', () => {
    expect(at('2026-06-05T09:00:00+02:00')?.open).toBe(false)
    expect(at('2026-12-24T09:00:00+01:00')?.open).toBe(false)
    expect(at('2026-12-31T09:00:00+01:00')?.open).toBe(false)
    expect(at('2026-12-30T09:00:00+01:00')?.open).toBe(true)
  })
})
