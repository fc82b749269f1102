import { type Pupil, passwordPolicies } from '../people'
import { policyOfYear } from '../policy/rules'
import { type Duration, days, type Instant } from '../time'

/** A pupil who is gone from the school's roster is kept inactive this long, and may come back as if nothing was. */
export const GONE_KEPT: Duration = days(30)

/** Whether somebody who is gone is to be removed for good. */
export const isOver = (goneAt: Instant, now: Instant): boolean => now >= goneAt + GONE_KEPT

/**
 * When a pupil whose year becomes `year` has moved up: at `now` where the stage is a higher one, not at all where it
 * is a lower one again. With a policy of the pupil's own the stage changes nothing.
 */
export function movedUpAfter(
  pupil: Pick<Pupil, 'year' | 'policyOverride' | 'movedUpAt'>,
  year: number,
  now: Instant,
): Instant | null {
  if (pupil.policyOverride !== null) return pupil.movedUpAt
  const stageOf = (of: number) => passwordPolicies.indexOf(policyOfYear(of))
  const higher = stageOf(year) - stageOf(pupil.year)
  if (higher === 0) return pupil.movedUpAt
  return higher > 0 ? now : null
}

/** A big year may leave a small school; more than a third is a broken export sooner than a summer. */
const GONE_SHARE = 1 / 3

/** So few are looked through by eye. */
const GONE_UNASKED = 10

/** Whether so many of the `active` pupils would be gone that somebody is to say that it is right. */
export const areTooManyGone = (gone: number, active: number): boolean =>
  gone > GONE_UNASKED && gone > active * GONE_SHARE
