import { isBlocked } from '../block/rules'
import type { Pupil } from '../people'
import type { UnitOfWork } from '../store/store'
import type { Instant } from '../time'
import { canBeTaken } from './rules'

/**
 * The pupil gives the username alone, and the window is this session's. Of two at once exactly one wins, as units
 * of work follow one another. The old password stands until the new one is set.
 * @returns whether the window could be taken.
 */
export async function takeWindow(
  unit: UnitOfWork,
  pupil: Pupil,
  sessionRef: string,
  now: Instant,
): Promise<boolean> {
  const window = (await unit.resetWindows([pupil.id])).get(pupil.id) ?? null
  if (isBlocked(pupil, now) || pupil.signInKind === 'local' || !canBeTaken(window, now)) return false
  await unit.saveResetWindow({ ...window, takenAt: now, takenBy: sessionRef })
  return true
}
