import type { QueryClient } from '@tanstack/react-query'
import { sessionQuery } from '../features/session/queries'
import { lazyPage } from '../pages/lazy-page'

const download = () => Promise.all([import('../pages/school/SchoolApp'), import('../i18n/school-texts')])

/** Fetches the user administrators' pages before they are drawn, and the school that the address names. */
export async function preloadSchoolPages(queryClient: QueryClient, institutionId: string): Promise<void> {
  const [[{ prefetchSchool }]] = await Promise.all([download(), queryClient.prefetchQuery(sessionQuery)])
  const session = queryClient.getQueryData(sessionQuery.queryKey)
  const isOwn = session?.signedIn && session.views.schools.some(({ id }) => id === institutionId)
  if (isOwn && session.secondFactor) await prefetchSchool(queryClient, institutionId)
}

/** The user administrators' pages, with texts of their own, which no teacher downloads. */
export const SchoolPages = lazyPage(4, async () => {
  const [{ SchoolApp }, { schoolTexts }] = await download()
  return [SchoolApp, ...schoolTexts]
})
