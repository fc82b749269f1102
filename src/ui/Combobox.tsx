import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  type Ref,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { useAnnounce } from './Announcer'
import { Icon } from './Icon'

type ComboboxProps<T> = {
  label: string
  labelHidden?: boolean | undefined
  placeholder?: string | undefined
  value: string
  onValueChange: (value: string) => void
  options: readonly T[]
  optionKey: (option: T) => string
  renderOption: (option: T) => ReactNode
  /** What the option is called when it is read aloud. */
  optionText: (option: T) => string
  onChoose: (option: T) => void
  /** How the search goes: a count, no hits, or an error with its button. Shown below the options and said politely. */
  status?: ReactNode
  inputRef?: Ref<HTMLInputElement> | undefined
  onFocus?: (() => void) | undefined
  /** The key that leads to the field, shown in it while it is empty. */
  shortcutHint?: string | undefined
}

/** How long the status must stand still before it is said, so that typing is not talked over. */
const SAY_STATUS_AFTER_MS = 700

/**
 * A search field with a list of hits (ARIA 1.2 combobox). The first hit is active at once, so Enter takes it; the arrow
 * keys choose another, Escape closes the list and then clears the field.
 */
export function Combobox<T>({
  label,
  labelHidden = false,
  placeholder,
  value,
  onValueChange,
  options,
  optionKey,
  renderOption,
  optionText,
  onChoose,
  status,
  inputRef,
  onFocus,
  shortcutHint,
}: ComboboxProps<T>) {
  const id = useId()
  const [isOpen, setOpen] = useState(false)
  const [activeKey, setActiveKey] = useState<string | null>(null)
  /** Enter was pressed before there was a hit to take. */
  const [isEager, setEager] = useState(false)
  const statusElement = useRef<HTMLDivElement>(null)
  const activeElement = useRef<HTMLDivElement>(null)

  const hasOptions = isOpen && options.length > 0
  const hasStatus = isOpen && status !== undefined && status !== null && status !== false && status !== ''
  const found = options.findIndex((option) => optionKey(option) === activeKey)
  const activeIndex = found === -1 ? 0 : found
  const active = hasOptions ? options[activeIndex] : undefined

  useSayStatus(statusElement, hasStatus)

  useEffect(() => {
    if (!isEager || active === undefined) return
    setOpen(false)
    setEager(false)
    onChoose(active)
  }, [isEager, active, onChoose])

  const shownKey = active === undefined ? null : optionKey(active)
  useEffect(() => {
    // jsdom does no layout and has no scrollIntoView.
    if (shownKey !== null) activeElement.current?.scrollIntoView?.({ block: 'nearest' })
  }, [shownKey])

  function close() {
    setOpen(false)
    setActiveKey(null)
    setEager(false)
  }

  function choose(option: T) {
    close()
    onChoose(option)
  }

  function moveTo(index: number) {
    const option = options[(index + options.length) % options.length]
    if (option !== undefined) setActiveKey(optionKey(option))
  }

  function handleKeyDown(event: KeyboardEvent<HTMLInputElement>) {
    if (event.nativeEvent.isComposing) return
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        if (options.length === 0) return
        event.preventDefault()
        if (!isOpen) setOpen(true)
        else moveTo(activeIndex + (event.key === 'ArrowDown' ? 1 : -1))
        return
      case 'Enter':
        event.preventDefault()
        if (active !== undefined) choose(active)
        else setEager(isOpen)
        return
      case 'Escape':
        if (!hasOptions && !hasStatus && value === '') return
        event.preventDefault()
        event.stopPropagation()
        if (hasOptions || hasStatus) close()
        else onValueChange('')
        return
    }
  }

  function handleBlur(event: FocusEvent<HTMLDivElement>) {
    // Tab may go from the field to a button in the status.
    if (!event.currentTarget.contains(event.relatedTarget)) close()
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: it only watches the focus of what is inside leave
    <div className="combobox" onBlur={handleBlur}>
      <label className={labelHidden ? 'visually-hidden' : 'form-label'} htmlFor={id}>
        {label}
      </label>
      <div className="combobox-field">
        <Icon name="search" />
        <input
          ref={inputRef}
          id={id}
          className="form-input"
          type="text"
          role="combobox"
          inputMode="search"
          enterKeyHint="search"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          placeholder={placeholder}
          aria-autocomplete="list"
          aria-expanded={hasOptions}
          aria-controls={hasOptions ? `${id}-list` : undefined}
          aria-activedescendant={active === undefined ? undefined : `${id}-${activeIndex}`}
          aria-describedby={shortcutHint === undefined ? undefined : `${id}-shortcut`}
          value={value}
          onChange={(event) => {
            setOpen(true)
            setActiveKey(null)
            setEager(false)
            onValueChange(event.target.value)
          }}
          onKeyDown={handleKeyDown}
          onFocus={onFocus}
          onClick={() => setOpen(true)}
        />
        {shortcutHint !== undefined && (
          <kbd className="combobox-shortcut" id={`${id}-shortcut`}>
            {shortcutHint}
          </kbd>
        )}
      </div>
      {(hasOptions || hasStatus) && (
        // biome-ignore lint/a11y/noStaticElementInteractions: a press in the popup, or on its scroll bar, leaves the focus in the field
        <div className="combobox-popup" onMouseDown={(event) => event.preventDefault()}>
          {hasOptions && (
            <div className="combobox-list" role="listbox" id={`${id}-list`} aria-label={label}>
              {options.map((option, index) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are handled by the field, which keeps the focus
                <div
                  key={optionKey(option)}
                  ref={index === activeIndex ? activeElement : undefined}
                  className="combobox-option"
                  role="option"
                  tabIndex={-1}
                  id={`${id}-${index}`}
                  aria-label={optionText(option)}
                  aria-selected={index === activeIndex}
                  onMouseMove={() => setActiveKey(optionKey(option))}
                  onClick={() => choose(option)}
                >
                  {renderOption(option)}
                </div>
              ))}
            </div>
          )}
          {hasStatus && (
            <div className="combobox-status" ref={statusElement}>
              {status}
            </div>
          )}
        </div>
      )}
    </div>
  )
}

/** Says the words of the status when they have stood still for a moment, each of them once. */
function useSayStatus(element: { readonly current: HTMLElement | null }, isShown: boolean) {
  const announce = useAnnounce()
  const [text, setText] = useState('')

  // The status may be any element, so its words are read off the page after each drawing.
  useEffect(() => {
    const status = isShown ? element.current : null
    // A notice in it may be a live region of its own, and speaks for itself.
    const speaksForItself = status?.querySelector('[role=alert], [role=status]')
    setText(speaksForItself ? '' : (status?.textContent ?? ''))
  })

  useEffect(() => {
    if (text === '') return
    const timer = setTimeout(() => announce(text), SAY_STATUS_AFTER_MS)
    return () => clearTimeout(timer)
  }, [text, announce])
}
