import { api, bodyOf } from '../../api/client'
import type { Deed } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'

const request = (pupils: readonly Pupil[], key: string) => ({
  json: { pupilIds: pupils.map((pupil) => pupil.id) },
  header: { 'idempotency-key': key },
})

/** "Giv ny adgangskode": opens the window in which the username alone is enough. */
export const giveNewPassword = (pupils: readonly Pupil[]): Deed => ({
  action: 'giveNewPassword',
  pupils,
  send: (key) => bodyOf(api.pupils['password-resets'].$post(request(pupils, key))),
})

/** "Fortryd": takes an unused window back. */
export const cancelNewPassword = (pupils: readonly Pupil[]): Deed => ({
  action: 'cancelNewPassword',
  pupils,
  send: (key) => bodyOf(api.pupils['password-reset-cancellations'].$post(request(pupils, key))),
})
