/** Tabs of one browser share one session, so they tell each other when it changes. */
const channel = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('elevadgang-session')

/** Says that somebody has signed in or out in this tab. */
export const tellOtherTabs = (): void => channel?.postMessage('changed')

/** Calls `listener` when somebody has signed in or out in another tab. */
export function whenAnotherTabTells(listener: () => void): () => void {
  channel?.addEventListener('message', listener)
  return () => channel?.removeEventListener('message', listener)
}
