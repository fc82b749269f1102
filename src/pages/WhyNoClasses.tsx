import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../paths'

const causes = ['noRelation', 'manual', 'notTransferred'] as const

/** Why a teacher may have no classes, and whom to ask in each case. Needs `noClassesTexts`. [source document 004] */
export function WhyNoClasses() {
  const { t } = useTranslation('noClasses')
  return (
    <>
      <p>{t('lead')}</p>
      <ol>
        {causes.map((cause) => (
          <li key={cause}>
            <strong>{t(cause)}</strong> {t(`${cause}Contact`)}
          </li>
        ))}
      </ol>
      <p>
        <Link className="lone-link" to={paths.help.to('ingen-elever')}>
          {t('more')}
        </Link>
      </p>
    </>
  )
}
