import { actsAs, pupilActor } from '../activity/actor'
import type { ActivityAction } from '../activity/entry'
import { isBlocked } from '../block/rules'
import type { ApiContext, Services } from '../http'
import { isHeldBy } from '../password-reset/rules'
import type { Pupil } from '../people'
import { Problem } from '../problems'
import { sha256 } from '../secrets'
import { SESSION_REF_HEADER } from '../session/caller'
import { isAlive } from '../session/rules'
import type { ReadOnlyUnit, UnitOfWork } from '../store/store'
import { needsWindow, type PupilSession } from './rules'

/** A signed-in pupil. */
export interface PupilCaller {
  pupil: Pupil
  session: PupilSession
}

type Carrying = Pick<Services, 'pupilSession' | 'clock'>

/** The signed-in pupil, or null; unlike `pupilCallerOf` it refuses nobody. */
export async function currentPupil(
  c: ApiContext,
  { pupilSession: carrier, clock }: Carrying,
  unit: ReadOnlyUnit,
): Promise<PupilCaller | null> {
  const token = carrier.read(c)
  const session = token ? await unit.pupilSession(sha256(token)) : null
  if (!session || !isAlive(session, clock.now())) return null
  const [pupil] = await unit.pupils([session.pupilId])
  if (!pupil || isBlocked(pupil, clock.now()) || pupil.signInKind === 'local') return null
  if (needsWindow(session)) {
    const window = (await unit.resetWindows([pupil.id])).get(pupil.id) ?? null
    if (!isHeldBy(window, session.ref)) return null
  }
  return { pupil, session }
}

/**
 * The pupil behind a request, who means to do `action`.
 * @throws Problem `not-signed-in`, `session-ended` (also by a block, or by a window that was taken back), or
 * `session-changed` where another pupil has signed in since the page was drawn.
 */
export async function pupilCallerOf(
  c: ApiContext,
  services: Carrying,
  unit: ReadOnlyUnit,
  action: ActivityAction,
): Promise<PupilCaller> {
  c.set('action', action)
  if (!services.pupilSession.read(c)) throw new Problem('not-signed-in')
  const caller = await currentPupil(c, services, unit)
  if (!caller) throw new Problem('session-ended')
  actsAs(c, await pupilActor(unit, caller.pupil))
  const drawnFor = c.req.header(SESSION_REF_HEADER)
  if (drawnFor !== undefined && drawnFor !== caller.session.ref) throw new Problem('session-changed')
  return caller
}

/**
 * As `pupilCallerOf`, for what a pupil does by hand: it keeps the session from running out.
 * A page that only looks, again and again, asks `pupilCallerOf`.
 */
export async function actingPupil(
  c: ApiContext,
  services: Carrying,
  unit: UnitOfWork,
  action: ActivityAction,
): Promise<PupilCaller> {
  const { pupil, session } = await pupilCallerOf(c, services, unit, action)
  const active = { ...session, lastActiveAt: services.clock.now() }
  await unit.savePupilSession(active)
  return { pupil, session: active }
}
