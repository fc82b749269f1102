import { isLocalLogin, isUsername } from '../session/username'

/** Random whole numbers from 0 up to, and without, the limit. */
export type RandomBelow = (limit: number) => number

/** The letters of a name as a username has them: æ, ø and å in two, accents taken off, the rest left out. */
const lettersOf = (name: string) =>
  name
    .toLowerCase()
    .replaceAll('æ', 'ae')
    .replaceAll('ø', 'oe')
    .replaceAll('å', 'aa')
    .normalize('NFD')
    .replace(/[^a-z]/g, '')

const LETTERS = 4
const alphabet = 'abcdefghijklmnopqrstuvwxyz'

/** So many numbers are tried before a letter is left to chance, then two, up to all four. */
const TRIES_PER_LETTER = 20

/**
 * A username of four letters of the name and four digits. [source document 004]
 * @param tries how many before it were taken
 */
export function madeUsername(name: string, tries: number, randomBelow: RandomBelow): string {
  const kept = Math.max(0, LETTERS - Math.floor(tries / TRIES_PER_LETTER))
  const letters = lettersOf(name).padEnd(LETTERS, 'x').slice(0, kept)
  const random = Array.from({ length: LETTERS - kept }, () => alphabet[randomBelow(alphabet.length)])
  return `${letters}${random.join('')}${1000 + randomBelow(9000)}`
}

/** `name@domain`, with something on both sides. */
const isLocalUsername = (username: string) =>
  isLocalLogin(username) && /^[^\s@]+@[a-z0-9.-]+\.[a-z]{2,}$/.test(username)

/** Whether an export may bring this username. */
export const mayBeUsername = (username: string): boolean => isUsername(username) || isLocalUsername(username)
