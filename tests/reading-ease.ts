/** Words of more letters than this count as long. */
const LONG = 6

/** At most this is easy to read for nearly everybody: it is the ease of fiction and magazines. */
export const EASY = 40

const word = /[\p{Letter}\p{Number}]+(?:[-’'.][\p{Letter}\p{Number}]+)*/gu

/**
 * How hard a text is to read, by Björnsson's LIX: words to a sentence, and long words of a hundred. Each line ends a
 * sentence, whatever stands at its end; so do a full stop, a colon, a question mark and an exclamation mark.
 */
export function lix(text: string): number {
  const words = text.match(word) ?? []
  if (words.length === 0) return 0
  const sentences = text.split(/[.:?!]+(?=[\s”"]|$)|\n/u).filter((part) => part.match(word))
  const long = words.filter((each) => [...each].length > LONG)
  return words.length / sentences.length + (100 * long.length) / words.length
}
