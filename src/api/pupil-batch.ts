import { useCallback, useEffect, useRef, useState } from 'react'
import { type ApiError, isSessionLost } from './errors'
import { type DeedFor, type PupilAction, type Refused, useCarryOut } from './pupil-actions'
import type { Pupil } from './pupil-cache'

/** How many pupils one request covers: few enough that the person sees it move. */
const PIECE = 50

/** How far something that is done for many stands. */
export interface Batch {
  action: PupilAction
  total: number
  running: boolean
  done: readonly Pupil[]
  /** Also those it was not asked for, though they were meant. */
  refused: readonly Refused[]
  /** Those for whom it failed, or was not tried any more; they can be tried again. */
  failed: readonly Pupil[]
  error: ApiError | null
}

const pieces = <T>(all: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(all.length / PIECE) }, (_, index) =>
    all.slice(index * PIECE, (index + 1) * PIECE),
  )

/**
 * Does something for many pupils, some at a time and each once. A piece that fails ends it there: what was done stays
 * done, and the rest can be tried again.
 */
export function useBatch() {
  const carryOut = useCarryOut()
  const [batch, setBatch] = useState<Batch | null>(null)
  const isGone = useRef(false)
  const latest = useRef<DeedFor | null>(null)
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
    }
  }, [])

  const start = useCallback(
    async (
      deedFor: DeedFor,
      pupils: readonly Pupil[],
      { done, refused }: Pick<Batch, 'done' | 'refused'>,
    ): Promise<Batch | null> => {
      latest.current = deedFor
      const { action } = deedFor(pupils)
      let now: Batch = {
        action,
        total: pupils.length + done.length + refused.length,
        running: true,
        done,
        refused,
        failed: [],
        error: null,
      }
      const show = (next: Batch) => {
        now = next
        if (!isGone.current) setBatch(next)
      }
      show(now)
      for (const [index, piece] of pieces(pupils).entries()) {
        const outcome = await carryOut(deedFor(piece))
        // Left, or signed out: there is nobody to tell.
        if (isGone.current) return null
        if (outcome === null) continue
        if (outcome.state === 'failed') {
          if (isSessionLost(outcome.error)) return null
          show({ ...now, failed: pupils.slice(index * PIECE), error: outcome.error })
          break
        }
        show({ ...now, done: [...now.done, ...outcome.done], refused: [...now.refused, ...outcome.refused] })
      }
      show({ ...now, running: false })
      return now
    },
    [carryOut],
  )

  const tryAgain = useCallback(async () => {
    if (!batch || batch.running || !latest.current) return null
    return start(latest.current, batch.failed, batch)
  }, [batch, start])

  const dismiss = useCallback(() => setBatch(null), [])
  return { batch, start, tryAgain, dismiss }
}
