import type { QueryClient } from '@tanstack/react-query'
import { createRoot } from 'react-dom/client'
import { matchPath } from 'react-router'
import { isForPupils } from '../api/first-requests'
import { schoolOf } from '../api/view'
import { myClassesQuery, schoolClassQuery } from '../features/classes/queries'
import { sessionQuery } from '../features/session/queries'
import { waitingQuery } from '../features/step-up/queries'
import { startI18n } from '../i18n/start'
import { paths } from '../paths'
import { App } from './App'
import { preloadPupilPages } from './PupilPages'
import { createQueryClient } from './query-client'
import { preloadSchoolPages } from './SchoolPages'

/** How long the first drawing may wait for the first data, which saves drawing a skeleton over it. */
const WAIT_FOR_DATA_MS = 150

/** Draws the app once its texts are here, and the data that the page shows first if they are quick. */
export async function startApp(root: HTMLElement): Promise<void> {
  const queryClient = createQueryClient()
  const data = fetchFirstData(queryClient, location.pathname)
  const patience = new Promise((resolve) => setTimeout(resolve, WAIT_FOR_DATA_MS))
  await Promise.all([startI18n(), Promise.race([data, patience])])
  createRoot(root).render(<App queryClient={queryClient} />)
}

/** What the page at this address asks for first; its failures are told by the page itself. */
async function fetchFirstData(queryClient: QueryClient, pathname: string): Promise<void> {
  if (isForPupils(pathname)) return preloadPupilPages()
  const school = schoolOf(pathname)
  if (school !== null) return preloadSchoolPages(queryClient, school)
  const classId = matchPath(paths.schoolClass.pattern, pathname)?.params.classId
  await queryClient.prefetchQuery(sessionQuery)
  if (!queryClient.getQueryData(sessionQuery.queryKey)?.signedIn) return
  const waiting = queryClient.prefetchQuery(waitingQuery)
  if (classId) await queryClient.prefetchQuery(schoolClassQuery(classId))
  else if (pathname === paths.myClasses.to()) {
    await Promise.all([queryClient.prefetchQuery(myClassesQuery), waiting])
  }
}
