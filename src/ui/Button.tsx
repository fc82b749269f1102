import type { ButtonHTMLAttributes, MouseEvent, Ref } from 'react'
import { Icon, type IconName } from './Icon'

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** At most one primary action in sight; `warning` for what cannot be undone. */
  variant?: 'primary' | 'secondary' | 'tertiary' | 'warning' | undefined
  size?: 'normal' | 'small' | undefined
  /** The action is under way: the button keeps focus and width, and does nothing more. */
  busy?: boolean | undefined
  icon?: IconName | undefined
  ref?: Ref<HTMLButtonElement> | undefined
}

/**
 * A button. `aria-disabled` (given, or by `busy`) stops clicks but, unlike `disabled`, never drops the focus.
 * For an icon alone: `className="button-icon-only"` and the words in a `visually-hidden` span.
 */
export function Button({
  variant = 'secondary',
  size = 'normal',
  busy = false,
  icon,
  className,
  type = 'button',
  onClick,
  'aria-disabled': ariaDisabled,
  children,
  ...rest
}: ButtonProps) {
  const inactive = busy || ariaDisabled === true || ariaDisabled === 'true'

  function handleClick(event: MouseEvent<HTMLButtonElement>) {
    if (inactive) {
      // Also keeps a submit button from sending its form a second time.
      event.preventDefault()
      event.stopPropagation()
      return
    }
    onClick?.(event)
  }

  const classes = ['button', `button-${variant}`]
  if (size === 'small') classes.push('button-small')
  if (className) classes.push(className)

  return (
    <button
      {...rest}
      type={type}
      className={classes.join(' ')}
      aria-disabled={inactive || undefined}
      data-busy={busy || undefined}
      onClick={handleClick}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}
