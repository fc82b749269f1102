import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { isApiError } from '../../api/errors'
import { useProblemWords } from '../../api/ProblemNotice'
import { useWait } from '../../api/wait'
import { paths } from '../../paths'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/TextField'
import { type SignInAs, useCheckUsername, useSignIn } from './queries'

interface SignInFormProps {
  as: SignInAs
  /** The step's heading, which the page words and focuses. */
  heading: (step: 'username' | 'password') => ReactNode
}

/** Signing in as Unilogin does it: the username first, then the password. The session then tells the page to go on. */
export function SignInForm({ as, heading }: SignInFormProps) {
  const { t } = useTranslation('session')
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const [step, setStep] = useState<'username' | 'password'>('username')
  const [missing, setMissing] = useState(false)
  const checkUsername = useCheckUsername()
  const signIn = useSignIn()
  const words = useSignInWords(as)
  const usernameField = useRef<HTMLInputElement>(null)
  const passwordField = useRef<HTMLInputElement>(null)
  const busy = checkUsername.isPending || signIn.isPending
  const field = step === 'username' ? usernameField : passwordField
  const failure = step === 'username' ? checkUsername.error : signIn.error

  // The field to type in has the focus at each step, and again when something was wrong with it.
  useEffect(() => field.current?.focus(), [field])
  useEffect(() => {
    if (failure || missing) field.current?.focus()
  }, [failure, missing, field])

  function submit(event: FormEvent) {
    event.preventDefault()
    if (busy) return
    const isMissing = (step === 'username' ? username.trim() : password) === ''
    setMissing(isMissing)
    if (isMissing) return
    if (step === 'username') checkUsername.mutate(username, { onSuccess: () => setStep('password') })
    else signIn.mutate({ username, password, as })
  }

  function backToUsername() {
    setStep('username')
    setPassword('')
    setMissing(false)
    signIn.reset()
  }

  return (
    <form className="sign-in" onSubmit={submit} noValidate>
      {heading(step)}
      <div hidden={step === 'password'}>
        <TextField
          ref={usernameField}
          label={t('username')}
          hint={t('usernameHint')}
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          spellCheck={false}
          value={username}
          onChange={(event) => setUsername(event.target.value)}
          error={step === 'username' ? (missing ? t('usernameMissing') : words(checkUsername.error)) : null}
        />
      </div>
      {step === 'password' && (
        <>
          <p className="sign-in-person">
            <span>
              {t('username')}: <strong>{username.trim().toLowerCase()}</strong>
            </span>
            <Button variant="tertiary" size="small" onClick={backToUsername}>
              {t('otherUsername')}
            </Button>
          </p>
          <TextField
            ref={passwordField}
            label={t('password')}
            name="password"
            type="password"
            autoComplete="current-password"
            value={password}
            onChange={(event) => setPassword(event.target.value)}
            error={missing ? t('passwordMissing') : words(signIn.error)}
          />
        </>
      )}
      <Button type="submit" variant="primary" busy={busy}>
        {step === 'username' ? t('next') : t('signIn')}
      </Button>
      <p>
        <Link className="lone-link" to={paths.help.to(answerTo(failure))}>
          {t('helpToSignIn')}
        </Link>
      </p>
    </form>
  )
}

/** The answer that tells of what went wrong; of signing in as a whole where nothing has. */
function answerTo(error: unknown): string {
  switch (isApiError(error) ? error.type : null) {
    case 'username-not-found':
      return 'brugernavn-ikke-fundet'
    case 'identity-provider-not-found':
      return 'identity-provider'
    case 'wrong-password':
      return 'din-egen-adgangskode'
    case 'no-role':
      return 'hvem-har-adgang'
    default:
      return 'log-paa'
  }
}

/** What went wrong at signing in, in the words of signing in. */
function useSignInWords(as: SignInAs) {
  const { t } = useTranslation('session')
  const { t: common } = useTranslation()
  const problemWords = useProblemWords()
  const wait = useWait()
  return (error: unknown) => {
    if (!error) return null
    switch (isApiError(error) ? error.type : null) {
      case 'invalid-request':
        return t('usernameMalformed')
      case 'username-not-found':
        return t('usernameNotFound')
      case 'identity-provider-not-found':
        return t('localLoginNotFound')
      case 'wrong-password':
        return t('wrongPassword')
      case 'no-role':
        return t(as === 'teacher' ? 'noRole' : 'noAdministratorRole')
      case 'too-many-requests':
        return t('tooMany', { wait: wait((isApiError(error) && error.retryAfterSeconds) || 1) })
      default: {
        const { title, text, requestId } = problemWords(error)
        return `${title}. ${text}${requestId ? ` ${common('requestId', { requestId })}` : ''}`
      }
    }
  }
}
