import { type ReactNode, useLayoutEffect } from 'react'

/**
 * What can be done with the chosen rows, kept in sight at the bottom of the window. It stands in the flow after the
 * table, so it never lies over the last row, and while it is there the page scrolls a focused row clear of it.
 */
export function SelectionBar({ label, children }: { label: string; children: ReactNode }) {
  useLayoutEffect(() => {
    const page = document.documentElement
    page.classList.add('has-selection-bar')
    // What was pressed to bring it may stand where it now lies.
    document.activeElement?.scrollIntoView?.({ block: 'nearest' })
    return () => page.classList.remove('has-selection-bar')
  }, [])

  return (
    <section className="selection-bar" aria-label={label}>
      {children}
    </section>
  )
}
