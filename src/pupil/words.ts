import { useTranslation } from 'react-i18next'
import { isApiError } from '../api/errors'
import { useWait } from '../api/wait'

/** What went wrong, in the few words that a child needs; null where nothing did. */
export function useErrorWords() {
  const { t } = useTranslation('pupilPages')
  const wait = useWait()
  return (error: unknown, asks: 'text' | 'pictures' = 'text'): string | null => {
    if (!error) return null
    switch (isApiError(error) ? error.type : null) {
      case 'invalid-request':
        return t('error.usernameMalformed')
      case 'username-not-found':
        return t('error.usernameNotFound')
      case 'identity-provider-not-found':
        return t('error.domainNotFound')
      case 'wrong-password':
        return asks === 'pictures' ? t('error.wrongPictures') : t('error.wrongPassword')
      case 'pupil-blocked':
        return t('error.blocked')
      case 'too-many-requests':
        return t('error.pause', { wait: wait((isApiError(error) && error.retryAfterSeconds) || 1) })
      case 'unavailable':
        return t('error.busy', { wait: wait((isApiError(error) && error.retryAfterSeconds) || 1) })
      case 'no-connection':
        return t('error.connection')
      case 'session-changed':
        return t('error.changed')
      default:
        return t('error.unexpected')
    }
  }
}
