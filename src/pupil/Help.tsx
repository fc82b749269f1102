import type { ReactNode } from 'react'
import { HelpIcon } from '../ui/RareIcons'

/** Where help is to be had, on the page itself. */
export function Help({ children }: { children: ReactNode }) {
  return (
    <div className="pupil-help">
      <HelpIcon />
      <p>{children}</p>
    </div>
  )
}
