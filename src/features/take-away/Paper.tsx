import { type ReactNode, useEffect, useRef } from 'react'
import { createPortal } from 'react-dom'

interface PaperProps {
  children: ReactNode
  /** Printed or not: the browser's dialog is over. */
  onPrinted: () => void
}

const PRINTS = 'prints-paper'

/**
 * Prints what it holds, once, and nothing else of the page; on the screen it is not seen. Whoever renders it takes it
 * away again when told that it is printed.
 */
export function Paper({ children, onPrinted }: PaperProps) {
  const latestOnPrinted = useRef(onPrinted)
  useEffect(() => {
    latestOnPrinted.current = onPrinted
  })

  useEffect(() => {
    const root = document.documentElement
    const tell = () => latestOnPrinted.current()
    root.classList.add(PRINTS)
    addEventListener('afterprint', tell)
    // A page that is left while it prints must not come back with it.
    addEventListener('pagehide', tell)
    print()
    return () => {
      root.classList.remove(PRINTS)
      removeEventListener('afterprint', tell)
      removeEventListener('pagehide', tell)
    }
  }, [])

  return createPortal(<div className="paper">{children}</div>, document.body)
}
