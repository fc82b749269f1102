import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button'
import { PupilHeading } from '../PupilHeading'
import { UsernameForManager } from '../sign-in/PasswordStep'
import { PasswordField } from './PasswordField'

interface RememberTextProps {
  username: string
  onSubmit: (password: string) => void
  onLookAgain: () => void
  busy: boolean
  problem: string | null
}

/** The new password in letters, from memory. */
export function RememberText({ username, onSubmit, onLookAgain, busy, problem }: RememberTextProps) {
  const { t } = useTranslation('pupilPages')
  const [password, setPassword] = useState('')
  const [isMissing, setMissing] = useState(false)
  const field = useRef<HTMLInputElement>(null)

  useEffect(() => field.current?.focus(), [])
  useEffect(() => {
    if (problem || isMissing) field.current?.focus()
  }, [problem, isMissing])

  function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    setMissing(password === '')
    if (password !== '') onSubmit(password)
  }

  return (
    <form className="pupil-form sign-in" onSubmit={submit} noValidate>
      <PupilHeading title={t('newPassword.rememberTitle')} focusKey="remember" />
      {username && <UsernameForManager username={username} />}
      <PasswordField
        ref={field}
        label={t('newPassword.ownLabel')}
        hint={t('newPassword.remember')}
        value={password}
        onValueChange={setPassword}
        error={isMissing ? t('error.passwordMissing') : problem}
      />
      <div className="pupil-actions">
        <Button type="submit" variant="primary" busy={busy}>
          {t('newPassword.done')}
        </Button>
        <Button icon="visibility" onClick={onLookAgain}>
          {t('newPassword.lookAgain')}
        </Button>
      </div>
    </form>
  )
}
