import type { Caller, View } from '../access'
import { actsAs, nobody, staffActor } from '../activity/actor'
import type { ActivityAction } from '../activity/entry'
import type { ApiContext, Services } from '../http'
import { Problem } from '../problems'
import { sha256 } from '../secrets'
import type { ReadOnlyUnit } from '../store/store'
import { isAlive, type Session } from './rules'

/**
 * A page names the session it was drawn for, so that it never acts for the next person
 * who signs in in another tab.
 */
export const SESSION_REF_HEADER = 'Elevadgang-Session'

/**
 * The view a request is made in: without it a person acts as a teacher, with it as user administrator of the school
 * it names. A route whose address names a school is in that school's view, whatever the header says.
 */
export const SCHOOL_HEADER = 'Elevadgang-School'

/** The one place that reads the view. Whether it is the person's to have is for `reachOf`. */
export function viewOf(c: ApiContext): View {
  const institutionId = c.req.param('institutionId') ?? c.req.header(SCHOOL_HEADER)
  return institutionId === undefined ? { role: 'teacher' } : { role: 'userAdministrator', institutionId }
}

/** The signed-in person, or null; unlike `callerOf` it refuses nobody. */
export async function currentCaller(
  c: ApiContext,
  { session: carrier, clock }: Pick<Services, 'session' | 'clock'>,
  unit: ReadOnlyUnit,
): Promise<Caller | null> {
  const token = carrier.read(c)
  const found = token ? await unit.session(sha256(token)) : null
  if (!found || !isAlive(found.session, clock.now())) return null
  const { session, staff } = found
  return staff?.active ? { staff, session, as: viewOf(c) } : null
}

/**
 * The person behind a request, who means to do `action`.
 * @throws Problem `not-signed-in`, `session-ended`, or `session-changed` where another person
 * has signed in since the page was drawn.
 */
export async function callerOf(
  c: ApiContext,
  { session: carrier, clock }: Pick<Services, 'session' | 'clock'>,
  unit: ReadOnlyUnit,
  action: ActivityAction,
): Promise<Caller> {
  c.set('action', action)
  const token = carrier.read(c)
  if (!token) throw new Problem('not-signed-in')
  const found = await unit.session(sha256(token))
  if (!found || !isAlive(found.session, clock.now())) throw new Problem('session-ended')
  const { session, staff } = found
  actsAs(c, staff ? staffActor(staff, viewOf(c)) : { ...nobody, actorId: session.staffId })
  if (!staff?.active) throw new Problem('session-ended')
  checkDrawnFor(c, session)
  return { staff, session, as: viewOf(c) }
}

/** @throws Problem `session-changed` where the page that asks was drawn for another session. */
export function checkDrawnFor(c: ApiContext, session: Session): void {
  const drawnFor = c.req.header(SESSION_REF_HEADER)
  if (drawnFor !== undefined && drawnFor !== session.ref) throw new Problem('session-changed')
}
