import { isHeldBy } from '../password-reset/rules'
import type { Pupil } from '../people'
import type { UnitOfWork } from '../store/store'
import type { Instant } from '../time'
import type { PupilPassword } from './hash'

/**
 * The new password takes the place of the old one: only now is the window used that this session took, and whoever
 * else is signed in as this pupil, perhaps by the old password, is so no longer.
 */
export async function setPassword(
  unit: UnitOfWork,
  pupil: Pupil,
  password: Pick<PupilPassword, 'policy' | 'hash'>,
  sessionRef: string,
  now: Instant,
): Promise<void> {
  await unit.savePassword({ ...password, pupilId: pupil.id, setAt: now })
  await unit.savePupil({ ...pupil, passwordSetAt: now })
  const window = (await unit.resetWindows([pupil.id])).get(pupil.id) ?? null
  if (isHeldBy(window, sessionRef)) await unit.saveResetWindow({ ...window, usedAt: now })
  for (const session of await unit.pupilSessionsOf(pupil.id)) {
    if (session.ref !== sessionRef)
      await unit.savePupilSession({ ...session, suggestion: null, endedAt: now })
  }
}
