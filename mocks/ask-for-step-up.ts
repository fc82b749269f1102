import { isBlocked } from '../server/block/rules'
import type { Pupil } from '../server/people'
import { askForStepUp as ask } from '../server/step-up/ask'
import type { UnitOfWork } from '../server/store/store'
import type { Instant } from '../server/time'

/**
 * The pupil opens Aula and waits for an adult, without the pupil's own page.
 * @returns whether the pupil could: whoever is blocked gets no further than signing in.
 */
export async function askForStepUp(unit: UnitOfWork, pupil: Pupil, now: Instant): Promise<boolean> {
  if (isBlocked(pupil, now)) return false
  await ask(unit, pupil, 'aula', now)
  return true
}
