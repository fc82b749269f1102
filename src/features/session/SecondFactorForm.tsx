import { type FormEvent, type ReactNode, Suspense, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { isApiError } from '../../api/errors'
import { useProblemWords } from '../../api/ProblemNotice'
import { useWait } from '../../api/wait'
import { paths } from '../../paths'
import { useAnnounce } from '../../ui/Announcer'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/TextField'
import { DemoPhone } from './demo-phone'
import { useGiveCode, useSendCode } from './second-factor'

interface SecondFactorFormProps {
  heading: ReactNode
  /** Called once the session has its second factor. */
  onGiven?: () => void
}

/** Has a code sent to the phone as it appears, and takes it. The session then tells the page to go on. */
export function SecondFactorForm({ heading, onGiven }: SecondFactorFormProps) {
  const { t } = useTranslation('wholeSchool')
  const announce = useAnnounce()
  const words = useCodeWords()
  const sendCode = useSendCode()
  const giveCode = useGiveCode()
  const [code, setCode] = useState('')
  const [malformed, setMalformed] = useState(false)
  const field = useRef<HTMLInputElement>(null)
  const error = malformed ? t('codeMalformed') : words(giveCode.error ?? sendCode.error)

  const { mutate: send } = sendCode
  useEffect(() => send(), [send])
  useEffect(() => field.current?.focus(), [])
  useEffect(() => {
    if (error) field.current?.focus()
  }, [error])

  function submit(event: FormEvent) {
    event.preventDefault()
    if (giveCode.isPending) return
    const digits = code.replaceAll(/[\s-]/g, '')
    setMalformed(!/^\d{6}$/.test(digits))
    if (/^\d{6}$/.test(digits)) giveCode.mutate(digits, { onSuccess: () => onGiven?.() })
  }

  function sendAnother() {
    setCode('')
    setMalformed(false)
    giveCode.reset()
    send(undefined, { onSuccess: () => announce(t('newCodeSent')) })
    field.current?.focus()
  }

  return (
    <form className="sign-in" onSubmit={submit} noValidate>
      {heading}
      <p>
        {t('codeWhy')} {sendCode.isPending && t('sendingCode')} {sendCode.isSuccess && t('codeSent')}
      </p>
      <TextField
        ref={field}
        label={t('code')}
        hint={t('codeHint')}
        name="code"
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={10}
        value={code}
        onChange={(event) => setCode(event.target.value)}
        error={error}
      />
      <div className="button-row">
        <Button type="submit" variant="primary" busy={giveCode.isPending}>
          {t('giveCode')}
        </Button>
        <Button variant="tertiary" busy={sendCode.isPending} onClick={sendAnother}>
          {t('newCode')}
        </Button>
      </div>
      <p>
        <Link className="lone-link" to={paths.help.to('mistet-telefon')}>
          {t('lostPhone')}
        </Link>
      </p>
      {DemoPhone && (
        <Suspense>
          <DemoPhone />
        </Suspense>
      )}
    </form>
  )
}

/** What went wrong with a code, in words. */
function useCodeWords() {
  const { t } = useTranslation('wholeSchool')
  const { t: common } = useTranslation()
  const problemWords = useProblemWords()
  const wait = useWait()
  return (error: unknown) => {
    if (!error) return null
    switch (isApiError(error) ? error.type : null) {
      case 'wrong-code':
        return t('wrongCode')
      case 'code-ended':
        return t('codeEnded')
      case 'too-many-requests':
        return t('tooManyCodes', { wait: wait((isApiError(error) && error.retryAfterSeconds) || 1) })
      default: {
        const { title, text, requestId } = problemWords(error)
        return `${title}. ${text}${requestId ? ` ${common('requestId', { requestId })}` : ''}`
      }
    }
  }
}
