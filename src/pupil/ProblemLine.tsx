import type { ReactNode } from 'react'
import { Icon } from '../ui/Icon'

/** Room for one line about what went wrong, said at once when it comes. */
export function ProblemLine({ id, children }: { id?: string | undefined; children: ReactNode }) {
  return (
    <div className="pupil-problem" id={id} role="alert">
      {children && (
        <p>
          <Icon name="error" />
          {children}
        </p>
      )}
    </div>
  )
}
