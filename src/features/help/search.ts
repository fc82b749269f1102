import { fold } from '../../i18n/fold'
import type { AnswerText } from '../../i18n/help-texts'

/** What can be found: each text with how much a word in it says of what it is about, the most first. */
export interface Entry<Found> {
  found: Found
  /** The texts in order of weight: title, the words people search with, everything else. */
  texts: readonly string[]
}

/** The texts of an answer in order of weight. */
export const textsOf = (answer: AnswerText): string[] => {
  const { title, short, messages = [], words, everybody, teacher, administrator } = answer
  return [
    [title, ...messages].join(' '),
    words,
    short,
    [everybody, teacher, administrator]
      .flatMap((part) => [
        part?.text ?? '',
        ...(part?.steps ?? []),
        ...(part?.causes ?? []).flatMap(({ cause, check }) => [cause, check]),
      ])
      .join(' '),
  ]
}

interface Place {
  entry: number
  weight: number
}

/** The words of all entries, each with where it stands. */
export interface Index<Found> {
  entries: readonly Entry<Found>[]
  places: ReadonlyMap<string, readonly Place[]>
  /** Words that say little by themselves, such as `jeg` and `hvordan`. */
  small: ReadonlySet<string>
  /** What an asked word leads to: computed once, as a query grows letter by letter. */
  known: Map<string, ReadonlyMap<number, number>>
}

const wordsOf = (text: string) => fold(text).match(/[\p{Letter}\p{Number}]+/gu) ?? []

/** @param small words that say little by themselves, in one line */
export function indexOf<Found>(entries: readonly Entry<Found>[], small = ''): Index<Found> {
  const places = new Map<string, Place[]>()
  entries.forEach(({ texts }, entry) => {
    texts.forEach((text, weight) => {
      for (const word of new Set(wordsOf(text))) {
        const before = places.get(word)
        if (before) before.push({ entry, weight })
        else places.set(word, [{ entry, weight }])
      }
    })
  })
  return { entries, places, small: new Set(wordsOf(small)), known: new Map() }
}

/** How many letters may be wrong in a word of this length. */
export const slipsAllowed = (length: number): number => (length < 4 ? 0 : length < 8 ? 1 : 2)

/**
 * How many slips lead from one word to another: a letter wrong, missing, too many, or two exchanged (optimal string
 * alignment). Counting stops beyond `most`.
 */
export function slipsBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1
  let beforeLast: number[] = []
  let last = Array.from({ length: other.length + 1 }, (_, column) => column)
  for (let row = 1; row <= one.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= other.length; column += 1) {
      const isSame = one[row - 1] === other[column - 1]
      let slips = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      )
      const isExchanged =
        row > 1 && column > 1 && one[row - 1] === other[column - 2] && one[row - 2] === other[column - 1]
      if (isExchanged) slips = Math.min(slips, (beforeLast[column - 2] ?? 0) + 1)
      current.push(slips)
    }
    beforeLast = last
    last = current
  }
  return last[other.length] ?? most + 1
}

/** A slip costs more than standing in a lesser text, so that what is spelt as asked comes first. */
const SLIP = 4
/** Only the beginning of a word was asked for. */
const BEGINNING = 0.5

/** What it costs to take a word for the one that was asked for; null where it is another. */
function costOf(asked: string, word: string): number | null {
  if (word === asked) return 0
  if (word.startsWith(asked)) return BEGINNING
  const allowed = slipsAllowed(asked.length)
  if (allowed === 0) return null
  // The person may not have finished typing: the beginning of the word counts as well.
  const slips = Math.min(
    slipsBetween(asked, word, allowed),
    slipsBetween(asked, word.slice(0, asked.length), allowed),
  )
  return slips > allowed ? null : slips * SLIP
}

/** Where one asked word is found, with what it costs there. */
function findWord<Found>(index: Index<Found>, asked: string): ReadonlyMap<number, number> {
  const known = index.known.get(asked)
  if (known) return known
  const taken = [...index.places].flatMap(([word, places]) => {
    const cost = costOf(asked, word)
    return cost === null ? [] : { places, cost }
  })
  // What is spelt right is no slip for something else.
  const isSpeltRight = taken.some(({ cost }) => cost < SLIP)
  const costs = new Map<number, number>()
  for (const { places, cost } of taken) {
    if (isSpeltRight && cost >= SLIP) continue
    for (const { entry, weight } of places) {
      costs.set(entry, Math.min(costs.get(entry) ?? Number.POSITIVE_INFINITY, cost + weight))
    }
  }
  index.known.set(asked, costs)
  return costs
}

/** Of what is asked at least this part must be found: people type whole sentences. */
const MUST_BE_FOUND = 0.6

/** A small word that is missing only tells apart what else is as good. */
const SMALL_MISSING = 0.1

/**
 * What answers a query: everything that holds as many of its words as the best does, with the least slips first. Nothing
 * for an empty query.
 */
export function search<Found>(index: Index<Found>, query: string): Found[] {
  const asked = [...new Set(wordsOf(query))]
  if (asked.length === 0) return []
  const telling = asked.filter((word) => !index.small.has(word))
  const small = telling.length === 0 ? [] : asked.filter((word) => index.small.has(word))
  const found = (telling.length === 0 ? asked : telling).map((word) => findWord(index, word))
  const foundSmall = small.map((word) => findWord(index, word))
  const ranked = index.entries.flatMap((entry, place) => {
    const costs = found.flatMap((costs) => costs.get(place) ?? [])
    if (costs.length < found.length * MUST_BE_FOUND) return []
    const smallMissing = foundSmall.filter((costs) => !costs.has(place)).length
    const cost = costs.reduce((sum, cost) => sum + cost, smallMissing * SMALL_MISSING)
    return { entry, missing: found.length - costs.length, cost }
  })
  const least = Math.min(...ranked.map(({ missing }) => missing))
  return ranked
    .filter(({ missing }) => missing === least)
    .sort((a, b) => a.cost - b.cost)
    .map(({ entry }) => entry.found)
}
