import type { ButtonHTMLAttributes, KeyboardEvent, MouseEvent, Ref } from 'react'
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
 * A double click, or a key held down, counts once: the second half must not press what the first has put in its place.
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
    const isSecondHalf = event.detail > 1
    if (inactive || isSecondHalf) {
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
      onKeyDown={ignoreHeldKey}
    >
      {icon && <Icon name={icon} />}
      {children}
    </button>
  )
}

function ignoreHeldKey(event: KeyboardEvent) {
  if (event.repeat && (event.key === 'Enter' || event.key === ' ')) event.preventDefault()
}
