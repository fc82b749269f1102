import type { ReactNode } from 'react'

interface HelpLinkProps {
  to: string
  /** At the end of a text, not in a line of its own. */
  inText?: boolean
  children: ReactNode
}

/** A link to help beside the page, in a tab of its own: what was typed, ticked or is to be tried again stays. */
export const HelpLink = ({ to, inText = false, children }: HelpLinkProps) => (
  <a className={inText ? undefined : 'lone-link'} href={to} target="_blank" rel="noopener">
    {children}
  </a>
)
