import { useEffect, useRef } from 'react'
import { type Duration, seconds } from '../../server/time'

/** A page of the app that takes the focus does so right after it is drawn. */
const SOON: Duration = seconds(0.5)

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
    let goesByKey = false
    const noteKey = ({ key }: KeyboardEvent) => {
      goesByKey = key === 'Tab'
      // What a key does is done before.
      setTimeout(() => {
        goesByKey = false
      })
    }
    const giveBackSoon = () => {
      // Only then does the document know where the focus has gone.
      if (!goesByKey) setTimeout(giveBack)
    }
    addEventListener('blur', giveBackSoon)
    addEventListener('focusin', noteHere)
    addEventListener('keydown', noteKey)
    return () => {
      removeEventListener('blur', giveBackSoon)
      removeEventListener('focusin', noteHere)
      removeEventListener('keydown', noteKey)
    }
  }, [])

  return (frame) => {
    opening.current.set(frame, Number.POSITIVE_INFINITY)
    const goesThere = () => opening.current.delete(frame)
    const open = () => {
      frame.contentWindow?.addEventListener('pointerdown', goesThere)
      frame.contentWindow?.addEventListener('keydown', goesThere)
      whenDrawn(frame, () => {
        if (opening.current.has(frame)) opening.current.set(frame, performance.now() + SOON)
      })
    }
    frame.addEventListener('load', open, { once: true })
  }
}

function whenDrawn({ contentDocument: page }: HTMLIFrameElement, work: () => void) {
  if (!page) return
  const look = () => {
    if (!page.querySelector('h1')) return
    observer.disconnect()
    work()
  }
  const observer = new MutationObserver(look)
  observer.observe(page, { childList: true, subtree: true })
  look()
}
