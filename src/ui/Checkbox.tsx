import {
  type InputHTMLAttributes,
  type Ref,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useRef,
} from 'react'

export type CheckboxProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'type'> & {
  label: string
  /** The label is for screen readers only, as in a table row that shows the name already. */
  labelHidden?: boolean | undefined
  /** Some, not all, of what the box stands for is chosen. */
  indeterminate?: boolean | undefined
  ref?: Ref<HTMLInputElement | null> | undefined
}

/** A checkbox with a generous hit area. Clicks keep their modifier keys, so that ranges can be chosen with Shift. */
export function Checkbox({
  label,
  labelHidden = false,
  indeterminate = false,
  id,
  className,
  ref,
  ...rest
}: CheckboxProps) {
  const ownId = useId()
  const inputId = id ?? ownId
  const input = useRef<HTMLInputElement>(null)
  useImperativeHandle<HTMLInputElement | null, HTMLInputElement | null>(ref, () => input.current)

  // The third state exists as a property only, and a click by the user clears it.
  useLayoutEffect(() => {
    if (input.current) input.current.indeterminate = indeterminate
  })

  const classes = ['form-group-checkbox']
  if (labelHidden) classes.push('form-group-checkbox-bare')
  if (className) classes.push(className)

  return (
    <div className={classes.join(' ')}>
      <input {...rest} ref={input} id={inputId} type="checkbox" className="form-checkbox" />
      <label htmlFor={inputId}>
        <span className={labelHidden ? 'visually-hidden' : undefined}>{label}</span>
      </label>
    </div>
  )
}
