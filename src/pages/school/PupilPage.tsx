import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { isApiError } from '../../api/errors'
import { ProblemNotice } from '../../api/ProblemNotice'
import { useLookAgainAtNextDeadline } from '../../api/pupil-deadlines'
import { hideAllUsernames } from '../../features/pupils/revealed-usernames'
import { schoolPupilQuery } from '../../features/whole-school/queries'
import { paths } from '../../paths'
import { Icon } from '../../ui/Icon'
import { PageHeading } from '../../ui/PageHeading'
import { Skeleton } from '../../ui/Skeleton'
import { PupilActions } from './PupilActions'
import { PupilFacts } from './PupilFacts'
import type { SchoolPageProps } from './SchoolApp'

interface PupilPageProps extends Pick<SchoolPageProps, 'school'> {
  /** What has happened to the pupil: the last section of the page. */
  history?: ((pupilId: string) => ReactNode) | undefined
}

/** One pupil with all that is known, and everything a user administrator can do for him or her. */
export function PupilPage({ school, history }: PupilPageProps) {
  const { pupilId = '' } = useParams()
  // Another pupil is another page: nothing of the first stays.
  return <PupilOf key={pupilId} school={school} pupilId={pupilId} history={history} />
}

function PupilOf({ school, pupilId, history }: PupilPageProps & { pupilId: string }) {
  const { t } = useTranslation('schoolPupil')
  const { t: common } = useTranslation()
  const { t: classes } = useTranslation('classes')
  const options = schoolPupilQuery(school.id, pupilId)
  const query = useQuery(options)
  const { data } = query
  const alone = useMemo(() => data && [data.pupil], [data])

  useEffect(() => hideAllUsernames, [])
  useLookAgainAtNextDeadline(options.queryKey, alone)

  // A pupil who is known no more is shown no more.
  const isUnknown = isApiError(query.error) && query.error.type === 'not-found'
  const title = isUnknown
    ? t('notFoundTitle')
    : (data?.pupil.name ?? (query.isError ? t('failedTitle') : t('loading')))
  return (
    <>
      <Link to={paths.wholeSchool.to(school.id)} className="back-link">
        <Icon name="arrow-back" />
        {classes('wholeSchool')}
      </Link>
      <PageHeading
        title={title}
        documentTitle={common('documentTitle', { page: data && !isUnknown ? t('documentTitle') : title })}
        focusKey={`${school.id} ${pupilId}`}
      >
        {data && !isUnknown && <PupilLine pupil={data.pupil} />}
      </PageHeading>
      {isUnknown && <p className="lead">{t('notFoundText')}</p>}
      {query.isError && !isUnknown && (
        <ProblemNotice error={query.error} busy={query.isFetching} onTryAgain={() => void query.refetch()} />
      )}
      {query.isPending && <Skeleton lines={8} label={t('loading')} />}
      {data && !isUnknown && (
        <>
          <PupilActions institutionId={school.id} known={data} />
          <PupilFacts known={data} />
          {history?.(pupilId)}
        </>
      )}
    </>
  )
}

function PupilLine({
  pupil: { homeClass, protected: isProtected },
}: {
  pupil: { homeClass: { name: string } | null; protected: boolean }
}) {
  const { t } = useTranslation('schoolPupil')
  const { t: pupils } = useTranslation('pupils')
  const line = homeClass ? pupils('homeClass', { name: homeClass.name }) : t('noClass')
  return isProtected ? `${line} · ${pupils('protected')}` : line
}
