import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isLocalLogin, isUsername, normaliseUsername } from '../../server/session/username'

describe('a username', () => {
  test.each(['lone4821', 'aaaa0000', 'zzzz9999'])('%s is one', (typed) => {
    expect(isUsername(typed)).toBe(true)
  })

  test.each([
    '',
    'lon4821',
    'lones4821',
    'lone482',
    'lone48210',
    '4821lone',
    'LONE4821',
    'løne4821',
    'lone 482',
    ' lone4821',
    'lone4821\n',
    'xlone4821',
    'lone4821@skole.dk',
    'lone٤٨٢١',
  ])('%j is none', (typed) => {
    expect(isUsername(typed)).toBe(false)
  })

  test('is made comparable: no spaces around, lower case', () => {
    expect(normaliseUsername('  LONE4821\t')).toBe('lone4821')
    expect(normaliseUsername('Lone.Kjaer@Skole.DK')).toBe('lone.kjaer@skole.dk')
  })

  test('with an @ belongs to a local login', () => {
    expect(isLocalLogin('lone@skole.dk')).toBe(true)
    expect(isLocalLogin('@')).toBe(true)
    expect(isLocalLogin('lone4821')).toBe(false)
  })
})

test('whatever is typed: comparing twice changes nothing more, and no local login is a username', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      const once = normaliseUsername(typed)
      expect(normaliseUsername(once)).toBe(once)
      if (isUsername(once)) expect(once).toMatch(/^.{8}$/)
      expect(isUsername(once) && isLocalLogin(once)).toBe(false)
    }),
  )
})
