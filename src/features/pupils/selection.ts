import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react'

/**
 * The ticked pupils of each class, or of a whole school under a key of its own. Only ids, kept through a page change and a new sign-in by the same person,
 * and forgotten with `forgetSelections`.
 */
const selections = new Map<string, ReadonlySet<string>>()
const listeners = new Set<() => void>()
const nobody: ReadonlySet<string> = new Set()

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const selectionOf = (classId: string): ReadonlySet<string> => selections.get(classId) ?? nobody

export function select(classId: string, pupilIds: Iterable<string>): void {
  selections.set(classId, new Set(pupilIds))
  for (const listener of listeners) listener()
}

export function forgetSelections(): void {
  selections.clear()
  for (const listener of listeners) listener()
}

/** Ticks or unticks pupils, leaving the others as they are. */
export function setTicked(classId: string, pupilIds: readonly string[], ticked: boolean): void {
  const next = new Set(selectionOf(classId))
  for (const id of pupilIds) {
    if (ticked) next.add(id)
    else next.delete(id)
  }
  select(classId, next)
}

export const useSelection = (classId: string): ReadonlySet<string> =>
  useSyncExternalStore(subscribe, () => selectionOf(classId))

/** Whether one pupil is ticked; repaints only when that changes. */
export const useIsTicked = (classId: string, pupilId: string): boolean =>
  useSyncExternalStore(subscribe, () => selectionOf(classId).has(pupilId))

/**
 * Ticks a pupil or, with shift, all from the one that was ticked last.
 * @param pupils in the order in which they are shown
 * @returns the same function always, so that rows need not be drawn anew
 */
export function useTick(classId: string, pupils: readonly { id: string }[]) {
  const order = useRef(pupils)
  const anchor = useRef<string | null>(null)
  useEffect(() => {
    order.current = pupils
  }, [pupils])

  return useCallback(
    (pupilId: string, ticked: boolean, range: boolean) => {
      const ids = order.current.map(({ id }) => id)
      const from = anchor.current === null ? -1 : ids.indexOf(anchor.current)
      const to = ids.indexOf(pupilId)
      anchor.current = pupilId
      const reach = range && from !== -1 ? ids.slice(Math.min(from, to), Math.max(from, to) + 1) : [pupilId]
      setTicked(classId, reach, ticked)
    },
    [classId],
  )
}
