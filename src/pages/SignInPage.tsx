import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation } from 'react-router'
import { type SignedIn, type SignInAs, sessionQuery } from '../features/session/queries'
import { SignInForm } from '../features/session/SignInForm'
import { paths } from '../paths'
import { Notice } from '../ui/Notice'
import { PageHeading } from '../ui/PageHeading'

interface SignInPageProps {
  as: SignInAs
  /** Where this person goes on: the page that was asked for, or was open when the session ended. */
  goOnAt: (session: SignedIn) => string | null
}

/** Signing in, with a word about why, where the person did not leave by choice. */
export function SignInPage({ as, goOnAt }: SignInPageProps) {
  const { t } = useTranslation('session')
  const { t: common } = useTranslation()
  const session = useQuery(sessionQuery)
  const location = useLocation()
  const { from, ended } = stateOf(location.state)

  if (session.data?.signedIn) {
    const start = as === 'teacher' ? paths.myClasses.to() : paths.schools.to()
    return <Navigate to={goOnAt(session.data) ?? from ?? start} replace />
  }
  const start = as === 'teacher' ? t('signInTitle') : t('signInAsAdministrator')
  return (
    <SignInForm
      as={as}
      heading={(step) => {
        const title = step === 'username' ? start : t('passwordTitle')
        return (
          <>
            <PageHeading title={title} documentTitle={common('documentTitle', { page: title })} />
            {ended && step === 'username' && (
              <Notice kind="info" title={t('endedTitle')} headingLevel={2} live="polite">
                <p>{ended === 'inTime' ? t('endedText') : t('endedElsewhereText')}</p>
              </Notice>
            )}
          </>
        )
      }}
    />
  )
}

/** How the session before ended: by its own time, or by something outside this page. */
type Ended = 'inTime' | 'elsewhere'

function stateOf(state: unknown): { from: string | null; ended: Ended | null } {
  if (typeof state !== 'object' || state === null) return { from: null, ended: null }
  const ended = 'ended' in state ? state.ended : null
  return {
    from: 'from' in state && typeof state.from === 'string' && state.from.startsWith('/') ? state.from : null,
    ended: ended === 'inTime' || ended === 'elsewhere' ? ended : null,
  }
}
