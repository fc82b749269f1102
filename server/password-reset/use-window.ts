import type { UnitOfWork } from '../store/store'
import type { Instant } from '../time'
import { isOpen } from './rules'

/**
 * The pupil signs in with the username alone and sets a new password. Of two at once exactly one wins, as units
 * of work follow one another.
 * @returns whether the window was open and is now used.
 */
export async function useResetWindow(unit: UnitOfWork, pupilId: string, now: Instant): Promise<boolean> {
  const window = (await unit.resetWindows([pupilId])).get(pupilId)
  const [pupil] = await unit.pupils([pupilId])
  if (!window || !pupil || pupil.block || !isOpen(window, now)) return false
  await unit.saveResetWindow({ ...window, usedAt: now })
  await unit.savePupil({ ...pupil, passwordSetAt: now })
  return true
}
