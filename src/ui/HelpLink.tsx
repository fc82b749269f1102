import type { ReactNode } from 'react'

/** A link to help beside the page, in a tab of its own: what was typed, ticked or is to be tried again stays. */
export const HelpLink = ({ to, children }: { to: string; children: ReactNode }) => (
  <a className="lone-link" href={to} target="_blank" rel="noopener">
    {children}
  </a>
)
