import type { ReactNode } from 'react'
import { Icon } from '../ui/Icon'

/** Where help is to be had, on the page itself. */
export function Help({ children }: { children: ReactNode }) {
  return (
    <div className="pupil-help">
      <Icon name="help" />
      <p>{children}</p>
    </div>
  )
}
