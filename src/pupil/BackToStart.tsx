import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../paths'
import { Icon } from '../ui/Icon'

/** The way back to the services. */
export function BackToStart() {
  const { t } = useTranslation('pupilPages')
  return (
    <Link className="back-link" to={paths.pupil.to()}>
      <Icon name="arrow-back" />
      {t('toStart')}
    </Link>
  )
}
