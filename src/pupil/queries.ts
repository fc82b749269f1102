import { type QueryClient, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query'
import type { StepUpService } from '../../server/step-up/rules'
import { bodyOf } from '../api/client'
import { isApiError } from '../api/errors'
import { noteServerTime, serverNow } from '../api/server-clock'
import { drawForPupil, pupilApi } from './client'

type Session = Awaited<ReturnType<typeof fetchSession>>

/** A pupil who is signed in, or is only to choose a new password yet (`stage`). */
export type PupilSignedIn = Extract<Session, { signedIn: true }>

/** How a pupil's latest request stands, as the API says it. */
export type LatestRequest = Awaited<ReturnType<typeof fetchLatest>>
export type WaitingRequest = NonNullable<LatestRequest['request']>

async function fetchSession({ client }: { client: QueryClient }) {
  const session = await bodyOf(pupilApi.session.$get())
  noteServerTime(session.serverTime)
  // The next pupil at this computer may have signed in by another tab: not even for a moment is there the last one's.
  if (drawForPupil(session.signedIn ? session.ref : null)) forgetPupil(client)
  return session
}

async function fetchLatest() {
  const latest = await bodyOf(pupilApi['step-up-requests'].latest.$get())
  noteServerTime(latest.serverTime)
  return latest
}

/** Whether the pupil's latest request waits for an answer. */
export const isWaiting = (latest: LatestRequest | undefined): boolean =>
  latest !== undefined && latest.request !== null && latest.outcome === null

async function fetchService(service: StepUpService) {
  const opened = await bodyOf(pupilApi.services[':service'].$get({ param: { service } }))
  noteServerTime(opened.serverTime)
  return opened
}

/** What a service shows, and until when. */
export type OpenedService = Awaited<ReturnType<typeof fetchService>>

const ALL = 'pupilPages'

/** Which pupil is signed in. Asked again whenever somebody comes back to the tab, as sleep may have ended it. */
export const sessionQuery = queryOptions({
  queryKey: [ALL, 'session'],
  queryFn: fetchSession,
  staleTime: Number.POSITIVE_INFINITY,
  gcTime: Number.POSITIVE_INFINITY,
  refetchOnWindowFocus: 'always',
  refetchOnReconnect: 'always',
})

/** The pupil's latest request to be let into a service. */
export const latestRequestQuery = queryOptions({
  queryKey: [ALL, 'stepUpRequest'],
  queryFn: fetchLatest,
  refetchOnWindowFocus: 'always',
  refetchOnReconnect: 'always',
})

/** What a service shows to whoever has reached the higher level. */
export const serviceQuery = (service: StepUpService) =>
  queryOptions({
    queryKey: [ALL, 'service', service],
    queryFn: () => fetchService(service),
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
    refetchOnWindowFocus: 'always',
  })

/** Takes everything of the pupil before off the page; only whether anybody is signed in stays. */
export function forgetPupil(queryClient: QueryClient) {
  queryClient.removeQueries({
    predicate: ({ queryKey: [all, kind] }) => all === ALL && kind !== 'session',
  })
}

/** Takes over the session as the API has just described it. */
function takeSession(queryClient: QueryClient, session: PupilSignedIn) {
  noteServerTime(session.serverTime)
  drawForPupil(session.ref)
  queryClient.setQueryData(sessionQuery.queryKey, session)
}

/** Looks again at everything that is on the page; a service that is not open stays so until a request is approved. */
export const lookAgain = (queryClient: QueryClient): Promise<void> =>
  queryClient.refetchQueries({
    queryKey: [ALL],
    type: 'active',
    predicate: ({ queryKey: [, kind], state }) => kind !== 'service' || state.status === 'success',
  })

/** The first step of signing in: what this username is asked for next. */
export const useCheckUsername = () => {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (username: string) => {
      const step = await bodyOf(pupilApi.session.username.$post({ json: { username } }))
      // The window was open: the session is there already.
      if (step.next === 'newPassword') {
        forgetPupil(queryClient)
        await queryClient.refetchQueries({ queryKey: sessionQuery.queryKey })
      }
      return step
    },
    gcTime: 0,
  })
}

/** The second step of signing in. */
export function useSignIn() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (form: { username: string; password: string }) =>
      bodyOf(pupilApi.session.$post({ json: form })),
    // The cache of mutations would keep the password.
    gcTime: 0,
    onSuccess: (session) => {
      forgetPupil(queryClient)
      takeSession(queryClient, session)
    },
  })
}

/** Signs the pupil out, and clears the page once the API has said so. */
export function useSignOut() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => pupilApi.session.$delete(),
    onSuccess: () => {
      drawForPupil(null)
      queryClient.setQueryData(sessionQuery.queryKey, {
        signedIn: false,
        serverTime: new Date(serverNow()).toISOString(),
      })
      forgetPupil(queryClient)
    },
  })
}

/** Tells the API that the pupil is still there. */
export function useKeepSession() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => bodyOf(pupilApi.session['keep-alive'].$post()),
    onSuccess: (session) => {
      const shown = queryClient.getQueryData(sessionQuery.queryKey)
      // Whoever has signed out meanwhile stays signed out.
      if (shown?.signedIn && shown.ref === session.ref) takeSession(queryClient, session)
    },
  })
}

/** Asks for a password to remember. It is in no cache, so that it is gone with the page that shows it. */
export const useSuggestion = () =>
  useMutation({
    mutationFn: () => bodyOf(pupilApi['new-password'].suggestion.$post()),
    gcTime: 0,
  })

/** Which rules a password of one's own breaks. */
export const brokenRulesOf = async (password: string) =>
  (await bodyOf(pupilApi['new-password'].check.$post({ json: { password } }))).broken

export interface NewPassword {
  password: string
  from: 'suggestion' | 'own'
}

export function useSetPassword() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (form: NewPassword) => bodyOf(pupilApi['new-password'].$post({ json: form })),
    gcTime: 0,
    onSuccess: (session) => takeSession(queryClient, session),
  })
}

export function usePostpone() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: () => bodyOf(pupilApi['new-password'].postponement.$post()),
    onSuccess: (session) => takeSession(queryClient, session),
  })
}

/** Whether the pupil has asked for this service already and waits, so that the code stays the same. */
async function stillWaitsFor(queryClient: QueryClient, service: StepUpService): Promise<boolean> {
  const asksFor = (latest: LatestRequest | undefined) =>
    isWaiting(latest) && latest?.request?.service === service
  if (!asksFor(queryClient.getQueryData(latestRequestQuery.queryKey))) return false
  return asksFor(await queryClient.fetchQuery({ ...latestRequestQuery, staleTime: 0 }))
}

/** Opens a service: straight on with the higher level, else by asking a teacher. Done once the API has answered. */
export function useOpenService() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: async (service: StepUpService) => {
      try {
        const { levelEndsAt } = await queryClient.fetchQuery({ ...serviceQuery(service), staleTime: 0 })
        queryClient.setQueryData(sessionQuery.queryKey, (session) =>
          session?.signedIn ? { ...session, level: 'AdultVerified' as const, levelEndsAt } : session,
        )
      } catch (error) {
        if (!isApiError(error) || error.type !== 'step-up-required') throw error
        if (await stillWaitsFor(queryClient, service)) return service
        const asked = await bodyOf(pupilApi['step-up-requests'].$post({ json: { service } }))
        noteServerTime(asked.serverTime)
        queryClient.setQueryData(latestRequestQuery.queryKey, { ...asked, outcome: null })
      }
      return service
    },
  })
}

/** Gives up waiting. */
export function useWithdraw() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => bodyOf(pupilApi['step-up-requests'][':id'].$delete({ param: { id } })),
    onSuccess: (latest) => queryClient.setQueryData(latestRequestQuery.queryKey, latest),
  })
}
