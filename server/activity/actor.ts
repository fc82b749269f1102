import type { View } from '../access'
import type { ApiContext } from '../http'
import type { Pupil, Staff } from '../people'
import type { ReadOnlyUnit } from '../store/store'
import type { ActivityEntry } from './entry'

/** Who acts, and in whose log it is told. */
export type Actor = Pick<ActivityEntry, 'actorId' | 'actorRole' | 'institutionIds'>

export const nobody: Actor = { actorId: null, actorRole: null, institutionIds: [] }

/**
 * Somebody of the staff in a view, also where the view is not theirs to have: then it is told at the schools where they
 * hold the role that they tried, or else the other one, and never at a school at which they are nobody.
 */
export function staffActor(staff: Staff, as: View): Actor {
  const schoolsAs = (wanted: View['role']) =>
    staff.roles.filter(({ role }) => role === wanted).map(({ institutionId }) => institutionId)
  const other = as.role === 'teacher' ? 'userAdministrator' : 'teacher'
  const role = schoolsAs(as.role).length > 0 ? as.role : other
  const schools = schoolsAs(role)
  const isOwnView = as.role === 'userAdministrator' && role === as.role && schools.includes(as.institutionId)
  return {
    actorId: staff.id,
    actorRole: role,
    institutionIds: isOwnView ? [as.institutionId] : schools,
  }
}

/** A user administrator who has not yet chosen a school: it is told at all of theirs. */
export const anywhere: View = { role: 'userAdministrator', institutionId: '' }

/** A pupil, whose acts are told at all his or her schools. */
export async function pupilActor(unit: ReadOnlyUnit, pupil: Pupil): Promise<Actor> {
  const institutionIds = (await unit.institutionsOfPupils([pupil.id])).get(pupil.id) ?? []
  return { actorId: pupil.id, actorRole: 'pupil', institutionIds }
}

/** From now on whatever this request does is logged as this actor's. */
export const actsAs = (c: ApiContext, actor: Actor): void => c.set('actor', actor)
