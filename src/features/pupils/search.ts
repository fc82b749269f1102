import { fold } from '../../i18n/fold'

/** The words of a text, folded. */
export const asWords = (text: string): string[] =>
  fold(text)
    .split(/[\s-]+/)
    .filter(Boolean)

/**
 * How well a name (or a revealed username) answers a query: 0 where every word of the query begins a word of the name and
 * the first begins the name, 1 where each begins some word, 2 where each is found somewhere; null where not.
 */
export function rank(query: string, name: string, username: string | undefined): 0 | 1 | 2 | null {
  return rankWords(asWords(query), asWords(name), username)
}

function rankWords(asked: readonly string[], name: readonly string[], username: string | undefined) {
  if (asked.length === 0) return null
  const named = username === undefined ? name : [...name, fold(username)]
  const [first = ''] = asked
  if (asked.every((word) => named.some((each) => each.startsWith(word)))) {
    return named[0]?.startsWith(first) ? 0 : 1
  }
  const whole = named.join(' ')
  return asked.every((word) => whole.includes(word)) ? 2 : null
}

/** So few letters stand in every other name: they must begin a word. */
const FEW_LETTERS = 2

/** Whether every word that is asked for begins one of these or, where it is long enough to mean something, stands in one. */
export const areFound = (asked: readonly string[], among: readonly string[]): boolean =>
  asked.every((word) =>
    among.some((each) => (word.length > FEW_LETTERS ? each.includes(word) : each.startsWith(word))),
  )

/** Each pupil's name is folded once, not at every letter that is typed. */
const foldedNames = new WeakMap<{ name: string }, string[]>()

function wordsOf(pupil: { name: string }): string[] {
  const known = foldedNames.get(pupil) ?? asWords(pupil.name)
  foldedNames.set(pupil, known)
  return known
}

/** Those who answer the query, best first; equals keep their order, which is Danish. */
export function findPupils<P extends { id: string; name: string }>(
  query: string,
  pupils: readonly P[],
  usernames: ReadonlyMap<string, string>,
): P[] {
  const asked = asWords(query)
  const ranked = pupils.flatMap((pupil) => {
    const found = rankWords(asked, wordsOf(pupil), usernames.get(pupil.id))
    return found === null ? [] : [{ pupil, found }]
  })
  return ranked.sort((a, b) => a.found - b.found).map(({ pupil }) => pupil)
}
