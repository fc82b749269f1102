import type { Pupil } from '../server/people'
import { newRef } from '../server/secrets'
import { isWaiting } from '../server/step-up/rules'
import type { UnitOfWork } from '../server/store/store'
import type { Instant } from '../server/time'

const twoDigits = () => String(10 + Math.floor(Math.random() * 90))

/**
 * The pupil opens something sensitive in Aula and waits for an adult; a request that already waits is replaced.
 * @returns whether the pupil could: whoever is blocked gets no further than signing in.
 */
export async function askForStepUp(unit: UnitOfWork, pupil: Pupil, now: Instant): Promise<boolean> {
  if (pupil.block) return false
  const before = (await unit.stepUpRequests([pupil.id])).get(pupil.id) ?? null
  if (isWaiting(before, now)) {
    await unit.saveStepUpRequest({ ...before, outcome: { decision: 'replaced', at: now } })
  }
  await unit.saveStepUpRequest({
    id: newRef(),
    pupilId: pupil.id,
    service: 'aula',
    checkCode: twoDigits(),
    requestedAt: now,
    outcome: null,
  })
  return true
}
