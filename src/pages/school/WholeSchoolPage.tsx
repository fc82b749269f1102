import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { ProblemNotice } from '../../api/ProblemNotice'
import { wholeSchoolQuery } from '../../features/whole-school/queries'
import { paths } from '../../paths'
import { Icon } from '../../ui/Icon'
import { PageHeading } from '../../ui/PageHeading'
import { Skeleton } from '../../ui/Skeleton'
import type { SchoolPageProps } from './SchoolApp'

/** All pupils of one school. */
export function WholeSchoolPage({ school, hasOthers }: SchoolPageProps) {
  const { t } = useTranslation('wholeSchool')
  const { t: common } = useTranslation()
  const query = useQuery(wholeSchoolQuery(school.id))
  const title = t('schoolTitle', { school: school.name })
  return (
    <>
      {hasOthers && (
        <Link to={paths.schools.to()} className="back-link">
          <Icon name="arrow-back" />
          {t('otherSchool')}
        </Link>
      )}
      <PageHeading title={title} documentTitle={common('documentTitle', { page: title })} />
      {query.isError && (
        <ProblemNotice error={query.error} busy={query.isFetching} onTryAgain={() => void query.refetch()} />
      )}
      {query.isPending && <Skeleton lines={4} label={t('loadingSchool')} />}
      {query.data && <p>{t('pupils', { count: query.data.pupils.length })}</p>}
    </>
  )
}
