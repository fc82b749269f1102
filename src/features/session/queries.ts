import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import { api, bodyOf, drawFor } from '../../api/client'
import { noteServerTime } from '../../api/server-clock'
import { tellOtherTabs } from './tabs'

type Session = Awaited<ReturnType<typeof fetchSession>>

/** What somebody signs in as. Whoever is both switches afterwards. */
export type SignInAs = 'teacher' | 'userAdministrator'

/** A signed-in person and how long the session lasts. */
export type SignedIn = Extract<Session, { signedIn: true }>

async function fetchSession() {
  const session = await bodyOf(api.session.$get())
  noteServerTime(session.serverTime)
  drawFor(session.signedIn ? session.ref : null)
  return session
}

/** Who is signed in. Asked again whenever the person comes back to the tab, as sleep and other tabs may have ended it. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: fetchSession,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: 'always',
  refetchOnReconnect: 'always',
})

/** The first step of signing in: asks whether the username is known. */
export const useCheckUsername = () =>
  useMutation({
    mutationFn: (username: string) => bodyOf(api.session.username.$post({ json: { username } })),
    gcTime: 0,
  })

/** The second step of signing in. */
export function useSignIn() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (form: { username: string; password: string; as: SignInAs }) =>
      bodyOf(api.session.$post({ json: form })),
    // The cache of mutations would keep the password.
    gcTime: 0,
    onSuccess: (session) => {
      noteServerTime(session.serverTime)
      drawFor(session.ref)
      queryClient.setQueryData(sessionQuery.queryKey, session)
      tellOtherTabs()
    },
  })
}

/** Signs out. The caller clears the page once the API has said so. */
export const useSignOut = () =>
  useMutation({
    mutationFn: async () => {
      await api.session.$delete()
      drawFor(null)
      tellOtherTabs()
    },
  })

/** Tells the API that the person is still there. */
export function useKeepSession() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => bodyOf(api.session['keep-alive'].$post()),
    onSuccess: (session) => {
      noteServerTime(session.serverTime)
      queryClient.setQueryData(sessionQuery.queryKey, session)
    },
  })
}
