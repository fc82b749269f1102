import type { ReactNode } from 'react'
import { Link } from 'react-router'

/** A state that leads to the answer that tells what it means and what to do. */
export const Explained = ({ by, children }: { by: string; children: ReactNode }) => (
  <Link className="explained" to={by}>
    {children}
  </Link>
)
