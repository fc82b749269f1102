import { useEffect, useRef } from 'react'
import { serverNow } from './server-clock'

/** The API is told at most this often that the person is there. */
const TELL_EVERY_MS = 60_000

/** What only somebody who is there does. A page that scrolls by itself is nobody. */
const signs = ['pointerdown', 'keydown', 'wheel'] as const

/** Tells the API now and then that the person does something, as long as that can move the end of the session. */
export function useTellPresence(tell: () => void, canTell: boolean): void {
  // By the server's clock, which is the one that ends the session.
  const toldAt = useRef(serverNow())
  useEffect(() => {
    if (!canTell) return
    const notice = () => {
      const now = serverNow()
      if (Math.abs(now - toldAt.current) < TELL_EVERY_MS) return
      toldAt.current = now
      tell()
    }
    for (const sign of signs) addEventListener(sign, notice, { passive: true })
    return () => {
      for (const sign of signs) removeEventListener(sign, notice)
    }
  }, [tell, canTell])
}
