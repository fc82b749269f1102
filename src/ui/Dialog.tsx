import {
  type KeyboardEvent,
  type ReactNode,
  useEffect,
  useId,
  useLayoutEffect,
  useRef,
  useState,
} from 'react'
import { Icon } from './Icon'

type DialogProps = {
  open: boolean
  title: string
  /** Asked to close: Escape, the back gesture, the close button. */
  onClose: () => void
  /** The words on the close button in the corner; without them there is none. */
  closeLabel?: string | undefined
  children: ReactNode
  /** Buttons, the main one first. */
  actions: ReactNode
  role?: 'dialog' | 'alertdialog' | undefined
  /** Where focus goes afterwards if the opener is gone by then. */
  returnFocusTo?: (() => HTMLElement | null) | undefined
}

/**
 * A native modal dialog: the page behind is inert and still. On opening, focus goes to `[data-autofocus]`, else the first
 * field, else the first action (in an alertdialog the last, which is the harmless one), else the title.
 */
export function Dialog({ open, ...rest }: DialogProps) {
  return open ? <OpenDialog {...rest} /> : null
}

function OpenDialog({
  title,
  onClose,
  closeLabel,
  children,
  actions,
  role = 'dialog',
  returnFocusTo,
}: Omit<DialogProps, 'open'>) {
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [opener] = useState(() => document.activeElement)

  useLayoutEffect(() => {
    const element = dialog.current
    if (element === null) return
    show(element)
    focusInside(element)
    return () => hide(element)
  }, [])

  const latestReturnFocusTo = useRef(returnFocusTo)
  useEffect(() => {
    latestReturnFocusTo.current = returnFocusTo
  })

  // After the commit that removes the dialog, when it is known whether the opener is still there.
  useEffect(() => () => returnFocus(opener, latestReturnFocusTo.current), [opener])

  function handleKeyDown(event: KeyboardEvent<HTMLDialogElement>) {
    // Something inside, such as an open list, may have used the key.
    if (event.key !== 'Escape' || event.defaultPrevented) return
    event.preventDefault()
    event.stopPropagation()
    onClose()
  }

  return (
    <dialog
      ref={dialog}
      className="dialog"
      role={role}
      aria-modal="true"
      aria-labelledby={`${id}-title`}
      aria-describedby={role === 'alertdialog' ? `${id}-body` : undefined}
      onKeyDown={handleKeyDown}
      onCancel={(event) => {
        if (event.target !== event.currentTarget) return
        event.preventDefault()
        onClose()
      }}
      onClose={(event) => {
        // Closed by the browser itself, not by us.
        if (event.target === event.currentTarget && !event.currentTarget.open) onClose()
      }}
    >
      <div className="dialog-header">
        <h2 className="dialog-title" id={`${id}-title`} tabIndex={-1}>
          {title}
        </h2>
        {closeLabel !== undefined && (
          <button type="button" className="dialog-close" onClick={onClose}>
            <Icon name="close" />
            {closeLabel}
          </button>
        )}
      </div>
      <div className="dialog-body" id={`${id}-body`}>
        {children}
      </div>
      <div className="dialog-actions">{actions}</div>
    </dialog>
  )
}

function show(dialog: HTMLDialogElement) {
  // jsdom knows the element but not its methods.
  if (typeof dialog.showModal === 'function') dialog.showModal()
  else dialog.setAttribute('open', '')
}

function hide(dialog: HTMLDialogElement) {
  if (typeof dialog.close === 'function') dialog.close()
  else dialog.removeAttribute('open')
}

const fields = 'input:not([type=hidden]):enabled, select:enabled, textarea:enabled'
const buttons = 'button:enabled, a[href]'

function focusInside(dialog: HTMLDialogElement) {
  const find = (selector: string) => dialog.querySelector<HTMLElement>(selector)
  const actions = dialog.querySelectorAll<HTMLElement>(`.dialog-actions :is(${buttons})`)
  const action = dialog.getAttribute('role') === 'alertdialog' ? actions[actions.length - 1] : actions[0]
  const target =
    find('[data-autofocus]') ?? find(`.dialog-body :is(${fields})`) ?? action ?? find('.dialog-title')
  target?.focus()
}

function returnFocus(opener: Element | null, fallback: (() => HTMLElement | null) | undefined) {
  const focused = document.activeElement
  const isLost = focused === null || focused === document.body || focused === opener
  // Somebody has already put it where it belongs.
  if (!isLost) return
  if (opener instanceof HTMLElement && opener !== document.body && opener.isConnected) {
    opener.focus()
    if (document.activeElement === opener) return
  }
  fallback?.()?.focus()
}
