import { type QueryClient, useQuery } from '@tanstack/react-query'
import { useLayoutEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Route, Routes, useParams } from 'react-router'
import { PupilHistory } from '../../features/activity/PupilHistory'
import { type SignedIn, sessionQuery } from '../../features/session/queries'
import { SecondFactorForm } from '../../features/session/SecondFactorForm'
import { wholeSchoolQuery } from '../../features/whole-school/queries'
import { paths } from '../../paths'
import { PageHeading } from '../../ui/PageHeading'
import { ActivityPages } from '../ActivityPages'
import { GuidePages } from '../HelpPages'
import { NotFoundPage } from '../NotFoundPage'
import { PickSchoolPage } from './PickSchoolPage'
import { PupilPage } from './PupilPage'
import { WholeSchoolPage } from './WholeSchoolPage'

/** What every page of one school is given. */
export interface SchoolPageProps {
  school: SignedIn['views']['schools'][number]
  /** Whether there is another to change to. */
  hasOthers: boolean
}

/** Asks for what the school's first page shows, before it is drawn. */
export const prefetchSchool = (queryClient: QueryClient, institutionId: string): Promise<void> =>
  queryClient.prefetchQuery(wholeSchoolQuery(institutionId))

/** Everything for user administrators: which school, the second factor, and then its pages. */
export function SchoolApp() {
  const { data } = useQuery(sessionQuery)
  if (!data?.signedIn) return null
  const { schools } = data.views
  const [first, ...more] = schools
  if (!first) return <Message title="noSchoolTitle" text="noSchoolText" />
  return (
    <Routes>
      <Route
        index
        element={
          more.length > 0 ? (
            <PickSchoolPage schools={schools} />
          ) : (
            <Navigate to={paths.wholeSchool.to(first.id)} replace />
          )
        }
      />
      <Route path=":institutionId/*" element={<OneSchool session={data} />} />
    </Routes>
  )
}

/** The pages of one school; the code comes before all of them, at their own address. */
function OneSchool({ session }: { session: SignedIn }) {
  const { institutionId } = useParams()
  const school = session.views.schools.find(({ id }) => id === institutionId)
  if (!school) return <Message title="unknownSchoolTitle" text="unknownSchoolText" />
  if (!session.secondFactor) return <SecondFactorPage />
  return (
    <Routes>
      <Route
        index
        element={<WholeSchoolPage school={school} hasOthers={session.views.schools.length > 1} />}
      />
      <Route path="aktivitet" element={<ActivityPages />} />
      <Route
        path="elever/:pupilId"
        element={
          <PupilPage
            school={school}
            history={(pupilId) => <PupilHistory institutionId={school.id} pupilId={pupilId} />}
          />
        }
      />
      <Route path="hjaelp/*" element={<GuidePages />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  )
}

function SecondFactorPage() {
  const { t } = useTranslation('wholeSchool')
  const { t: common } = useTranslation()
  const title = t('codeTitle')
  // What comes after the code is another page at the same address, and begins at its top.
  useLayoutEffect(() => () => scrollTo(0, 0), [])
  return (
    <SecondFactorForm
      heading={<PageHeading title={title} documentTitle={common('documentTitle', { page: title })} />}
    />
  )
}

function Message({
  title,
  text,
}: {
  title: 'noSchoolTitle' | 'unknownSchoolTitle'
  text: 'noSchoolText' | 'unknownSchoolText'
}) {
  const { t } = useTranslation('wholeSchool')
  const { t: common } = useTranslation()
  return (
    <>
      <PageHeading title={t(title)} documentTitle={common('documentTitle', { page: t(title) })} />
      <p>{t(text)}</p>
    </>
  )
}
