import { type FormEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useNavigate } from 'react-router'
import { paths } from '../../paths'
import { Button } from '../../ui/Button'
import { Notice } from '../../ui/Notice'
import { TextField } from '../../ui/TextField'
import { Help } from '../Help'
import { PupilHeading } from '../PupilHeading'
import { useCheckUsername } from '../queries'
import { useErrorWords } from '../words'
import { LocalLogin } from './LocalLogin'
import { PasswordStep } from './PasswordStep'

type Step =
  | { at: 'username' }
  | { at: 'password'; asks: 'pictures' | 'text' }
  | { at: 'local'; domain: string }

/** What the browser's history keeps of the second step: that it is the second, and nothing of whose. */
const FURTHER = { isFurther: true }

const isFurther = (state: unknown) => typeof state === 'object' && state !== null && 'isFurther' in state

interface SignInPageProps {
  /** Why nobody is signed in any more. */
  farewell: string | undefined
  /** Told who is signing in, for whoever keeps the new password. */
  onUsername: (username: string) => void
}

/**
 * Signing in: the username first. Where the teacher has opened the window, that is all there is to it; else the
 * browser's Back leads from the second step to the first, as the page's own does.
 */
export function SignInPage({ farewell, onUsername }: SignInPageProps) {
  const { t } = useTranslation('pupilPages')
  const { state } = useLocation()
  const navigate = useNavigate()
  const [reached, setReached] = useState<Step>({ at: 'username' })
  const step: Step = isFurther(state) ? reached : { at: 'username' }
  const [typed, setTyped] = useState('')
  const [missing, setMissing] = useState(false)
  const checkUsername = useCheckUsername()
  const words = useErrorWords()
  const field = useRef<HTMLInputElement>(null)
  const username = typed.trim().toLowerCase()
  const failure = checkUsername.error
  const { at } = step

  useEffect(() => {
    if (at === 'username') field.current?.focus()
  }, [at])
  useEffect(() => {
    if (failure || missing) field.current?.focus()
  }, [failure, missing])

  function submit(event: FormEvent) {
    event.preventDefault()
    if (checkUsername.isPending) return
    setMissing(username === '')
    if (username === '') return
    onUsername(username)
    checkUsername.mutate(username, {
      onSuccess: (answer) => {
        if (answer.next === 'newPassword') return
        setReached(
          answer.next === 'password'
            ? { at: 'password', asks: answer.asks }
            : { at: 'local', domain: answer.domain },
        )
        navigate(paths.pupil.to(), { state: FURTHER, replace: isFurther(state) })
      },
    })
  }

  function back() {
    setReached({ at: 'username' })
    navigate(-1)
  }

  if (step.at === 'local') return <LocalLogin domain={step.domain} onBack={back} />
  if (step.at === 'password') return <PasswordStep username={username} asks={step.asks} onBack={back} />
  return (
    <form className="sign-in pupil-form" onSubmit={submit} noValidate>
      <PupilHeading title={t('signInTitle')} />
      {farewell && (
        <Notice kind="info" live="polite">
          <p>{farewell}</p>
        </Notice>
      )}
      <TextField
        ref={field}
        label={t('username')}
        hint={t('usernameHint')}
        name="username"
        maxLength={100}
        autoComplete="username"
        autoCapitalize="none"
        autoCorrect="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          // The browser's Forward leads to no step that was another username's.
          setReached({ at: 'username' })
        }}
        error={missing ? t('error.usernameMissing') : words(failure)}
      />
      <Button type="submit" variant="primary" busy={checkUsername.isPending}>
        {t('next')}
      </Button>
      <Help>{t('forgottenUsername')}</Help>
    </form>
  )
}
