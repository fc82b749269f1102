import { useEffect, useRef } from 'react'
import { type Duration, seconds } from '../../server/time'

/** A page of the app that takes the focus takes it within this time. */
const OPENS_WITHIN: Duration = seconds(5)

/**
 * A screen that opens puts the focus into its first field, as a page of the app should. Nobody has gone there yet, so
 * the focus is given back, once, to where the person is.
 * @returns what to call when a screen begins to open.
 */
export function useFocusKept(): (frame: HTMLIFrameElement) => void {
  const opening = useRef(new Map<HTMLIFrameElement, number>())

  useEffect(() => {
    const frames = opening.current
    let here: Element | null = document.activeElement
    const noteHere = () => {
      here = document.activeElement
    }
    const giveBack = () => {
      const frame = document.activeElement
      if (!(frame instanceof HTMLIFrameElement)) return
      const wasOpening = performance.now() < (frames.get(frame) ?? 0)
      frames.delete(frame)
      if (!wasOpening) return
      frame.blur()
      window.focus()
      if (here instanceof HTMLElement && here.isConnected) here.focus()
    }
    // Only then does the document know where the focus has gone.
    const giveBackSoon = () => setTimeout(giveBack)
    const goesThere = ({ key }: KeyboardEvent) => {
      if (key === 'Tab') frames.clear()
    }
    addEventListener('blur', giveBackSoon)
    addEventListener('focusin', noteHere)
    addEventListener('keydown', goesThere)
    return () => {
      removeEventListener('blur', giveBackSoon)
      removeEventListener('focusin', noteHere)
      removeEventListener('keydown', goesThere)
    }
  }, [])

  return (frame) => {
    opening.current.set(frame, performance.now() + OPENS_WITHIN)
    const goesThere = () => opening.current.delete(frame)
    const listen = () => {
      frame.contentWindow?.addEventListener('pointerdown', goesThere)
      frame.contentWindow?.addEventListener('keydown', goesThere)
    }
    frame.addEventListener('load', listen, { once: true })
  }
}
