import type { PasswordPolicy } from '../../../server/people'
import { api, bodyOf } from '../../api/client'
import type { DeedFor } from '../../api/pupil-actions'

/** What the next new password is to follow: the year's policy (null), or another and why. */
export interface WantedPolicy {
  policy: PasswordPolicy | null
  note: string | null
}

/** "Adgangskodepolitik": sets what the next new password follows. */
export const setPolicy =
  ({ policy, note }: WantedPolicy): DeedFor =>
  (pupils) => ({
    action: 'setPolicy',
    pupils,
    send: (key) =>
      bodyOf(
        api.pupils.policies.$post({
          json: { pupilIds: pupils.map(({ id }) => id), policy, note },
          header: { 'idempotency-key': key },
        }),
      ),
  })
