import type { PasswordPolicy } from '../people'
import { randomBelow } from '../secrets'
import { inOrder, PICTURES_IN_PASSWORD, pictures } from './pictures'
import { words } from './words'

/** How many words a password is made of, by policy. */
const WORDS_OF_MELLEMTRIN = 3
const WORDS_OF_UDSKOLING = 2
const DIGITS_OF_UDSKOLING = 2

/** Draws a whole number from 0 up to, and without, `limit`, each equally likely. */
export type Draw = (limit: number) => number

const oneOf = <T>(items: readonly T[], draw: Draw): T => {
  const item = items[draw(items.length)]
  if (item === undefined) throw new RangeError('drawn from outside the list')
  return item
}

function drawSeveral<T>(count: number, drawOne: () => T): T[] {
  return Array.from({ length: count }, drawOne)
}

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** Four different pictures in order: 16 · 15 · 14 · 13 = 43,680 ways, 15.4 bits. */
function fourPictures(draw: Draw): string {
  const left = [...pictures]
  return inOrder(drawSeveral(PICTURES_IN_PASSWORD, () => oneOf(left.splice(draw(left.length), 1), () => 0)))
}

/** Three words written together: 523³ ways, 27.1 bits. */
const compound = (draw: Draw) => drawSeveral(WORDS_OF_MELLEMTRIN, () => oneOf(words, draw)).join('')

/** Two capitalised words and two digits, as `SneglBord42`: 523² · 100 ways, 24.7 bits. */
const wordsAndDigits = (draw: Draw) =>
  [
    ...drawSeveral(WORDS_OF_UDSKOLING, () => capitalised(oneOf(words, draw))),
    ...drawSeveral(DIGITS_OF_UDSKOLING, () => draw(10)),
  ].join('')

const byPolicy: Record<PasswordPolicy, (draw: Draw) => string> = {
  indskoling: fourPictures,
  mellemtrin: compound,
  udskoling: wordsAndDigits,
}

/**
 * A new password after a policy, from the platform's cryptographic source. Every password of a policy is equally
 * likely; its entropy: indskoling 15.4 bits, mellemtrin 27.1, udskoling 24.7. That is little for
 * secrets that can be tried at will, so tries are limited (rate-limit.ts) and hashes costly. [source document 004]
 */
export const assignPassword = (policy: PasswordPolicy, draw: Draw = randomBelow): string =>
  byPolicy[policy](draw)
