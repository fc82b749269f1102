import { endStepUp } from '../step-up/end'
import { isWaiting } from '../step-up/rules'
import type { UnitOfWork } from '../store/store'
import type { Instant } from '../time'
import type { PupilSession } from './rules'

/**
 * A pupil has left: the session ends, and with it the higher level and whatever waits for approval, so that neither
 * is there for the next at this computer.
 */
export async function endPupilSession(unit: UnitOfWork, session: PupilSession, now: Instant): Promise<void> {
  await unit.savePupilSession({ ...session, suggestion: null, endedAt: now })
  await endStepUp(unit, session.pupilId, now)
  const request = (await unit.stepUpRequests([session.pupilId])).get(session.pupilId) ?? null
  if (isWaiting(request, now)) {
    await unit.saveStepUpRequest({ ...request, outcome: { decision: 'withdrawn', at: now } })
  }
}
