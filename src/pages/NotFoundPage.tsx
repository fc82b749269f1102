import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../paths'
import { Icon } from '../ui/Icon'
import { PageHeading } from '../ui/PageHeading'

/** An address that is no page of the app. */
export function NotFoundPage() {
  const { t } = useTranslation()
  return (
    <>
      <PageHeading
        title={t('notFoundTitle')}
        documentTitle={t('documentTitle', { page: t('notFoundTitle') })}
      />
      <p>{t('notFoundText')}</p>
      <Link to={paths.front.to()} className="back-link">
        <Icon name="arrow-back" />
        {t('toFrontPage')}
      </Link>
    </>
  )
}
