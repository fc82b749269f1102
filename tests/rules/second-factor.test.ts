import { describe, expect, test } from 'vitest'
import { Problem } from '../../server/problems'
import { needFreshSecondFactor, needSecondFactor } from '../../server/second-factor/guard'
import {
  CODE_DIGITS,
  CODE_LIFETIME,
  CODE_TRIES,
  codeExpiresAt,
  freshUntil,
  isSecondFactorFresh,
  isUsable,
  SECOND_FACTOR_FRESH,
  type SentCode,
  triedInVain,
} from '../../server/second-factor/rules'
import { newCode } from '../../server/secrets'
import { hours, minutes } from '../../server/time'
import { MOMENT, NOW } from './ordinary-pupil'

const sent: SentCode = { hash: 'hash', sentAt: NOW, wrongTries: 0 }

describe('a code', () => {
  test('can be given for 10 minutes, and not a moment longer', () => {
    expect(CODE_LIFETIME).toBe(minutes(10))
    expect(codeExpiresAt(sent)).toBe(NOW + minutes(10))
    expect(isUsable(sent, NOW)).toBe(true)
    expect(isUsable(sent, NOW + minutes(10) - MOMENT)).toBe(true)
    expect(isUsable(sent, NOW + minutes(10))).toBe(false)
  })

  test('stands four wrong tries, and dies of the fifth', () => {
    expect(CODE_TRIES).toBe(5)
    let tried = sent
    for (let tries = 1; tries <= 4; tries += 1) {
      tried = triedInVain(tried)
      expect(isUsable(tried, NOW)).toBe(true)
    }
    expect(isUsable(triedInVain(tried), NOW)).toBe(false)
  })

  test('is none where none was sent', () => {
    expect(isUsable(null, NOW)).toBe(false)
  })

  test('has six digits, noughts in front included, and is not always the same', () => {
    expect(CODE_DIGITS).toBe(6)
    const drawn = Array.from({ length: 2000 }, () => newCode(CODE_DIGITS))
    for (const code of drawn) expect(code).toMatch(/^[0-9]{6}$/)
    expect(new Set(drawn).size).toBeGreaterThan(1900)
    expect(drawn.some((code) => code.startsWith('0'))).toBe(true)
    expect(drawn.some((code) => code.startsWith('9'))).toBe(true)
  })
})

describe('a second factor', () => {
  test('is fresh for 30 minutes, and not a moment longer', () => {
    expect(SECOND_FACTOR_FRESH).toBe(minutes(30))
    expect(freshUntil(NOW)).toBe(NOW + minutes(30))
    expect(isSecondFactorFresh(NOW, NOW)).toBe(true)
    expect(isSecondFactorFresh(NOW, NOW + minutes(30) - MOMENT)).toBe(true)
    expect(isSecondFactorFresh(NOW, NOW + minutes(30))).toBe(false)
    expect(isSecondFactorFresh(null, NOW)).toBe(false)
  })

  const inSession = (secondFactorAt: number | null) => ({ session: { secondFactorAt } })

  test('to look, is asked for once', () => {
    expect(() => needSecondFactor(inSession(null))).toThrow(new Problem('second-factor-needed'))
    expect(() => needSecondFactor(inSession(NOW - hours(7)))).not.toThrow()
  })

  test('for a change, is asked for anew', () => {
    const need = (secondFactorAt: number | null) => () =>
      needFreshSecondFactor(inSession(secondFactorAt), NOW)
    expect(need(null)).toThrow(new Problem('second-factor-needed'))
    expect(need(NOW - minutes(30))).toThrow(new Problem('second-factor-stale'))
    expect(need(NOW - minutes(30) + MOMENT)).not.toThrow()
    expect(need(NOW)).not.toThrow()
  })
})
