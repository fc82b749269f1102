import { useSyncExternalStore } from 'react'

/**
 * The usernames on the screen right now. They live here and nowhere else in the page,
 * and are gone from memory when they are hidden.
 */
const revealed = new Map<string, { username: string; hideAt: ReturnType<typeof setTimeout> }>()
const listeners = new Set<() => void>()

/** How long a username stays on the screen. */
const SHOWN_FOR_MS = 30_000

let usernames: ReadonlyMap<string, string> = new Map()

function changed() {
  usernames = new Map([...revealed].map(([id, { username }]) => [id, username]))
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

/** Counts how often all were hidden: an answer to a question from before that is shown nowhere. */
let hidings = 0

type Answered = readonly { id: string; username: string }[]

/**
 * Call this when usernames are asked for, and what it returns when they have come: they are shown
 * unless the person has left the page, turned to another tab, or hidden them all since. Answers how many are shown.
 */
export function expectUsernames(): (answered: Answered) => number {
  const hidingsBefore = hidings
  return (answered) => {
    if (hidings !== hidingsBefore || document.visibilityState === 'hidden') return 0
    showUsernames(answered)
    return answered.length
  }
}

function showUsernames(answered: Answered): void {
  for (const { id, username } of answered) {
    clearTimeout(revealed.get(id)?.hideAt)
    revealed.set(id, { username, hideAt: setTimeout(() => hideUsername(id), SHOWN_FOR_MS) })
  }
  changed()
}

export function hideUsername(pupilId: string): void {
  clearTimeout(revealed.get(pupilId)?.hideAt)
  if (revealed.delete(pupilId)) changed()
}

export function hideAllUsernames(): void {
  hidings += 1
  for (const { hideAt } of revealed.values()) clearTimeout(hideAt)
  revealed.clear()
  changed()
}

document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'hidden') hideAllUsernames()
})
// A page kept for the Back button must not keep them either.
addEventListener('pagehide', hideAllUsernames)

/** The username on the screen for this pupil, if any. */
export const useRevealedUsername = (pupilId: string): string | undefined =>
  useSyncExternalStore(subscribe, () => revealed.get(pupilId)?.username)

/** Whether the usernames of all these pupils are on the screen. */
export const useAllRevealed = (pupilIds: readonly string[]): boolean =>
  useSyncExternalStore(subscribe, () => pupilIds.every((id) => revealed.has(id)))

/** All usernames on the screen, by pupil. */
export const useRevealedUsernames = (): ReadonlyMap<string, string> =>
  useSyncExternalStore(subscribe, () => usernames)
