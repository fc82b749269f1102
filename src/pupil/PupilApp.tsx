import '../styles/pupil.scss'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, Route, Routes, useLocation } from 'react-router'
import { paths } from '../paths'
import { useForgetMessages } from '../ui/Announcer'
import { Skeleton } from '../ui/Skeleton'
import { whenPupilSessionIsLost } from './client'
import { NewPasswordPage } from './new-password/NewPasswordPage'
import { ProblemPage } from './ProblemPage'
import { PupilFrame } from './PupilFrame'
import { forgetPupil, type PupilSignedIn, sessionQuery, useSignOut } from './queries'
import { SessionWatch } from './SessionWatch'
import { StartPage } from './StartPage'
import { ServicePage } from './service/ServicePage'
import { SignInPage } from './sign-in/SignInPage'
import { useWatch } from './watch'
import { useErrorWords } from './words'

/** The pages of a pupil: signing in, a new password, and the way to the services. */
export function PupilApp() {
  const { t: common } = useTranslation()
  const { t } = useTranslation('pupilPages')
  const queryClient = useQueryClient()
  const query = useQuery(sessionQuery)
  const signOut = useSignOut()
  const errorWords = useErrorWords()
  const session = query.data?.signedIn ? query.data : undefined
  const [username, setUsername] = useState('')
  /** The session that was left by choice. */
  const [leftRef, setLeftRef] = useState<string>()
  // Whoever was signed in here last: React's own way of keeping a value of the render before.
  const [last, setLast] = useState(session)
  if (session && session !== last) setLast(session)
  // How that session ended, by the first answer that says so.
  const [ended, setEnded] = useState<{ ref: string; inTime: boolean }>()
  if (query.data?.signedIn === false && last && ended?.ref !== last.ref) {
    setEnded({ ref: last.ref, inTime: query.data.serverTime >= last.endsAt })
  }

  useEffect(() => whenPupilSessionIsLost(() => void query.refetch()), [query.refetch])

  // Nobody, or somebody else: nothing of the pupil before stays.
  const ref = session?.ref
  // Whoever has signed in by another tab is not the one who typed a username in this one.
  const [shownRef, setShownRef] = useState(ref)
  if (ref !== shownRef) {
    setShownRef(ref)
    if (ref !== undefined && shownRef !== undefined) setUsername('')
  }
  useEffect(() => {
    if (ref === undefined) forgetPupil(queryClient)
  }, [ref, queryClient])

  function content() {
    if (query.isPending) return <Skeleton lines={4} label={common('loading')} />
    if (!query.data) {
      return (
        <ProblemPage error={query.error} busy={query.isFetching} onTryAgain={() => void query.refetch()} />
      )
    }
    if (session) return <SignedInPages key={session.ref} session={session} username={username} />
    return <SignedOutPages farewell={farewell()} onUsername={setUsername} />
  }

  function farewell() {
    if (!last) return undefined
    if (leftRef === last.ref) return t('signedOut')
    return ended?.inTime ? t('sessionIdle') : t('sessionEnded')
  }

  return (
    <PupilFrame
      session={session}
      signingOut={signOut.isPending}
      onSignOut={() => signOut.mutate(undefined, { onSuccess: () => setLeftRef(ref) })}
      problem={session && errorWords(signOut.error)}
    >
      {content()}
    </PupilFrame>
  )
}

interface SignedOutPagesProps {
  farewell: string | undefined
  onUsername: (username: string) => void
}

/** Signing in stands at one address, so that the next pupil does not begin where the last one was. */
function SignedOutPages({ farewell, onUsername }: SignedOutPagesProps) {
  const { pathname } = useLocation()
  if (pathname !== paths.pupil.to()) return <Navigate to={paths.pupil.to()} replace />
  return <SignInPage farewell={farewell} onUsername={onUsername} />
}

function SignedInPages({ session, username }: { session: PupilSignedIn; username: string }) {
  const forgetMessages = useForgetMessages()
  useWatch()
  useEffect(() => forgetMessages, [forgetMessages])
  return (
    <>
      {session.stage === 'mustSetPassword' ? (
        <NewPasswordPage session={session} username={username} />
      ) : (
        <Routes>
          <Route index element={<StartPage session={session} username={username} />} />
          <Route path=":service" element={<ServicePage />} />
          <Route path="*" element={<Navigate to={paths.pupil.to()} replace />} />
        </Routes>
      )}
      <SessionWatch session={session} />
    </>
  )
}
