import { createContext, type ReactNode, useContext, useEffect, useRef } from 'react'

type PageHeadingProps = {
  title: string
  documentTitle: string
  /** A line beside the heading. */
  children?: ReactNode
  /** Names the page where its title does not, as while it loads. Focus moves to the heading when this changes. */
  focusKey?: string | undefined
}

/** What stands before every page's title in the tab, such as a count; it is no part of the page's name. */
export const TitlePrefix = createContext('')

/** The page whose heading was shown last; null until the document has shown one. */
let lastPage: string | null = null
let hasNavigated = false

/** The next heading counts as the first of its document again. For tests, which show many documents in one. */
export function forgetLastPage() {
  lastPage = null
  hasNavigated = false
}

/**
 * The page's h1. After a navigation inside the app it takes the focus, so that screen readers say where one is and Tab
 * goes on from the top. On the document's first page the browser has already done so. When the heading of the same page
 * is drawn anew (a skeleton gives way to the content), it only takes focus that would otherwise be lost.
 */
export function PageHeading({ title, documentTitle, children, focusKey }: PageHeadingProps) {
  const heading = useRef<HTMLHeadingElement>(null)
  const place = useRef<{ focusKey: string | undefined } | null>(null)

  const prefix = useContext(TitlePrefix)

  useEffect(() => {
    document.title = `${prefix}${documentTitle}`
  }, [prefix, documentTitle])

  useEffect(() => {
    const page = focusKey ?? documentTitle
    const previousPage = lastPage
    lastPage = page

    // The words changed, not the place: another language, or a count in the title.
    const isSamePlace = place.current !== null && place.current.focusKey === focusKey
    place.current = { focusKey }
    if (isSamePlace || previousPage === null) return

    if (previousPage !== page) hasNavigated = true
    if (previousPage !== page || (hasNavigated && isFocusLost())) {
      heading.current?.focus({ preventScroll: true })
    }
  }, [documentTitle, focusKey])

  return (
    <div className="page-heading">
      <h1 ref={heading} tabIndex={-1}>
        {title}
      </h1>
      {children && <div className="page-heading-sub">{children}</div>}
    </div>
  )
}

/** Puts the focus on the page's heading, for when what had it is gone. */
export const focusHeading = () => document.querySelector<HTMLElement>('h1')?.focus()

function isFocusLost(): boolean {
  return document.activeElement === null || document.activeElement === document.body
}
