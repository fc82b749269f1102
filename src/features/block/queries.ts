import type { BlockReason } from '../../../server/people'
import { api, bodyOf } from '../../api/client'
import type { DeedFor } from '../../api/pupil-actions'

export interface WantedBlock {
  reason: BlockReason
  /** When it ends by itself (ISO 8601); null where somebody has to end it. */
  until: string | null
}

/** "Spær adgang": keeps pupils out of Unilogin at once. */
export const block =
  ({ reason, until }: WantedBlock): DeedFor =>
  (pupils) => ({
    action: 'block',
    pupils,
    send: (key) =>
      bodyOf(
        api.pupils.blocks.$post({
          json: { pupilIds: pupils.map(({ id }) => id), reason, until },
          header: { 'idempotency-key': key },
        }),
      ),
  })

/** "Ophæv spærring". */
export const unblock: DeedFor = (pupils) => ({
  action: 'unblock',
  pupils,
  send: (key) =>
    bodyOf(
      api.pupils.unblocks.$post({
        json: { pupilIds: pupils.map(({ id }) => id) },
        header: { 'idempotency-key': key },
      }),
    ),
})
