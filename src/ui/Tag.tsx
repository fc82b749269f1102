import type { ReactNode } from 'react'

export type TagTone = 'neutral' | 'info' | 'success' | 'warning' | 'error' | 'strong'

/** A small label of state. The words say it; the tone only helps the eye. */
export function Tag({ tone, children }: { tone: TagTone; children: ReactNode }) {
  return <span className={`badge badge-${tone}`}>{children}</span>
}
