import { onlineManager } from '@tanstack/react-query'
import { type ReactNode, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { changeLanguage } from '../i18n/start'
import { paths } from '../paths'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import type { PupilSignedIn } from './queries'

interface PupilFrameProps {
  session: PupilSignedIn | undefined
  signingOut: boolean
  onSignOut: () => void
  problem: string | null | undefined
  children: ReactNode
}

/** What surrounds every page of a pupil: few things, the same everywhere. */
export function PupilFrame({ session, signingOut, onSignOut, problem, children }: PupilFrameProps) {
  const { t: common, i18n } = useTranslation()
  const { t } = useTranslation('pupilPages')
  const other = i18n.language === 'en' ? 'da' : 'en'
  const online = useSyncExternalStore(onlineManager.subscribe.bind(onlineManager), () =>
    onlineManager.isOnline(),
  )
  return (
    <>
      <a className="skip-link" href="#main">
        {common('skipToContent')}
      </a>
      <header className="frame-header">
        <div className="frame-header-inner pupil-header">
          <Link className="frame-brand" to={session ? paths.pupil.to() : paths.front.to()}>
            {common('appName')}
          </Link>
          <div className="frame-person">
            <Button variant="tertiary" lang={other} onClick={() => void changeLanguage(other)}>
              {common('otherLanguage')}
            </Button>
            {session && (
              <Button busy={signingOut} onClick={onSignOut}>
                {t('signOut')}
              </Button>
            )}
          </div>
        </div>
      </header>
      <main className="frame-main pupil-main" id="main" tabIndex={-1}>
        {(problem || !online) && (
          <Notice kind="warning" live="polite">
            <p>{problem ?? t('error.connection')}</p>
          </Notice>
        )}
        {children}
      </main>
    </>
  )
}
