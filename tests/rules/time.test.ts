import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  danishDayOf,
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
