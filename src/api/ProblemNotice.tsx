import { useTranslation } from 'react-i18next'
import { paths } from '../paths'
import { Button } from '../ui/Button'
import { HelpLink } from '../ui/HelpLink'
import { Notice } from '../ui/Notice'
import { ApiError, isApiError } from './errors'
import { useWait } from './wait'

/** How an error is put into words; the types that a person meets in the same way share them. */
function wordsOf(error: ApiError) {
  switch (error.type) {
    case 'no-connection':
      return 'connection'
    case 'outcome-unknown':
      return 'unknownOutcome'
    case 'not-signed-in':
    case 'session-ended':
      return 'signedOut'
    case 'not-allowed':
    case 'no-role':
    case 'cross-site':
    case 'pupil-blocked':
    case 'step-up-required':
    case 'second-factor-needed':
    case 'second-factor-stale':
      return 'notAllowed'
    case 'not-found':
      return 'notFound'
    case 'session-changed':
      return 'changed'
    case 'too-many-requests':
      return 'tooMany'
    case 'unavailable':
      return error.type
    case 'malformed-request':
    case 'idempotency-key-missing':
    case 'idempotency-key-reused':
    case 'too-large':
    case 'unsupported-media-type':
    case 'invalid-request':
    case 'password-refused':
      return 'invalid'
    default:
      // Each of today's types is here or above; a newer server may have some that this page is too old to know.
      error.type satisfies
        | 'username-not-found'
        | 'identity-provider-not-found'
        | 'wrong-password'
        | 'wrong-code'
        | 'code-ended'
        | 'unreadable-answer'
        | 'unexpected'
      return 'unexpected'
  }
}

/** Where help tells more of an error; nothing where its words say all there is. */
const answers: { [Words in ReturnType<typeof wordsOf>]?: string } = {
  notAllowed: 'hvem-har-adgang',
  notFound: 'hvilke-elever',
  unexpected: 'support',
}

/** An error in words: what happened, what it means and what to do, with the request's id for support. */
export function useProblemWords() {
  const { t } = useTranslation('problems')
  const wait = useWait()
  return (cause: unknown) => {
    const error = isApiError(cause) ? cause : new ApiError('unexpected')
    const words = wordsOf(error)
    return {
      title: t(`${words}.title`),
      text: t(`${words}.text`, { wait: wait(error.retryAfterSeconds ?? 1) }),
      requestId: error.requestId,
      answer: answers[words],
    }
  }
}

interface ProblemNoticeProps {
  error: unknown
  onTryAgain?: (() => void) | undefined
  busy?: boolean | undefined
  onDismiss?: (() => void) | undefined
}

/** Shows what went wrong, how to try again, and the number that support asks for. */
export function ProblemNotice({ error, onTryAgain, busy, onDismiss }: ProblemNoticeProps) {
  const { t } = useTranslation()
  const { title, text, requestId, answer } = useProblemWords()(error)
  return (
    <Notice
      kind="error"
      title={title}
      live="assertive"
      onDismiss={onDismiss}
      dismissLabel={onDismiss && t('dismiss')}
    >
      <p>{text}</p>
      {requestId && <p className="reason">{t('requestId', { requestId })}</p>}
      {answer && (
        <p>
          <HelpLink to={paths.help.to(answer)}>{t('helpBeside')}</HelpLink>
        </p>
      )}
      {onTryAgain && (
        <Button variant="secondary" busy={busy} onClick={onTryAgain}>
          {t('tryAgain')}
        </Button>
      )}
    </Notice>
  )
}
