import { expect, test } from 'vitest'
import { lix } from '../reading-ease'

test('counts words to a sentence and long words of a hundred', () => {
  // Eight words, two sentences, two of them long.
  expect(lix('Vis eleven navnet. Giv så en ny adgangskode.'.replace('navnet', 'brugernavnet'))).toBe(4 + 25)
})

test.each([
  ['abcdef', 1],
  ['abcdefg', 1 + 100],
])('a word is long from seven letters: %s', (text, expected) => expect(lix(text)).toBe(expected))

test('a sentence ends with a full stop, a colon, a question, a call or a line', () => {
  for (const text of ['en to. tre fi', 'en to: tre fi', 'en to? tre fi', 'en to! tre fi', 'en to\ntre fi']) {
    expect(lix(text), text).toBe(2)
  }
})

test('a full stop within an address ends nothing, and marks are no words', () => {
  expect(lix('gå på ba.dk nu')).toBe(4)
  expect(lix('– … “” –')).toBe(0)
})
