import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { paths } from '../../paths'

/** What to check, the most frequent first; the words are in locales/da/missingPupil.json and its English twin. */
const causes = ['name', 'protected', 'system', 'transfer', 'csv', 'withoutCpr'] as const

/** Why a pupil may be missing from a school's list, and what to check. Needs `missingPupilTexts`. [source document 004] */
export function MissingPupil({ headingLevel = 2 }: { headingLevel?: 2 | 3 }) {
  const { t } = useTranslation('missingPupil')
  const Heading = headingLevel === 2 ? 'h2' : 'h3'
  return (
    <section>
      <Heading>{t('title')}</Heading>
      <p>{t('lead')}</p>
      <ol>
        {causes.map((cause) => (
          <li key={cause}>
            <strong>{t(`${cause}.cause`)}</strong> {t(`${cause}.check`)}
          </li>
        ))}
      </ol>
      <p>
        <Link className="lone-link" to={paths.help.to('mangler-en-elev')}>
          {t('more')}
        </Link>
      </p>
    </section>
  )
}
