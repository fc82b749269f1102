import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Navigate, useNavigate } from 'react-router'
import { sessionQuery } from '../features/session/queries'
import { paths } from '../paths'
import { Button } from '../ui/Button'
import { PageHeading } from '../ui/PageHeading'

/** The start: what the tool is for, and the way in. Whoever is signed in already goes straight on. */
export function FrontPage() {
  const { t } = useTranslation('session')
  const { t: common } = useTranslation()
  const navigate = useNavigate()
  const session = useQuery(sessionQuery)
  if (session.data?.signedIn) return <Navigate to={paths.myClasses.to()} replace />
  return (
    <div className="front-page">
      <PageHeading title={t('frontTitle')} documentTitle={common('appName')} />
      <p className="lead">{t('frontLead')}</p>
      <div className="front-actions">
        <Button variant="primary" onClick={() => navigate(paths.signIn.to())}>
          {t('signIn')}
        </Button>
      </div>
      <ol className="front-steps">
        <li>
          <h2>{t('stepUsername')}</h2>
          <p>{t('stepUsernameText')}</p>
        </li>
        <li>
          <h2>{t('stepPassword')}</h2>
          <p>{t('stepPasswordText')}</p>
        </li>
        <li>
          <h2>{t('stepStepUp')}</h2>
          <p>{t('stepStepUpText')}</p>
        </li>
      </ol>
    </div>
  )
}
