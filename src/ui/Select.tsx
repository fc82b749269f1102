import { type ReactNode, type SelectHTMLAttributes, useId } from 'react'

type SelectProps = SelectHTMLAttributes<HTMLSelectElement> & {
  label: string
  /** The options. */
  children: ReactNode
}

/** The browser's own list of choices, with its label. */
export function Select({ label, id, className, children, ...rest }: SelectProps) {
  const ownId = useId()
  const selectId = id ?? ownId
  return (
    <div className="form-group">
      <label className="form-label" htmlFor={selectId}>
        {label}
      </label>
      <select {...rest} id={selectId} className={className ? `form-input ${className}` : 'form-input'}>
        {children}
      </select>
    </div>
  )
}
