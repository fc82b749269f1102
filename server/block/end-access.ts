import { isPending } from '../password-reset/rules'
import { endStepUpAndWait } from '../step-up/end'
import type { UnitOfWork } from '../store/store'
import type { Instant } from '../time'

/**
 * Ends at once all that lets a pupil in: the window of a new password, the higher level and the wait for one, and
 * every session, wherever it is. What has ended stays so when the block does.
 */
export async function endAccess(unit: UnitOfWork, pupilId: string, now: Instant): Promise<void> {
  const window = (await unit.resetWindows([pupilId])).get(pupilId)
  if (window && isPending(window, now)) await unit.saveResetWindow({ ...window, cancelledAt: now })
  await endStepUpAndWait(unit, pupilId, now)
  for (const session of await unit.pupilSessionsOf(pupilId)) {
    await unit.savePupilSession({ ...session, suggestion: null, endedAt: now })
  }
}
