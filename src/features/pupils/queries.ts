import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf, newIdempotencyKey } from '../../api/client'
import { listKeys } from '../../api/pupil-cache'
import { noteServerTime } from '../../api/server-clock'

/** All the teacher's pupils, for the search. */
export const myPupilsQuery = queryOptions({
  queryKey: listKeys.pupils,
  queryFn: async () => {
    const answer = await bodyOf(api.pupils.$get())
    noteServerTime(answer.serverTime)
    return answer
  },
  staleTime: 60_000,
})

/** Asks for usernames; the API logs each. They are kept by the caller and in no cache. */
export async function askForUsernames(pupilIds: string[]): Promise<{ id: string; username: string }[]> {
  const { results } = await bodyOf(
    api.pupils['username-reveals'].$post({
      json: { pupilIds },
      header: { 'idempotency-key': newIdempotencyKey() },
    }),
  )
  return results.flatMap(({ id, username }) => (username === null ? [] : [{ id, username }]))
}

/** Tells the API that a username is about to be copied, so that it is logged. */
export async function tellOfCopy(pupilId: string): Promise<void> {
  await bodyOf(
    api.pupils['username-copies'].$post({
      json: { pupilIds: [pupilId] },
      header: { 'idempotency-key': newIdempotencyKey() },
    }),
  )
}
