import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon'

export type NoticeKind = 'info' | 'success' | 'warning' | 'error'

type NoticeProps = {
  kind: NoticeKind
  title?: string | undefined
  headingLevel?: 2 | 3 | undefined
  children?: ReactNode
  /** With `onDismiss`: the words on the button that closes the notice. */
  dismissLabel?: string | undefined
  onDismiss?: (() => void) | undefined
  /** Whether it is read aloud when it appears; `off` for what is there from the start. */
  live?: 'polite' | 'assertive' | 'off' | undefined
}

const icons: Record<NoticeKind, IconName> = {
  info: 'info',
  success: 'check-circle',
  warning: 'warning',
  error: 'error',
}

const roles = { polite: 'status', assertive: 'alert', off: undefined } as const

/** A message in the flow of the page, with an optional heading and a way to close it. */
export function Notice({
  kind,
  title,
  headingLevel = 2,
  children,
  dismissLabel,
  onDismiss,
  live = 'off',
}: NoticeProps) {
  const Heading = headingLevel === 2 ? 'h2' : 'h3'
  const dismissible = onDismiss !== undefined && dismissLabel !== undefined

  return (
    <div className={`alert alert-${kind}${dismissible ? ' has-close' : ''}`} role={roles[live]}>
      <span className="alert-icon">
        <Icon name={icons[kind]} />
      </span>
      <div className="alert-body">
        {title !== undefined && <Heading className="alert-heading">{title}</Heading>}
        {children && <div className="alert-text">{children}</div>}
      </div>
      {dismissible && (
        <button type="button" className="alert-close" onClick={onDismiss}>
          <Icon name="close" />
          {dismissLabel}
        </button>
      )}
    </div>
  )
}
