import type { UnitOfWork } from '../store/store'
import type { Instant } from '../time'
import { isSteppedUp } from './rules'

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
