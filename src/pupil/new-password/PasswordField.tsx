import { type Ref, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button'
import { VisibilityOffIcon } from '../../ui/RareIcons'
import { TextField } from '../../ui/TextField'

interface PasswordFieldProps {
  label: string
  hint: string
  value: string
  onValueChange: (value: string) => void
  error: string | null
  ref?: Ref<HTMLInputElement>
  describedBy?: string | undefined
}

/** A new password, hidden until the pupil wants to see what is typed. It may be pasted, and kept by the browser. */
export function PasswordField({
  label,
  hint,
  value,
  onValueChange,
  error,
  ref,
  describedBy,
}: PasswordFieldProps) {
  const { t } = useTranslation('pupilPages')
  const [isShown, setShown] = useState(false)
  return (
    <>
      <TextField
        ref={ref}
        label={label}
        hint={hint}
        name="new-password"
        type={isShown ? 'text' : 'password'}
        autoComplete="new-password"
        maxLength={200}
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        value={value}
        onChange={(event) => onValueChange(event.target.value)}
        error={error}
        aria-describedby={describedBy}
      />
      <Button variant="tertiary" icon={isShown ? undefined : 'visibility'} onClick={() => setShown(!isShown)}>
        {isShown && <VisibilityOffIcon />}
        {isShown ? t('newPassword.hide') : t('newPassword.show')}
      </Button>
    </>
  )
}
