import { endStepUpAndWait } from '../step-up/end'
import type { UnitOfWork } from '../store/store'
import type { Instant } from '../time'
import type { PupilSession } from './rules'

/**
 * A pupil has left: the session ends, and with it the higher level and whatever waits for approval, so that neither
 * is there for the next at this computer.
 */
export async function endPupilSession(unit: UnitOfWork, session: PupilSession, now: Instant): Promise<void> {
  await unit.savePupilSession({ ...session, suggestion: null, endedAt: now })
  await endStepUpAndWait(unit, session.pupilId, now)
}
