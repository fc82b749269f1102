import type { ActivityGroup } from '../../../server/activity/groups'

/**
 * Which part of the log is shown, as a part of the page's address: ids, codes and days only, so that it can be sent to a
 * colleague and survives Back.
 */

/** `everybody` is not the same as nothing: a school's page shows its staff where nothing is said. */
export type Who = 'everybody' | 'staff' | 'pupils' | { id: string }

export interface Shown {
  who: Who | null
  pupilId: string | null
  group: ActivityGroup | null
  outcome: 'done' | 'refused' | null
  /** The first and the last day, as `2026-11-20`. */
  from: string | null
  to: string | null
}

export const everything: Shown = {
  who: null,
  pupilId: null,
  group: null,
  outcome: null,
  from: null,
  to: null,
}

const whoWords = { everybody: 'alle', staff: 'ansatte', pupils: 'elever' } as const

export const groupWords: Readonly<Record<ActivityGroup, string>> = {
  usernames: 'brugernavne',
  passwords: 'adgangskoder',
  stepUp: 'to-faktor-adgang',
  policyAndBlock: 'politik-og-spaerring',
  takeAway: 'hentet-og-udskrevet',
  signIn: 'log-paa',
  roster: 'import',
  looking: 'opslag',
}

const isGroup = (name: string): name is ActivityGroup => Object.hasOwn(groupWords, name)
export const groups = Object.keys(groupWords).filter(isGroup)

const outcomeWords = { done: 'udfoert', refused: 'afvist' } as const

const ID = /^[A-Za-z0-9-]{1,40}$/

function whoAt(word: string | null): Who | null {
  if (word === whoWords.everybody) return 'everybody'
  if (word === whoWords.staff) return 'staff'
  if (word === whoWords.pupils) return 'pupils'
  return word !== null && ID.test(word) ? { id: word } : null
}

const dayAt = (text: string | null): string | null =>
  text !== null && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null

/** What an address asks for; what it says that nobody knows is left out. */
export function shownAt(params: URLSearchParams): Shown {
  const pupilId = params.get('elev')
  const outcome = params.get('resultat')
  return {
    who: whoAt(params.get('hvem')),
    pupilId: pupilId !== null && ID.test(pupilId) ? pupilId : null,
    group: groups.find((group) => groupWords[group] === params.get('hvad')) ?? null,
    outcome: outcome === outcomeWords.done ? 'done' : outcome === outcomeWords.refused ? 'refused' : null,
    from: dayAt(params.get('fra')),
    to: dayAt(params.get('til')),
  }
}

/** The part of the address that says what is shown; empty for everything. */
export function addressOf({ who, pupilId, group, outcome, from, to }: Shown): URLSearchParams {
  const params = new URLSearchParams()
  if (who !== null) params.set('hvem', typeof who === 'string' ? whoWords[who] : who.id)
  if (pupilId !== null) params.set('elev', pupilId)
  if (group !== null) params.set('hvad', groupWords[group])
  if (outcome !== null) params.set('resultat', outcomeWords[outcome])
  if (from !== null) params.set('fra', from)
  if (to !== null) params.set('til', to)
  return params
}
