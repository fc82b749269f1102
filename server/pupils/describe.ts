import type { ReachedPupil } from '../access'
import { isBlocked } from '../block/rules'
import { resetState, whyNoNewPassword } from '../password-reset/rules'
import { shownName } from '../people'
import { changeDue, mustChange, policyOf } from '../policy/rules'
import { endsAt, expiresAt, isSteppedUp, isWaiting, whyNoStepUp } from '../step-up/rules'
import type { ReadOnlyUnit } from '../store/store'
import { type Instant, toIso, toIsoOrNull } from '../time'
import type { PupilAnswer } from './schema'

const danishOrder = new Intl.Collator('da')

const verdict = <Reason extends string>(reason: Reason | null) =>
  reason === null ? ({ allowed: true } as const) : ({ allowed: false, reason } as const)

/** What a member of staff sees of these pupils at `now`, in Danish order of names. Never a username. */
export async function describePupils(
  unit: ReadOnlyUnit,
  reached: readonly ReachedPupil[],
  now: Instant,
): Promise<PupilAnswer[]> {
  const ids = reached.map(({ pupil }) => pupil.id)
  const states = await unit.statesOf(ids)
  return reached
    .map(({ pupil, classes, homeClass }): PupilAnswer => {
      const { resetWindow = null, stepUp = null, stepUpRequest: request = null } = states.get(pupil.id) ?? {}
      const reset = resetState(resetWindow, now)
      const due = mustChange(pupil, now)
      const { block } = pupil
      return {
        id: pupil.id,
        name: shownName(pupil),
        protected: pupil.alias !== null,
        homeClass: homeClass && { id: homeClass.id, name: homeClass.name },
        classIds: classes.map((schoolClass) => schoolClass.id),
        year: pupil.year,
        policy: policyOf(pupil),
        policyOverridden: pupil.policyOverride !== null,
        changeBy: toIsoOrNull(changeDue(pupil)?.by ?? null),
        status: {
          block:
            block && isBlocked(pupil, now)
              ? { since: toIso(block.since), until: toIsoOrNull(block.until), reason: block.reason }
              : null,
          localLogin: pupil.signInKind === 'local',
          neverSignedIn: pupil.signInKind === 'unilogin' && pupil.passwordSetAt === null,
          mustChange: due && { because: due.because, by: toIso(due.by) },
          resetWindow:
            reset &&
            (reset.state === 'open'
              ? { state: 'open', closesAt: toIso(reset.closesAt), takenAt: toIsoOrNull(reset.takenAt) }
              : { state: reset.state, at: toIso(reset.at) }),
          stepUp: isSteppedUp(stepUp, now) ? { endsAt: toIso(endsAt(stepUp)) } : null,
          stepUpRequest: isWaiting(request, now)
            ? {
                id: request.id,
                service: request.service,
                checkCode: request.checkCode,
                requestedAt: toIso(request.requestedAt),
                expiresAt: toIso(expiresAt(request)),
              }
            : null,
        },
        can: {
          giveNewPassword: verdict(whyNoNewPassword(pupil, now)),
          stepUp: verdict(whyNoStepUp(pupil, now)),
        },
      }
    })
    .sort((a, b) => danishOrder.compare(a.name, b.name))
}
