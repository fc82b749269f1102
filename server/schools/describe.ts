import { type ReachedPupil, schoolsOf } from '../access'
import { isBlocked } from '../block/rules'
import { byName } from '../classes/order'
import { closesAt, isOpen } from '../password-reset/rules'
import { policyOfYear } from '../policy/rules'
import { describePupils } from '../pupils/describe'
import { endsAt, isSteppedUp } from '../step-up/rules'
import type { ReadOnlyUnit } from '../store/store'
import { type Instant, toIso, toIsoOrNull } from '../time'

/** Everything a user administrator is told of one pupil at `now`. Never the username. */
export async function describeSchoolPupil(unit: ReadOnlyUnit, reached: ReachedPupil, now: Instant) {
  const { pupil, classes } = reached
  const [[described], states, teachers] = await Promise.all([
    describePupils(unit, [reached], now),
    unit.statesOf([pupil.id]),
    unit.teachersOfClasses(classes.map(({ id }) => id)),
  ])
  const block = pupil.block && isBlocked(pupil, now) ? pupil.block : null
  const { resetWindow: window = null, stepUp = null } = states.get(pupil.id) ?? {}
  const openWindow = window && isOpen(window, now) ? window : null
  const running = isSteppedUp(stepUp, now) ? stepUp : null
  const named = await unit.staffByIds(
    [block?.by, openWindow?.openedBy, running?.startedBy].flatMap((id) => id ?? []),
  )
  const person = (id: string) => named.find((each) => each.id === id) ?? null

  return {
    pupil: described,
    classes: classes.toSorted(byName).map((schoolClass) => ({
      ...schoolClass,
      // By the reach rule's own measure: the relation counts where the role is held.
      teachers: (teachers.get(schoolClass.id) ?? []).filter((each) =>
        schoolsOf(each, 'teacher').includes(schoolClass.institutionId),
      ),
    })),
    policy: { ofYear: policyOfYear(pupil.year), override: pupil.policyOverride, note: pupil.policyNote },
    passwordSetAt: toIsoOrNull(pupil.passwordSetAt),
    movedUpAt: toIsoOrNull(pupil.movedUpAt),
    block: block && {
      since: toIso(block.since),
      until: toIsoOrNull(block.until),
      reason: block.reason,
      by: person(block.by),
    },
    resetWindow: openWindow && {
      openedAt: toIso(openWindow.openedAt),
      closesAt: toIso(closesAt(openWindow)),
      openedBy: person(openWindow.openedBy),
    },
    stepUp: running && {
      startedAt: toIso(running.startedAt),
      endsAt: toIso(endsAt(running)),
      startedBy: person(running.startedBy),
    },
    serverTime: toIso(now),
  }
}
