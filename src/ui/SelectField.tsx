import { useId } from 'react'

export interface SelectFieldProps<Value extends string> {
  label: string
  value: Value
  options: readonly { value: Value; text: string }[]
  onValueChange: (value: Value) => void
}

/** One choice among a few, by the browser's own list. */
export function SelectField<Value extends string>({
  label,
  value,
  options,
  onValueChange,
}: SelectFieldProps<Value>) {
  const id = useId()
  return (
    <div className="form-group">
      <label className="form-label" htmlFor={id}>
        {label}
      </label>
      <select
        id={id}
        className="form-input"
        value={value}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value)
          if (chosen) onValueChange(chosen.value)
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </div>
  )
}
