import { type QueryKey, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { Pupil } from './pupil-cache'
import { serverNow } from './server-clock'

/** The moments, in ms, at which something about a pupil ends by itself; no event tells of that. */
export function deadlinesOf({ status: { block, resetWindow, stepUp, stepUpRequest } }: Pupil): number[] {
  return [
    ...(stepUpRequest ? [Date.parse(stepUpRequest.expiresAt)] : []),
    ...(resetWindow?.state === 'open' ? [Date.parse(resetWindow.closesAt)] : []),
    ...(stepUp ? [Date.parse(stepUp.endsAt)] : []),
    ...(block?.until ? [Date.parse(block.until)] : []),
  ]
}

/** The longest that a browser can be asked to wait; further ahead, the page looks by itself in between. */
const LONGEST_WAIT_MS = 2 ** 31 - 1

/** Looks again as soon as something on the page has run out, so that the row tells the truth. */
export function useLookAgainAtNextDeadline(queryKey: QueryKey, pupils: readonly Pupil[] | undefined) {
  const queryClient = useQueryClient()
  const key = JSON.stringify(queryKey)
  useEffect(() => {
    const now = serverNow()
    const ahead = (pupils ?? []).flatMap(deadlinesOf).filter((at) => at > now)
    const next = ahead.reduce((earliest, at) => Math.min(earliest, at), Number.POSITIVE_INFINITY)
    if (next - now > LONGEST_WAIT_MS) return
    const timer = setTimeout(
      () => void queryClient.invalidateQueries({ queryKey: JSON.parse(key) }),
      next - now,
    )
    return () => clearTimeout(timer)
  }, [key, pupils, queryClient])
}
