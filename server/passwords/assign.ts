import type { PasswordPolicy } from '../people'
import { randomBelow } from '../secrets'
import { inOrder, PICTURES_IN_PASSWORD, pictures } from './pictures'
import { words } from './words'

/** How many words and digits a password is made of, by policy. [source document 004] */
const WORDS_OF_MELLEMTRIN = 3
const WORDS_OF_UDSKOLING = 2
const DIGITS_OF_UDSKOLING = 2

/** Draws a whole number from 0 up to, and without, `limit`, each equally likely. */
export type Draw = (limit: number) => number

/** Draws so many of these items in order, none of them twice. */
function drawDifferent<T>(count: number, items: readonly T[], draw: Draw): T[] {
  const left = [...items]
  return Array.from({ length: count }, () => left.splice(draw(left.length), 1)).flat()
}

const capitalised = (word: string) => word.charAt(0).toUpperCase() + word.slice(1)

/** Four different pictures in order: 16 · 15 · 14 · 13 = 43,680 ways, 15.4 bits. */
const fourPictures = (draw: Draw) => inOrder(drawDifferent(PICTURES_IN_PASSWORD, pictures, draw))

/** Three different words written together: 521 · 520 · 519 ways, 27.1 bits. */
const compound = (draw: Draw) => drawDifferent(WORDS_OF_MELLEMTRIN, words, draw).join('')

/** Two different words, capitalised, and two digits, as `SneglBord42`: 521 · 520 · 100 ways, 24.7 bits. */
const wordsAndDigits = (draw: Draw) =>
  [
    ...drawDifferent(WORDS_OF_UDSKOLING, words, draw).map(capitalised),
    ...Array.from({ length: DIGITS_OF_UDSKOLING }, () => draw(10)),
  ].join('')

const byPolicy: Record<PasswordPolicy, (draw: Draw) => string> = {
  indskoling: fourPictures,
  mellemtrin: compound,
  udskoling: wordsAndDigits,
}

/**
 * A new password after a policy, from the platform's cryptographic source. Every password of a policy is equally
 * likely; the entropy is 15.4 bits in indskoling, 27.1 in mellemtrin and 24.7 in udskoling. That is little for
 * secrets that can be tried at will, so tries are limited (rate-limit.ts) and hashes costly. [source document 004]
 */
export const assignPassword = (policy: PasswordPolicy, draw: Draw = randomBelow): string =>
  byPolicy[policy](draw)
