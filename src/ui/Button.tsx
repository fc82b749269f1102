import type { ButtonHTMLAttributes, MouseEvent, Ref } from 'react'
import { Icon, type IconName } from './Icon'

export type ButtonProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  /** At most one primary action in sight; `warning` for what cannot be undone. */
  variant?: 'primary' | 'secondary' | 'tertiary' | 'warning' | undefined
  size?: 'normal' | 'small' | undefined
  /** The action is under way: the button keeps focus and width, and does nothing more. */
  busy?: boolean | undefined
  icon?: IconName | undefined
  /** Only the icon is seen; the words remain for assistive technology and as a tooltip. */
  iconOnly?: boolean | undefined
  ref?: Ref<HTMLButtonElement> | undefined
}

/** A button. `aria-disabled` (given, or by `busy`) stops clicks but, unlike `disabled`, never drops the focus. */
export function Button({
  variant = 'secondary',
  size = 'normal',
  busy = false,
  icon,
  iconOnly = false,
  className,
  type = 'button',
  onClick,
  'aria-disabled': ariaDisabled,
  'aria-label': ariaLabel,
  title,
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
  if (iconOnly) classes.push('button-icon-only')
  if (className) classes.push(className)

  const tooltip = iconOnly ? (ariaLabel ?? (typeof children === 'string' ? children : undefined)) : undefined

  return (
    <button
      {...rest}
      type={type}
      aria-label={ariaLabel}
      title={title ?? tooltip}
      className={classes.join(' ')}
      aria-disabled={inactive || undefined}
      data-busy={busy || undefined}
      onClick={handleClick}
    >
      {icon && <Icon name={icon} />}
      {iconOnly ? <span className="visually-hidden">{children}</span> : children}
    </button>
  )
}
