import { useQuery } from '@tanstack/react-query'
import { Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useNavigate } from 'react-router'
import { sessionQuery } from '../features/session/queries'
import { paths } from '../paths'
import { Button } from '../ui/Button'
import { Icon } from '../ui/Icon'
import { PageHeading } from '../ui/PageHeading'
import { DemoLink } from './demo-link'

/** The start: what the tool is for, and the way in. Whoever is signed in already goes straight on. */
export function FrontPage() {
  const { t } = useTranslation('session')
  const { t: common } = useTranslation()
  const navigate = useNavigate()
  const session = useQuery(sessionQuery)
  if (session.data?.signedIn) {
    const start = session.data.views.teacher ? paths.myClasses.to() : paths.schools.to()
    return <Navigate to={start} replace />
  }
  return (
    <div className="front-page">
      <PageHeading title={t('frontTitle')} documentTitle={common('appName')} />
      <p className="lead">{t('frontLead')}</p>
      <div className="front-actions">
        <Button variant="primary" onClick={() => navigate(paths.signIn.to())}>
          {t('signIn')}
        </Button>
        <Button variant="tertiary" onClick={() => navigate(paths.signInAsAdministrator.to())}>
          {t('signInAsAdministrator')}
        </Button>
        <Link to={paths.pupil.to()}>{t('areYouPupil')}</Link>
        {DemoLink && (
          <Suspense>
            <DemoLink />
          </Suspense>
        )}
      </div>
      <ul className="front-help">
        <li>
          <Icon name="visibility" />
          <h2>{t('helpUsername')}</h2>
          <p>{t('helpUsernameText')}</p>
        </li>
        <li>
          <Icon name="lock" />
          <h2>{t('helpPassword')}</h2>
          <p>{t('helpPasswordText')}</p>
        </li>
        <li>
          <Icon name="check-circle" />
          <h2>{t('helpStepUp')}</h2>
          <p>{t('helpStepUpText')}</p>
        </li>
      </ul>
    </div>
  )
}
