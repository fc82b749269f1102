import { takeWindow } from '../server/password-reset/use-window'
import { setPassword } from '../server/passwords/set'
import type { Pupil } from '../server/people'
import { policyOf } from '../server/policy/rules'
import { newRef } from '../server/secrets'
import type { UnitOfWork } from '../server/store/store'
import type { Instant } from '../server/time'
import { demoPasswords } from './demo-passwords'

/** The pupil takes the window and sets the demo's password at once. @returns whether there was one to take. */
export async function signInAlone(unit: UnitOfWork, pupil: Pupil, now: Instant): Promise<boolean> {
  const ref = newRef()
  if (!(await takeWindow(unit, pupil, ref, now))) return false
  const policy = policyOf(pupil)
  await setPassword(unit, pupil, { policy, hash: demoPasswords[policy].hash }, ref, now)
  return true
}
