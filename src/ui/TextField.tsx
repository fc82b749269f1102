import { type InputHTMLAttributes, type ReactNode, type Ref, useId } from 'react'

export type TextFieldProps = InputHTMLAttributes<HTMLInputElement> & {
  label: string
  hint?: ReactNode
  /** What is wrong and how to mend it; marks the field as invalid. */
  error?: ReactNode
  ref?: Ref<HTMLInputElement> | undefined
}

/** One line of text with its label, hint and error, read together by assistive technology. */
export function TextField({
  label,
  hint,
  error,
  id,
  className,
  type = 'text',
  'aria-describedby': describedBy,
  ...rest
}: TextFieldProps) {
  const ownId = useId()
  const inputId = id ?? ownId
  const hintId = `${inputId}-hint`
  const errorId = `${inputId}-error`
  const hasHint = isShown(hint)
  const hasError = isShown(error)
  const descriptions = [hasHint && hintId, hasError && errorId, describedBy].filter(Boolean)

  return (
    <div className={hasError ? 'form-group form-error' : 'form-group'}>
      <label className="form-label" htmlFor={inputId}>
        {label}
      </label>
      {hasHint && (
        <span className="form-hint" id={hintId}>
          {hint}
        </span>
      )}
      {hasError && (
        <span className="form-error-message" id={errorId}>
          {error}
        </span>
      )}
      <input
        {...rest}
        id={inputId}
        type={type}
        className={className ? `form-input ${className}` : 'form-input'}
        aria-invalid={hasError || undefined}
        aria-describedby={descriptions.join(' ') || undefined}
      />
    </div>
  )
}

function isShown(text: ReactNode): boolean {
  return text !== undefined && text !== null && text !== false && text !== ''
}
