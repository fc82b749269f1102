import type { z } from '@hono/zod-openapi'
import { shownName } from '../people'
import { mayChooseOwn, mustChange, policyOf } from '../policy/rules'
import { canStayLonger, SESSION_WARNING, sessionEndsAt } from '../session/rules'
import { endsAt, isSteppedUp } from '../step-up/rules'
import type { ReadOnlyUnit } from '../store/store'
import { type Instant, toIso } from '../time'
import type { PupilCaller } from './caller'
import { mayPostpone } from './rules'
import { pupilSignedInSchema } from './schema'

/** What a pupil's page is told of its session at `now`. */
export async function describePupilSession(
  unit: ReadOnlyUnit,
  { pupil, session }: PupilCaller,
  now: Instant,
): Promise<z.infer<typeof pupilSignedInSchema>> {
  const stepUp = (await unit.stepUps([pupil.id])).get(pupil.id) ?? null
  const due = mustChange(pupil, now)
  const policy = policyOf(pupil)
  const sessionEnd = sessionEndsAt(session)
  return pupilSignedInSchema.parse({
    signedIn: true,
    ref: session.ref,
    name: shownName(pupil),
    stage: session.stage,
    because: session.because,
    policy,
    mayChoose: mayChooseOwn(policy),
    mayPostpone: mayPostpone(session, pupil, now),
    mustChange: due && { because: due.because, by: toIso(due.by) },
    ...(isSteppedUp(stepUp, now)
      ? { level: 'AdultVerified', levelEndsAt: toIso(endsAt(stepUp)) }
      : { level: 'Basic', levelEndsAt: null }),
    endsAt: toIso(sessionEnd),
    warnAt: toIso(sessionEnd - SESSION_WARNING),
    canStayLonger: canStayLonger(session),
    serverTime: toIso(now),
  })
}
