import { onlineManager } from '@tanstack/react-query'
import { lazy, type ReactNode, Suspense, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, NavLink, Outlet, useLocation, useNavigate } from 'react-router'
import { ApiError } from '../api/errors'
import { useIsTrouble } from '../api/operating-status'
import { useProblemWords } from '../api/ProblemNotice'
import { listedIn, type Pupil } from '../api/pupil-cache'
import { schoolOf } from '../api/view'
import { PupilSearch } from '../features/pupils/PupilSearch'
import type { SignedIn } from '../features/session/queries'
import { WaitingLink } from '../features/step-up/Waiting'
import { changeLanguage } from '../i18n/start'
import { toQueue } from '../pages/Queue'
import { paths } from '../paths'
import { useToast } from '../ui/Announcer'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { useShortcut } from '../ui/shortcut'

/** Fetched where there is something to tell; where that fails, the page goes on without. */
const OperatingStatus = lazy(() =>
  import('../features/help/OperatingStatus').then(
    (it) => ({ default: it.OperatingStatus }),
    () => ({ default: () => null }),
  ),
)

interface FrameProps {
  /** Instead of the page that the address leads to. */
  children?: ReactNode
  /** Missing on the pages that are open to everybody. */
  session?: SignedIn | undefined
  /** Whether the API tells this person who waits. */
  hearsWhoWaits?: boolean
  signingOut?: boolean
  onSignOut?: () => void
}

/** What surrounds every page: the way to the content, the menu, search, the person, the language, the connection. */
export function Frame({ children, session, hearsWhoWaits, signingOut = false, onSignOut }: FrameProps) {
  const { t } = useTranslation()
  const { t: classes } = useTranslation('classes')
  const { t: sessionWords } = useTranslation('session')
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const school = schoolOf(pathname)
  const isTrouble = useIsTrouble()
  const wholeSchool = school === null ? paths.schools.to() : paths.wholeSchool.to(school)
  const activity = school === null ? paths.activity.to() : paths.schoolActivity.to(school)
  const online = useSyncExternalStore(onlineManager.subscribe.bind(onlineManager), () =>
    onlineManager.isOnline(),
  )

  useShortcut('?', () => navigate(paths.help.to(), { state: { from: pathname } }))

  function openClassOf(pupil: Pupil) {
    const classId = listedIn(pupil)
    if (classId) navigate(paths.schoolClass.to(classId), { state: { pupilId: pupil.id } })
  }

  return (
    <>
      <a className="skip-link" href="#main">
        {t('skipToContent')}
      </a>
      <header className="frame-header">
        <div className="frame-header-inner">
          <Link className="frame-brand" to={session ? startOf(session) : paths.front.to()}>
            {t('appName')}
          </Link>
          {session && (
            <>
              <nav className="frame-nav" aria-label={t('mainNavigation')}>
                <ul>
                  {session.views.teacher && (
                    <li>
                      <NavLink to={paths.myClasses.to()}>{classes('myClasses')}</NavLink>
                    </li>
                  )}
                  {session.views.schools.length > 0 && (
                    <li>
                      <NavLink to={wholeSchool} end={pathname === activity}>
                        {classes('wholeSchool')}
                      </NavLink>
                    </li>
                  )}
                  {(school !== null || session.views.teacher) && (
                    <>
                      <li>
                        <NavLink to={activity}>{t('activity')}</NavLink>
                      </li>
                      {hearsWhoWaits && (
                        <li className="frame-waiting">
                          <WaitingLink
                            to={school === null ? paths.myClasses.to() : wholeSchool}
                            state={toQueue}
                          />
                        </li>
                      )}
                    </>
                  )}
                </ul>
              </nav>
              {school === null && session.views.teacher && (
                <div className="frame-search">
                  <PupilSearch onChoose={openClassOf} />
                </div>
              )}
            </>
          )}
          <div className="frame-person">
            {session && (
              <span className="frame-who">
                {sessionWords('signedInAs', {
                  name: session.person.name,
                  school: schoolNames(session, school),
                })}
              </span>
            )}
            <Link className="frame-help" to={paths.help.to()} state={{ from: pathname }}>
              {t('help')}
            </Link>
            <LanguageButton />
            {session && (
              <Button size="small" busy={signingOut} onClick={onSignOut}>
                {sessionWords('signOut')}
              </Button>
            )}
          </div>
        </div>
      </header>
      <main className="frame-main" id="main" tabIndex={-1}>
        {!online && (
          <Notice kind="warning" live="polite">
            <p>{t('offline')}</p>
          </Notice>
        )}
        {isTrouble && (
          <Suspense>
            <OperatingStatus />
          </Suspense>
        )}
        {children ?? <Outlet />}
      </main>
      <footer className="frame-footer">
        <p>
          {t('footer')} <Link to={paths.help.to('persondata')}>{t('privacy')}</Link>
          <Link to={paths.help.to('tilgaengelighed')}>{t('accessibility')}</Link>
        </p>
      </footer>
    </>
  )
}

const startOf = ({ views }: SignedIn) => (views.teacher ? paths.myClasses : paths.schools).to()

/** The school of the view; in a teacher's, all where the person teaches. */
function schoolNames({ views, institutions }: SignedIn, school: string | null): string {
  const shown = views.schools.filter(({ id }) => id === school)
  if (shown.length > 0) return shown.map(({ name }) => name).join(', ')
  return (institutions.length > 0 ? institutions : views.schools).map(({ name }) => name).join(', ')
}

function LanguageButton() {
  const { t, i18n } = useTranslation()
  const toast = useToast()
  const problemWords = useProblemWords()
  const other = i18n.language === 'en' ? 'da' : 'en'

  function change() {
    changeLanguage(other).catch(() => {
      const { title, text } = problemWords(new ApiError('no-connection'))
      toast(`${title}. ${text}`)
    })
  }

  return (
    <Button variant="tertiary" size="small" lang={other} onClick={change}>
      {t('otherLanguage')}
    </Button>
  )
}
