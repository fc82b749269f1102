import { type ReactNode, useEffect, useRef } from 'react'

/**
 * Around something that grows and shrinks above other things, such as a queue above a table. What a person is about
 * to press must not move away under the pointer, and something else not take its place.
 *
 * Browsers do this by themselves (scroll anchoring), but not at the top of the page, and not all of them. So it is done
 * here, and theirs is off (page.scss): whoever points at, or has the focus on, something below sees that stay where it
 * is, as the page scrolls by as much as this grew. For everybody else it grows downwards as usual. Holding the news
 * back until the pointer is elsewhere, the other known way, would hide a waiting pupil from whoever works in the table.
 * Where there is nothing to scroll by, room is made: below a page that is too short to be scrolled, and in place of what
 * shrinks at the top of the page, until the person moves on.
 */
export function KeepBelowStill({ children }: { children: ReactNode }) {
  const room = useRef<HTMLDivElement>(null)
  const content = useRef<HTMLDivElement>(null)

  useEffect(() => {
    const outer = room.current
    const inner = content.current
    if (outer === null || inner === null || typeof ResizeObserver === 'undefined') return
    const { style: endOfPage } = document.body
    let pointerY: number | null = null
    let height = inner.offsetHeight

    const keptRoom = () => Number.parseFloat(outer.style.minHeight) || 0
    // As the person has seen it last: what is drawn now may have changed already.
    const seenHeight = () => Math.max(height, keptRoom())
    const seenBottom = () => outer.getBoundingClientRect().top + seenHeight()
    const hasFocusBelow = () => {
      const focused = document.activeElement
      return (
        focused !== null &&
        focused !== document.body &&
        !outer.contains(focused) &&
        (outer.compareDocumentPosition(focused) & Node.DOCUMENT_POSITION_FOLLOWING) !== 0
      )
    }
    let isPersonBelow = false
    const look = () => {
      const bottom = seenBottom()
      const pointsBelow = pointerY !== null && pointerY > bottom
      const isScrolledPast = bottom < 0
      isPersonBelow = pointsBelow || hasFocusBelow() || isScrolledPast
      if (!isPersonBelow) outer.style.minHeight = ''
      // At the top of the page nothing moves when the room at its end goes.
      if (scrollY === 0) endOfPage.paddingBottom = ''
    }
    const point = (event: PointerEvent) => {
      pointerY = event.clientY
      look()
    }
    const leave = () => {
      pointerY = null
      look()
    }

    const observer = new ResizeObserver(() => {
      const before = seenHeight()
      height = inner.offsetHeight
      const moved = seenHeight() - before
      if (moved === 0 || !isPersonBelow) return
      const from = scrollY
      scrollBy({ top: moved, behavior: 'instant' })
      const missing = scrollY - from - moved
      if (missing > 0) outer.style.minHeight = `${height + missing}px`
      if (missing < 0) {
        const room = Number.parseFloat(endOfPage.paddingBottom) || 0
        endOfPage.paddingBottom = `${room - missing}px`
        scrollBy({ top: -missing, behavior: 'instant' })
      }
    })
    observer.observe(inner)
    addEventListener('pointermove', point)
    addEventListener('pointerdown', point)
    addEventListener('focusin', look)
    addEventListener('scroll', look, { passive: true })
    document.documentElement.addEventListener('pointerleave', leave)
    return () => {
      observer.disconnect()
      endOfPage.paddingBottom = ''
      removeEventListener('pointermove', point)
      removeEventListener('pointerdown', point)
      removeEventListener('focusin', look)
      removeEventListener('scroll', look)
      document.documentElement.removeEventListener('pointerleave', leave)
    }
  }, [])

  return (
    <div ref={room} className="keep-below-still">
      <div ref={content}>{children}</div>
    </div>
  )
}
