import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { holdSecret } from '../../server/free-words/rules'

describe('free words', () => {
  test.each([
    'asta2011',
    'Brugernavnet er ASTA2011.',
    '(bert2012)',
    '0101121234',
    'cpr 010112-1234',
    'cpr 010112 1234',
  ])('"%s" holds what must not be kept', (words) => {
    expect(holdSecret(words)).toBe(true)
  })

  test.each([
    '',
    'Aftalt med forældrene 12. november 2026',
    'Har brug for billeder, se aftale nr. 20261',
    'uge 4512',
    'skole20266',
    'Ring 12 34 56 78',
    'sag 2026-1234',
    'klasse 7.A og 7.B',
  ])('"%s" does not', (words) => {
    expect(holdSecret(words)).toBe(false)
  })

  test('a username is found wherever it stands among other words', () => {
    const letters = fc.stringMatching(/^[a-z]{4}$/)
    const digits = fc.stringMatching(/^[0-9]{4}$/)
    const around = fc.constantFrom('', 'Hun hedder ', '- ', 'æble, ')
    fc.assert(
      fc.property(around, letters, digits, around, (before, a, b, after) => {
        expect(holdSecret(`${before}${a}${b} ${after}`)).toBe(true)
      }),
    )
  })
})
