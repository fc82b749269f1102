import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PictureId } from '../../../server/passwords/pictures'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/TextField'
import { DemoPassword } from '../demo-password'
import { Help } from '../Help'
import { PupilHeading } from '../PupilHeading'
import { PICTURES, passwordOf, picturesOf } from '../pictures/ids'
import { PicturePicker } from '../pictures/PicturePicker'
import { useSignIn } from '../queries'
import { useErrorWords } from '../words'

interface PasswordStepProps {
  username: string
  asks: 'pictures' | 'text'
  onBack: () => void
}

/** The second step of signing in: four pictures, or a password that may be pasted and kept by the browser. */
export function PasswordStep({ username, asks, onBack }: PasswordStepProps) {
  return asks === 'pictures' ? (
    <PicturesForm username={username} onBack={onBack} />
  ) : (
    <TextForm username={username} onBack={onBack} />
  )
}

type FormProps = Omit<PasswordStepProps, 'asks'>

function PicturesForm({ username, onBack }: FormProps) {
  const { t } = useTranslation('pupilPages')
  const [chosen, setChosen] = useState<readonly PictureId[]>([])
  const [isTooFew, setTooFew] = useState(false)
  const signIn = useSignIn()
  const words = useErrorWords()
  const missing = PICTURES - chosen.length

  function submit(event: FormEvent) {
    event.preventDefault()
    if (signIn.isPending) return
    setTooFew(missing > 0)
    if (missing > 0) return
    signIn.mutate({ username, password: passwordOf(chosen) }, { onError: () => setChosen([]) })
  }

  function change(next: readonly PictureId[]) {
    setChosen(next)
    setTooFew(false)
    if (signIn.isError) signIn.reset()
  }

  return (
    <form className="pupil-form pupil-pictures" onSubmit={submit} noValidate>
      <PupilHeading title={t('picturesTitle')} focusKey="pictures" />
      <Person username={username} onBack={onBack} />
      <PicturePicker
        chosen={chosen}
        onChange={change}
        problem={isTooFew ? t('pictures.missing', { count: missing }) : words(signIn.error, 'pictures')}
      >
        <Button type="submit" variant="primary" busy={signIn.isPending}>
          {t('signIn')}
        </Button>
      </PicturePicker>
      {DemoPassword && (
        <DemoPassword username={username} onType={(password) => change(picturesOf(password))} />
      )}
      <Help>
        {t('forgottenPictures')} {t('wordsInstead')}
      </Help>
    </form>
  )
}

function TextForm({ username, onBack }: FormProps) {
  const { t } = useTranslation('pupilPages')
  const [password, setPassword] = useState('')
  const [isMissing, setMissing] = useState(false)
  const signIn = useSignIn()
  const words = useErrorWords()
  const field = useRef<HTMLInputElement>(null)
  const { error } = signIn

  useEffect(() => field.current?.focus(), [])
  useEffect(() => {
    if (error || isMissing) field.current?.focus()
  }, [error, isMissing])

  function submit(event: FormEvent) {
    event.preventDefault()
    if (signIn.isPending) return
    setMissing(password === '')
    if (password !== '') signIn.mutate({ username, password })
  }

  return (
    <form className="sign-in pupil-form" onSubmit={submit} noValidate>
      <PupilHeading title={t('passwordTitle')} focusKey="password" />
      <Person username={username} onBack={onBack}>
        <UsernameForManager username={username} />
      </Person>
      <TextField
        ref={field}
        label={t('password')}
        name="password"
        type="password"
        autoComplete="current-password"
        maxLength={200}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        error={isMissing ? t('error.passwordMissing') : words(error)}
      />
      <Button type="submit" variant="primary" busy={signIn.isPending}>
        {t('signIn')}
      </Button>
      {DemoPassword && <DemoPassword username={username} onType={setPassword} />}
      <Help>{t('forgotten')}</Help>
    </form>
  )
}

/** Tells a password manager whose password it is; a person sees it in words. */
export function UsernameForManager({ username }: { username: string }) {
  return <input hidden readOnly name="username" autoComplete="username" value={username} />
}

interface PersonProps {
  username: string
  onBack: () => void
  children?: ReactNode
}

/** Who is signing in, and the way back from a mistake. */
function Person({ username, onBack, children }: PersonProps) {
  const { t } = useTranslation('pupilPages')
  return (
    <div className="sign-in-person">
      <span>
        <span className="visually-hidden">{t('username')}: </span>
        <strong>{username}</strong>
      </span>
      <Button className="button-link" onClick={onBack}>
        {t('otherUsername')}
      </Button>
      {children}
    </div>
  )
}
