import { useCallback, useEffect, useSyncExternalStore } from 'react'
import { type ApiError, isSessionLost } from './errors'
import { actsFor, type DeedFor, type PupilAction, type Refused, useCarryOut } from './pupil-actions'
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

interface Kept {
  batch: Batch
  deedFor: DeedFor
  /** For whom and in which view, see `actsFor`. */
  generation: number
}

/** By list. They go on when the page is left, and are told when one comes back; nothing is left for the next person. */
const batches = new Map<string, Kept>()
const listeners = new Set<() => void>()

function keep(list: string, next: Kept | null) {
  if (next) batches.set(list, next)
  else batches.delete(list)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

function keptOf(list: string): Kept | null {
  const kept = batches.get(list)
  return kept && kept.generation === actsFor() ? kept : null
}

/** Forgets what was begun by another person, or in another view. */
function forgetStale() {
  for (const [list, { generation }] of batches) if (generation !== actsFor()) batches.delete(list)
}

/**
 * Does something for many pupils of a list, some at a time and each once. A piece that fails ends it there: what was done
 * stays done, and the rest can be tried again. It outlives its page, but neither the session nor the view.
 */
export function useBatch(list: string) {
  const carryOut = useCarryOut()
  const kept = useSyncExternalStore(subscribe, () => keptOf(list))
  useEffect(forgetStale, [])

  const start = useCallback(
    async (
      deedFor: DeedFor,
      pupils: readonly Pupil[],
      { done, refused }: Pick<Batch, 'done' | 'refused'>,
    ): Promise<Batch | null> => {
      const generation = actsFor()
      let batch: Batch = {
        action: deedFor(pupils).action,
        total: pupils.length + done.length + refused.length,
        running: true,
        done,
        refused,
        failed: [],
        error: null,
      }
      function show(change: Partial<Batch>) {
        batch = { ...batch, ...change }
        keep(list, { batch, deedFor, generation })
      }
      show({})
      for (const [index, piece] of pieces(pupils).entries()) {
        const outcome = await carryOut(deedFor(piece))
        // Signed out, or turned to another view: there is nobody to tell.
        if (generation !== actsFor()) return null
        if (outcome === null) continue
        if (outcome.state === 'failed') {
          if (isSessionLost(outcome.error)) {
            keep(list, null)
            return null
          }
          show({ failed: pupils.slice(index * PIECE), error: outcome.error })
          break
        }
        show({ done: [...batch.done, ...outcome.done], refused: [...batch.refused, ...outcome.refused] })
      }
      show({ running: false })
      return batch
    },
    [carryOut, list],
  )

  const tryAgain = useCallback(async () => {
    const last = keptOf(list)
    if (!last || last.batch.running) return null
    return start(last.deedFor, last.batch.failed, last.batch)
  }, [list, start])

  const dismiss = useCallback(() => keep(list, null), [list])
  return { batch: kept?.batch ?? null, start, tryAgain, dismiss }
}
