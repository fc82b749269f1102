import { renderHook } from '@testing-library/react'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { useWait } from '../../src/api/wait'
import { asHoursAndMinutes, asMinutesAndSeconds, useFormat } from '../../src/i18n/format'
import { keepLanguage, type Language } from '../../src/i18n/language'
import { startI18n } from '../../src/i18n/start'

async function formatIn(language: Language) {
  keepLanguage(language)
  await startI18n()
  return renderHook(() => useFormat()).result.current
}

async function waitIn(language: Language) {
  keepLanguage(language)
  await startI18n()
  return renderHook(() => useWait()).result.current
}

describe('Danish time, wherever the computer is', () => {
  test('the computer of these tests is in New York', () => {
    expect(new Date('2026-11-20T08:00:00Z').getHours()).toBe(3)
  })

  test.each([
    ['winter', '2026-11-20T08:00:00Z', '09.00', '09:00'],
    ['summer', '2026-06-12T08:00:00Z', '10.00', '10:00'],
    ['the last moment of summer time', '2026-10-25T00:59:59Z', '02.59', '02:59'],
    ['the first moment of winter time', '2026-10-25T01:00:00Z', '02.00', '02:00'],
    ['midnight', '2026-11-19T23:00:00Z', '00.00', '00:00'],
  ])('%s', async (_, iso, inDanish, inEnglish) => {
    expect((await formatIn('da')).time(iso)).toBe(inDanish)
    expect((await formatIn('en')).time(iso)).toBe(inEnglish)
  })

  test.each([
    ['2026-12-08T12:00:00Z', '8. december', '8 December'],
    ['2026-12-31T23:30:00Z', '1. januar', '1 January'],
    ['2026-11-20T03:00:00Z', '20. november', '20 November'],
  ])('the day of %s', async (iso, inDanish, inEnglish) => {
    expect((await formatIn('da')).date(iso)).toBe(inDanish)
    expect((await formatIn('en')).date(iso)).toBe(inEnglish)
  })
})

describe('lists and numbers', () => {
  test.each([
    [[], '', ''],
    [['Asta'], 'Asta', 'Asta'],
    [['Asta', 'Emil'], 'Asta og Emil', 'Asta and Emil'],
    [['Asta', 'Emil', 'Ida'], 'Asta, Emil og Ida', 'Asta, Emil and Ida'],
  ])('%j', async (items, inDanish, inEnglish) => {
    expect((await formatIn('da')).list(items)).toBe(inDanish)
    expect((await formatIn('en')).list(items)).toBe(inEnglish)
  })

  test('of thousands', async () => {
    expect((await formatIn('da')).number(1500)).toBe('1.500')
    expect((await formatIn('en')).number(1500)).toBe('1,500')
  })
})

describe('minutes and seconds', () => {
  test.each([
    [300, '5:00'],
    [299, '4:59'],
    [60, '1:00'],
    [59, '0:59'],
    [10, '0:10'],
    [9, '0:09'],
    [1, '0:01'],
    [0, '0:00'],
    [3600, '60:00'],
  ])('%i s are %s', (seconds, words) => {
    expect(asMinutesAndSeconds(seconds)).toBe(words)
  })

  test('say the same number of seconds, always', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (seconds) => {
        const [minutes = '', rest = ''] = asMinutesAndSeconds(seconds).split(':')
        expect(rest).toHaveLength(2)
        expect(Number(rest)).toBeLessThan(60)
        expect(Number(minutes) * 60 + Number(rest)).toBe(seconds)
      }),
    )
  })
})

describe('hours and minutes, started minutes whole', () => {
  test.each([
    [7200, '2:00'],
    [7199, '2:00'],
    [7141, '2:00'],
    [7140, '1:59'],
    [3661, '1:02'],
    [3660, '1:01'],
    [3601, '1:01'],
    [3600, '1:00'],
    [3599, '1:00'],
    [60, '0:01'],
    [1, '0:01'],
    [0, '0:00'],
  ])('%i s are %s', (seconds, words) => {
    expect(asHoursAndMinutes(seconds)).toBe(words)
  })

  test('never say less than is left, nor a minute more', () => {
    fc.assert(
      fc.property(fc.nat(100_000), (seconds) => {
        const [hours = '', minutes = ''] = asHoursAndMinutes(seconds).split(':')
        const said = (Number(hours) * 60 + Number(minutes)) * 60
        expect(Number(minutes)).toBeLessThan(60)
        expect(said).toBeGreaterThanOrEqual(seconds)
        expect(said - seconds).toBeLessThan(60)
      }),
    )
  })
})

describe('a wait', () => {
  test.each([
    [1, '1 sekund', '1 second'],
    [2, '2 sekunder', '2 seconds'],
    [90, '90 sekunder', '90 seconds'],
    [91, '2 minutter', '2 minutes'],
    [120, '2 minutter', '2 minutes'],
    [121, '3 minutter', '3 minutes'],
    [900, '15 minutter', '15 minutes'],
  ])('of %i s', async (seconds, inDanish, inEnglish) => {
    expect((await waitIn('da'))(seconds)).toBe(inDanish)
    expect((await waitIn('en'))(seconds)).toBe(inEnglish)
  })
})
