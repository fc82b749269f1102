import type { UnitOfWork } from '../store/store'
import type { Instant } from '../time'
import { isSteppedUp, isWaiting } from './rules'

/**
 * Ends a pupil's higher level at once.
 * @returns whether there was one to end.
 */
export async function endStepUp(unit: UnitOfWork, pupilId: string, now: Instant): Promise<boolean> {
  const stepUp = (await unit.stepUps([pupilId])).get(pupilId) ?? null
  if (!isSteppedUp(stepUp, now)) return false
  await unit.saveStepUp({ ...stepUp, endedAt: now })
  return true
}

/** Ends a pupil's higher level, and the wait for one. */
export async function endStepUpAndWait(unit: UnitOfWork, pupilId: string, now: Instant): Promise<void> {
  await endStepUp(unit, pupilId, now)
  const request = (await unit.stepUpRequests([pupilId])).get(pupilId) ?? null
  if (isWaiting(request, now)) {
    await unit.saveStepUpRequest({ ...request, outcome: { decision: 'withdrawn', at: now } })
  }
}
