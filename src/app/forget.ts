import type { QueryClient } from '@tanstack/react-query'
import { forgetFirstAnswers } from '../api/first-requests'
import { forgetProgress } from '../api/pupil-actions'
import { forgetResumePoint } from '../api/resume-point'
import { hideAllUsernames } from '../features/pupils/revealed-usernames'
import { forgetSelections } from '../features/pupils/selection'
import { type SignedIn, sessionQuery } from '../features/session/queries'

/** Who used this page last and where, so that the same person can go on there after a lost session. Ids only. */
let left: { personId: string; path: string } | null = null

/** Takes everything personal off the page: usernames, names, lists. Keeps ticks (ids) for the same person to find again. */
export function clearPage(queryClient: QueryClient): void {
  hideAllUsernames()
  forgetProgress()
  forgetResumePoint()
  queryClient.getMutationCache().clear()
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== sessionQuery.queryKey[0] })
}

/** The person turns to another view: nothing of the first may show in the second, or be asked for in its name. */
export function changeView(queryClient: QueryClient): void {
  forgetFirstAnswers()
  clearPage(queryClient)
}

/** The session was lost: clears the page and remembers the place. */
export function leaveInTheMiddle(queryClient: QueryClient, personId: string, path: string): void {
  clearPage(queryClient)
  left = { personId, path }
}

/** The person has left by choice: nothing at all is kept. */
export function leaveForGood(queryClient: QueryClient): void {
  clearPage(queryClient)
  forgetSelections()
  left = null
}

/** Where this person goes on after signing in again; anybody else finds nothing of the one before. */
export function goOnAt(session: SignedIn): string | null {
  if (left === null) return null
  const { personId, path } = left
  if (personId === session.person.id) return path
  forgetSelections()
  left = null
  return null
}

/** The person is back at work: the place is no longer needed. */
export function arrived(): void {
  left = null
}
