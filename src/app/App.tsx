import { type QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { BrowserRouter, Route, Routes } from 'react-router'
import { ActivityPages } from '../pages/ActivityPages'
import { ClassPage } from '../pages/class/ClassPage'
import { FrontPage } from '../pages/FrontPage'
import { HelpPages } from '../pages/HelpPages'
import { MyClassesPage } from '../pages/MyClassesPage'
import { NotFoundPage } from '../pages/NotFoundPage'
import { SignInPage } from '../pages/SignInPage'
import { paths } from '../paths'
import { AnnouncerProvider } from '../ui/Announcer'
import { CrashBoundary } from './CrashBoundary'
import { Frame } from './Frame'
import { goOnAt } from './forget'
import { PupilPages } from './PupilPages'
import { SchoolPages } from './SchoolPages'
import { SignedInArea } from './SignedInArea'

/** The whole app: every address and the page behind it. */
export function App({ queryClient }: { queryClient: QueryClient }) {
  return (
    <QueryClientProvider client={queryClient}>
      <AnnouncerProvider>
        <CrashBoundary>
          <BrowserRouter>
            <Routes>
              <Route element={<Frame />}>
                <Route path={paths.front.pattern} element={<FrontPage />} />
                <Route path={paths.signIn.pattern} element={<SignInPage as="teacher" goOnAt={goOnAt} />} />
                <Route
                  path={paths.signInAsAdministrator.pattern}
                  element={<SignInPage as="userAdministrator" goOnAt={goOnAt} />}
                />
                <Route path="*" element={<NotFoundPage />} />
              </Route>
              <Route element={<SignedInArea />}>
                <Route path={paths.myClasses.pattern} element={<MyClassesPage />} />
                <Route path={paths.schoolClass.pattern} element={<ClassPage />} />
                <Route path={paths.schools.pattern} element={<SchoolPages />} />
                <Route path={paths.activity.pattern} element={<ActivityPages />} />
              </Route>
              <Route element={<SignedInArea open />}>
                <Route path={paths.help.pattern} element={<HelpPages />} />
              </Route>
              <Route path={paths.pupil.pattern} element={<PupilPages />} />
            </Routes>
          </BrowserRouter>
        </CrashBoundary>
      </AnnouncerProvider>
    </QueryClientProvider>
  )
}
