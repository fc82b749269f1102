import { type ReactNode, useId } from 'react'

interface Choice<Value extends string> {
  value: Value
  label: string
  /** What choosing it means, read together with the label. */
  hint?: ReactNode
}

interface RadioGroupProps<Value extends string> {
  label: string
  hint?: ReactNode
  choices: readonly Choice<Value>[]
  /** null: nothing is chosen yet. */
  value: Value | null
  onChange: (value: Value) => void
  /** What is wrong and how to mend it. */
  error?: ReactNode
}

/** One of a few choices, all of them in sight. */
export function RadioGroup<Value extends string>({
  label,
  hint,
  choices,
  value,
  onChange,
  error,
}: RadioGroupProps<Value>) {
  const id = useId()
  return (
    <fieldset
      className={error ? 'form-group form-error' : 'form-group'}
      aria-describedby={[hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined}
    >
      <legend className="form-label">{label}</legend>
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
      {choices.map(({ value: own, label: words, hint: meaning }) => (
        <div key={own} className="form-group-radio">
          <input
            id={`${id}-${own}`}
            type="radio"
            className="form-radio"
            name={id}
            value={own}
            checked={value === own}
            // A dialog begins at what is chosen.
            data-autofocus={value === own || undefined}
            aria-describedby={meaning ? `${id}-${own}-hint` : undefined}
            onChange={() => onChange(own)}
          />
          <label htmlFor={`${id}-${own}`}>{words}</label>
          {meaning && (
            <span className="form-hint" id={`${id}-${own}-hint`}>
              {meaning}
            </span>
          )}
        </div>
      ))}
    </fieldset>
  )
}
