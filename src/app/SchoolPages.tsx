import type { QueryClient } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { sessionQuery } from '../features/session/queries'
import { alsoLoad } from '../i18n/start'
import { Skeleton } from '../ui/Skeleton'

const download = () => Promise.all([import('../pages/school/SchoolApp'), import('../i18n/school-texts')])

/** Fetches the user administrators' pages before they are drawn, and the school that the address names. */
export async function preloadSchoolPages(queryClient: QueryClient, institutionId: string): Promise<void> {
  const [[{ prefetchSchool }]] = await Promise.all([download(), queryClient.prefetchQuery(sessionQuery)])
  const session = queryClient.getQueryData(sessionQuery.queryKey)
  const isOwn = session?.signedIn && session.views.schools.some(({ id }) => id === institutionId)
  if (isOwn && session.secondFactor) await prefetchSchool(queryClient, institutionId)
}

/** The user administrators' pages, with texts of their own, which no teacher downloads. */
const SchoolApp = lazy(async () => {
  const [{ SchoolApp }, { schoolTexts }] = await download()
  await Promise.all(schoolTexts.map(alsoLoad))
  return { default: SchoolApp }
})

export function SchoolPages() {
  const { t } = useTranslation()
  return (
    <Suspense fallback={<Skeleton lines={4} label={t('loading')} />}>
      <SchoolApp />
    </Suspense>
  )
}
