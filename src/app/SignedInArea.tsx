import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { matchPath, Navigate, useLocation, useNavigate, useNavigationType } from 'react-router'
import { whenSessionIsLost } from '../api/client'
import { ProblemNotice, useProblemWords } from '../api/ProblemNotice'
import { serverNow } from '../api/server-clock'
import { schoolOf } from '../api/view'
import { type SignedIn, sessionQuery, useSignOut } from '../features/session/queries'
import { SessionWatch } from '../features/session/SessionWatch'
import { whenAnotherTabTells } from '../features/session/tabs'
import { WaitingEverywhere } from '../features/step-up/Waiting'
import { paths } from '../paths'
import { useForgetMessages, useToast } from '../ui/Announcer'
import { Skeleton } from '../ui/Skeleton'
import { Frame } from './Frame'
import { arrived, changeView, clearPage, leaveForGood, leaveInTheMiddle } from './forget'

/**
 * Everything that needs a signed-in person. Without one it leads to signing in and back to the same place; a session
 * that ends anywhere, in this tab or another, takes everything personal off the page at once. An open one is drawn for
 * everybody, and has these cares where somebody is signed in.
 */
export function SignedInArea({ open = false }: { open?: boolean }) {
  const { t } = useTranslation()
  const { t: sessionWords } = useTranslation('session')
  const queryClient = useQueryClient()
  const location = useLocation()
  const navigate = useNavigate()
  const toast = useToast()
  const problemWords = useProblemWords()
  const query = useQuery(sessionQuery)
  const signOut = useSignOut()
  const session = query.data?.signedIn ? query.data : undefined
  const forgetMessages = useForgetMessages()
  // Whoever was signed in here last: React's own way of keeping a value of the render before.
  const [last, setLast] = useState(session)
  if (session && session !== last) setLast(session)
  const [leaving, setLeaving] = useState(false)

  useScrollToTopOf(location.key)

  const askAgain = useCallback(
    () => void queryClient.refetchQueries({ queryKey: sessionQuery.queryKey }),
    [queryClient],
  )
  useEffect(() => whenAnotherTabTells(askAgain), [askAgain])
  useEffect(() => whenSessionIsLost(askAgain), [askAgain])
  useEffect(arrived, [])

  // Another person at the same browser: nothing of the first may be seen by the second.
  const before = useRef(session?.person)
  const isGreeted = useRef(false)
  const person = session?.person
  useEffect(() => {
    const first = before.current
    if (person) before.current = person
    if (!first || !person || first.id === person.id) return
    leaveForGood(queryClient)
    forgetMessages()
    isGreeted.current = true
    toast(sessionWords('changed', { name: person.name }))
    navigate(paths.myClasses.to(), { replace: true })
  }, [person, queryClient, navigate, toast, forgetMessages, sessionWords])

  // Nobody is signed in any more: everything personal goes, before the next page is drawn.
  const isOver = query.data?.signedIn === false
  const lastPersonId = last?.person.id
  const { pathname } = location
  useLayoutEffect(() => {
    if (!isOver) return
    forgetMessages()
    if (leaving) leaveForGood(queryClient)
    else if (lastPersonId !== undefined) leaveInTheMiddle(queryClient, lastPersonId, pathname)
    else clearPage(queryClient)
  }, [isOver, leaving, lastPersonId, pathname, queryClient, forgetMessages])

  const school = schoolOf(pathname)
  const [drawnIn, setDrawnIn] = useState(school)
  useLayoutEffect(() => {
    if (school === drawnIn) return
    changeView(queryClient)
    // What was said of one school's pupils is not said in another; whoever has just come is still told so.
    if (drawnIn && !isGreeted.current) forgetMessages()
    isGreeted.current = false
    setDrawnIn(school)
  }, [school, drawnIn, queryClient, forgetMessages])
  // Never painted: the next view is drawn once everything of the one before is gone.
  if (school !== drawnIn) return null

  if (open && !session && !leaving) return <Frame />
  if (query.isPending) {
    return (
      <Frame>
        <Skeleton lines={4} label={t('loading')} />
      </Frame>
    )
  }
  if (!query.data) {
    return (
      <Frame>
        <ProblemNotice error={query.error} busy={query.isFetching} onTryAgain={askAgain} />
      </Frame>
    )
  }
  if (!session) {
    if (leaving) return <Navigate to={paths.front.to()} replace />
    const ended = last && (serverNow() >= Date.parse(last.endsAt) ? 'inTime' : 'elsewhere')
    const signIn = isForAdministrators(pathname) ? paths.signInAsAdministrator : paths.signIn
    return <Navigate to={signIn.to()} replace state={{ from: ended ? null : pathname, ended }} />
  }
  if (!open && !session.views.teacher && !isForAdministrators(pathname)) {
    return <Navigate to={paths.schools.to()} replace />
  }

  function leave() {
    signOut.mutate(undefined, {
      onSuccess: () => {
        setLeaving(true)
        queryClient.setQueryData(sessionQuery.queryKey, {
          signedIn: false,
          serverTime: new Date(serverNow()).toISOString(),
        })
      },
      onError: (error) => {
        const { title, text } = problemWords(error)
        toast(`${title}. ${text}`)
      },
    })
  }

  const hearsWhoWaits = mayHear(session, school)
  const page = (
    <>
      <Frame
        session={session}
        hearsWhoWaits={hearsWhoWaits}
        signingOut={signOut.isPending}
        onSignOut={leave}
      />
      <SessionWatch session={session} onSignOut={leave} />
    </>
  )
  if (!hearsWhoWaits) return page
  // Another person's stream is another stream, and so is that of another view.
  return <WaitingEverywhere key={`${session.ref} ${school}`}>{page}</WaitingEverywhere>
}

const isForAdministrators = (pathname: string) => matchPath(paths.schools.pattern, pathname) !== null

/** Whether the API tells this person who waits, in the view of a school or a teacher's. */
const mayHear = ({ views, secondFactor }: SignedIn, school: string | null) =>
  school === null ? views.teacher : secondFactor !== null && views.schools.some(({ id }) => id === school)

/** A new page begins at its top; going back, the browser knows where one was. Runs before a page moves the focus. */
function useScrollToTopOf(page: string) {
  const isBack = useNavigationType() === 'POP'
  useLayoutEffect(() => {
    if (page && !isBack) scrollTo(0, 0)
  }, [page, isBack])
}
