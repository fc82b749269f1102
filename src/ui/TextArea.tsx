import { type ReactNode, type Ref, type TextareaHTMLAttributes, useId } from 'react'

type TextAreaProps = TextareaHTMLAttributes<HTMLTextAreaElement> & {
  label: string
  hint?: ReactNode
  /** What is wrong and how to mend it; marks the field as invalid. */
  error?: ReactNode
  ref?: Ref<HTMLTextAreaElement> | undefined
}

/** Some lines of text with their label, hint and error, read together by assistive technology. */
export function TextArea({ label, hint, error, className, ...rest }: TextAreaProps) {
  const id = useId()
  const descriptions = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean)
  return (
    <div className={error ? 'form-group form-error' : 'form-group'}>
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      {hint && (
        <span className="form-hint" id={`${id}-hint`}>
          {hint}
        </span>
      )}
      {error && (
        <span className="form-error-message" id={`${id}-error`}>
          {error}
        </span>
      )}
      <textarea
        rows={3}
        {...rest}
        id={id}
        className={className ? `form-input ${className}` : 'form-input'}
        aria-invalid={error ? true : undefined}
        aria-describedby={descriptions.join(' ') || undefined}
      />
    </div>
  )
}
