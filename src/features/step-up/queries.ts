import { api, bodyOf } from '../../api/client'
import type { Deed } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'

const request = (pupils: readonly Pupil[], key: string) => ({
  json: { pupilIds: pupils.map((pupil) => pupil.id) },
  header: { 'idempotency-key': key },
})

/** "Giv to-faktor-adgang": steps up for 2 hours. */
export const stepUp = (pupils: readonly Pupil[]): Deed => ({
  action: 'stepUp',
  pupils,
  send: (key) => bodyOf(api.pupils['step-ups'].$post(request(pupils, key))),
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
  send: (key) =>
    bodyOf(
      api['step-up-requests'].decisions.$post({
        json: { decision, requestIds: pupils.flatMap((pupil) => pupil.status.stepUpRequest?.id ?? []) },
        header: { 'idempotency-key': key },
      }),
    ),
})
