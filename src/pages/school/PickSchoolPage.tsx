import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { SignedIn } from '../../features/session/queries'
import { paths } from '../../paths'
import { PageHeading } from '../../ui/PageHeading'

/** Which of several schools to work with; the address then names it. */
export function PickSchoolPage({ schools }: { schools: SignedIn['views']['schools'] }) {
  const { t } = useTranslation('wholeSchool')
  const { t: common } = useTranslation()
  const title = t('pickTitle')
  return (
    <>
      <PageHeading title={title} documentTitle={common('documentTitle', { page: title })} />
      <p>{t('pickLead')}</p>
      <ul className="class-cards" aria-label={title}>
        {schools.map(({ id, name }) => (
          <li key={id} className="class-card">
            <h2>
              <Link to={paths.wholeSchool.to(id)}>{name}</Link>
            </h2>
          </li>
        ))}
      </ul>
    </>
  )
}
