import { useMutation, useQueryClient } from '@tanstack/react-query'
import { api, bodyOf, drawFor } from '../../api/client'
import { noteServerTime } from '../../api/server-clock'
import { sessionQuery } from './queries'
import { tellOtherTabs } from './tabs'

/** Has a new code sent; one that was sent before is dead. */
export const useSendCode = () =>
  useMutation({
    mutationFn: async () => {
      const sent = await bodyOf(api.session['second-factor'].codes.$post())
      noteServerTime(sent.serverTime)
      return sent
    },
  })

/** Gives the code; the session then has a second factor, in every tab. */
export function useGiveCode() {
  const queryClient = useQueryClient()
  return useMutation({
    mutationFn: (code: string) => bodyOf(api.session['second-factor'].$post({ json: { code } })),
    // The cache of mutations would keep the code.
    gcTime: 0,
    onSuccess: (session) => {
      noteServerTime(session.serverTime)
      drawFor(session.ref)
      queryClient.setQueryData(sessionQuery.queryKey, session)
      tellOtherTabs()
    },
  })
}
