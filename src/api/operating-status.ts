import { useSyncExternalStore } from 'react'

/** Whether the latest answer of the API said that something is wrong; what, `GET /api/operating-status` tells. */
let isTrouble = false
const listeners = new Set<() => void>()

/** Takes note of what an answer says beside its content. A failure, which may be a proxy's, is no word that all is well. */
export function noteOperatingStatus(answer: Response): void {
  const now = answer.headers.has('Operating-Status')
  if (now === isTrouble || !(now || answer.ok)) return
  isTrouble = now
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** Whether there is something to tell about operation. */
export const useIsTrouble = (): boolean => useSyncExternalStore(subscribe, () => isTrouble)
