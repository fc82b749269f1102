import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  asDanishDateAndTime,
  danishDayEnd,
  danishDayOf,
  danishDayStart,
  days,
  hours,
  minutes,
  seconds,
  secondsUntil,
  systemClock,
  toIso,
  toIsoOrNull,
} from '../../server/time'
import { MOMENT, NOW } from './ordinary-pupil'

test('durations are in milliseconds', () => {
  expect(seconds(1)).toBe(1000)
  expect(minutes(1)).toBe(60_000)
  expect(hours(1)).toBe(3_600_000)
  expect(days(1)).toBe(86_400_000)
  expect(minutes(1.5)).toBe(seconds(90))
})

test('moments are written in UTC', () => {
  expect(toIso(NOW)).toBe('2026-11-20T08:00:00.000Z')
  expect(toIsoOrNull(NOW)).toBe('2026-11-20T08:00:00.000Z')
  expect(toIsoOrNull(null)).toBeNull()
  expect(toIsoOrNull(0)).toBe('1970-01-01T00:00:00.000Z')
})

test('a day is that of Denmark, in winter and in summer', () => {
  expect(danishDayOf('2026-12-20T22:59:59.999Z')).toBe('2026-12-20')
  expect(danishDayOf('2026-12-20T23:00:00.000Z')).toBe('2026-12-21')
  expect(danishDayOf('2026-06-30T21:59:59.999Z')).toBe('2026-06-30')
  expect(danishDayOf('2026-06-30T22:00:00.000Z')).toBe('2026-07-01')
})

test('waits are whole seconds, rounded up, at least one', () => {
  expect(secondsUntil(NOW + seconds(10), NOW)).toBe(10)
  expect(secondsUntil(NOW + seconds(10) + MOMENT, NOW)).toBe(11)
  expect(secondsUntil(NOW + MOMENT, NOW)).toBe(1)
  expect(secondsUntil(NOW, NOW)).toBe(1)
  expect(secondsUntil(NOW - hours(1), NOW)).toBe(1)
})

test('who waits as long as told never comes too early, nor a second too late', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: days(2) }), (wait) => {
      const told = seconds(secondsUntil(NOW + wait, NOW))
      expect(told).toBeGreaterThanOrEqual(wait)
      expect(told - wait).toBeLessThan(seconds(1))
    }),
  )
})

test("the system's clock is the machine's", () => {
  const before = Date.now()
  const told = systemClock.now()
  expect(told).toBeGreaterThanOrEqual(before)
  expect(told).toBeLessThanOrEqual(Date.now())
})

test('a Danish day begins at midnight by the clock in Denmark, in winter and in summer', () => {
  expect(danishDayStart('2026-11-20')).toBe(Date.parse('2026-11-19T23:00:00Z'))
  expect(danishDayStart('2026-06-01')).toBe(Date.parse('2026-05-31T22:00:00Z'))
})

test.each([
  ['2026-03-29', 23],
  ['2026-03-28', 24],
  ['2026-10-25', 25],
  ['2026-12-31', 24],
])('%s has %d hours', (date, length) => {
  const [start, end] = [danishDayStart(date), danishDayEnd(date)]
  expect(start !== null && end !== null && end - start).toBe(hours(length))
})

test.each(['2026-02-30', '2026-13-01', '20-11-2026', '2026-1-1', '', 'today'])('%j is no day', (text) => {
  expect(danishDayStart(text)).toBeNull()
  expect(danishDayEnd(text)).toBeNull()
})

test('a moment is written as a Danish spreadsheet reads it, midnight as zero', () => {
  const midnight = Date.parse('2026-11-19T23:00:00Z')
  expect(asDanishDateAndTime(midnight)).toEqual({ date: '20-11-2026', time: '00:00:00' })
  expect(asDanishDateAndTime(midnight - 1)).toEqual({ date: '19-11-2026', time: '23:59:59' })
})
