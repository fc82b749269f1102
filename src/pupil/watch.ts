import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { isWaiting, latestRequestQuery, lookAgain } from './queries'

const LOOK_EVERY_MS = 2_000

/**
 * Calls `look` whenever the answer to a pupil's request may have come, until the returned function is called.
 * The one place that decides when the pupil's pages look again.
 */
export function watch(look: () => void): () => void {
  const timer = setInterval(look, LOOK_EVERY_MS)
  return () => clearInterval(timer)
}

/** Keeps what is on the page up to date while the pupil waits. */
export function useWatch(): void {
  const queryClient = useQueryClient()
  const { data } = useQuery({ ...latestRequestQuery, enabled: false })
  const waits = isWaiting(data)
  useEffect(() => (waits ? watch(() => void lookAgain(queryClient)) : undefined), [waits, queryClient])
}
