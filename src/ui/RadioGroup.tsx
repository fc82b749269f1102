import { useId } from 'react'

interface Option<Value extends string> {
  value: Value
  label: string
  /** What it means, in a line below the label. */
  hint?: string | undefined
}

interface RadioGroupProps<Value extends string> {
  /** The question that the options answer. */
  legend: string
  options: readonly Option<Value>[]
  value: Value
  onValueChange: (value: Value) => void
}

/** One choice among a few that are all in sight. */
export function RadioGroup<Value extends string>({
  legend,
  options,
  value,
  onValueChange,
}: RadioGroupProps<Value>) {
  const id = useId()
  return (
    <fieldset className="radio-group">
      <legend className="form-label">{legend}</legend>
      {options.map((option) => (
        <div key={option.value} className="radio">
          <input
            type="radio"
            id={`${id}-${option.value}`}
            name={id}
            checked={option.value === value}
            onChange={() => onValueChange(option.value)}
            aria-describedby={option.hint === undefined ? undefined : `${id}-${option.value}-hint`}
          />
          <label htmlFor={`${id}-${option.value}`}>{option.label}</label>
          {option.hint !== undefined && (
            <span className="form-hint" id={`${id}-${option.value}-hint`}>
              {option.hint}
            </span>
          )}
        </div>
      ))}
    </fieldset>
  )
}
