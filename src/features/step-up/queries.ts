import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../api/client'
import type { Deed } from '../../api/pupil-actions'
import { listKeys, type Pupil } from '../../api/pupil-cache'
import { noteServerTime, serverNow } from '../../api/server-clock'

/** How often the list is asked for although no event has come, against whatever nobody has thought of. */
const REFRESH_EVERY_MS = 60_000

/** An answer this young is shown as it is: it came while the page was being drawn. */
const FRESH_FOR_MS = 1_000

/** The pupils who wait for this teacher, longest first. */
export const waitingQuery = queryOptions({
  queryKey: listKeys.waiting,
  queryFn: async () => {
    const answer = await bodyOf(api['step-up-requests'].$get())
    noteServerTime(answer.serverTime)
    return answer
  },
  staleTime: FRESH_FOR_MS,
  // A request that nobody answers ends by itself, and no event tells of that.
  refetchInterval: ({ state }) =>
    Math.max(1, Math.min(REFRESH_EVERY_MS, ...(state.data?.pupils ?? []).map(msUntilOver))),
  // The tab's title tells also whoever works in another tab.
  refetchIntervalInBackground: true,
})

const msUntilOver = ({ status: { stepUpRequest } }: Pupil) =>
  stepUpRequest ? Date.parse(stepUpRequest.expiresAt) - serverNow() : REFRESH_EVERY_MS

/** The requests that this page has answered: whoever pressed knows already that they are gone. */
const answeredHere = new Set<string>()

/** Whether the pupil's request ended by an answer given on this page. */
export const wasAnsweredHere = ({ status: { stepUpRequest } }: Pupil): boolean =>
  stepUpRequest !== null && answeredHere.has(stepUpRequest.id)

function noteAnswer(pupils: readonly Pupil[]) {
  for (const { status } of pupils) if (status.stepUpRequest) answeredHere.add(status.stepUpRequest.id)
}

const request = (pupils: readonly Pupil[], key: string) => ({
  json: { pupilIds: pupils.map((pupil) => pupil.id) },
  header: { 'idempotency-key': key },
})

/** "Giv to-faktor-adgang": steps up for 2 hours. */
export const stepUp = (pupils: readonly Pupil[]): Deed => ({
  action: 'stepUp',
  pupils,
  send: (key) => {
    noteAnswer(pupils)
    return bodyOf(api.pupils['step-ups'].$post(request(pupils, key)))
  },
})

/** "Afslut to-faktor-adgang": ends a step-up early. */
export const endStepUp = (pupils: readonly Pupil[]): Deed => ({
  action: 'endStepUp',
  pupils,
  send: (key) => bodyOf(api.pupils['step-up-ends'].$post(request(pupils, key))),
})

/** "Godkend" or "Afvis": exactly the requests these pupils are shown with. */
export const decide = (decision: 'approve' | 'decline', pupils: readonly Pupil[]): Deed => ({
  action: decision,
  pupils,
  send: (key) => {
    noteAnswer(pupils)
    return bodyOf(
      api['step-up-requests'].decisions.$post({
        json: { decision, requestIds: pupils.flatMap((pupil) => pupil.status.stepUpRequest?.id ?? []) },
        header: { 'idempotency-key': key },
      }),
    )
  },
})
