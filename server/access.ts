import type { ActivityAction } from './activity/entry'
import type { Pupil, Role, SchoolClass, Staff } from './people'
import { Problem } from './problems'
import type { Session } from './session/rules'
import type { UnitOfWork } from './store/store'

/**
 * Who may do what to whom. One table says what a role may do; one rule, `reachOf`, says to whom.
 * Lists, counts, search and every action ask here and nowhere else. [source document 004]
 */

/** A signed-in member of staff, in the view that was signed in to. */
export interface Caller {
  staff: Staff
  session: Session
}

/** What a role may do to the pupils within its reach. */
export type PupilAction = Extract<
  ActivityAction,
  | 'listClasses'
  | 'listPupils'
  | 'revealUsername'
  | 'copyUsername'
  | 'giveNewPassword'
  | 'cancelNewPassword'
  | 'stepUp'
  | 'endStepUp'
  | 'approveStepUpRequest'
  | 'declineStepUpRequest'
>

const teacherActions: readonly PupilAction[] = [
  'listClasses',
  'listPupils',
  'revealUsername',
  'copyUsername',
  'giveNewPassword',
  'cancelNewPassword',
  'stepUp',
  'endStepUp',
  'approveStepUpRequest',
  'declineStepUpRequest',
]

const allowed: Record<Role, ReadonlySet<PupilAction>> = {
  teacher: new Set(teacherActions),
  // The administrator's view needs a second factor, which cannot be given yet: nothing is open to it.
  userAdministrator: new Set(),
}

/** Whether this person holds the role anywhere. */
export const hasRole = (staff: Staff, role: Role): boolean =>
  staff.active && staff.roles.some((held) => held.role === role)

/** A pupil within somebody's reach, with the classes through which that is so. */
export interface ReachedPupil {
  pupil: Pupil
  /** The caller's own classes that the pupil is in. */
  classes: SchoolClass[]
  /** The pupil's class at the school shared with the caller, also where the caller does not teach it. */
  homeClass: SchoolClass | null
}

/** The classes and pupils that one caller reaches. */
export interface Reach {
  classes: SchoolClass[]
  /** The pupils with these ids that are within reach, each once; all others are left out. */
  pupils(ids: readonly string[]): Promise<ReachedPupil[]>
  /** The pupils of these classes, or of all the caller's classes. */
  pupilsIn(classes: readonly SchoolClass[]): Promise<ReachedPupil[]>
}

/**
 * The reach rule: a teacher reaches the pupils of the classes and groups that he or she teaches
 * at a school where the teacher's role is held.
 * @throws Problem `not-allowed` when the caller's role may not do this to anyone.
 */
export async function reachOf(unit: UnitOfWork, caller: Caller, action: PupilAction): Promise<Reach> {
  const { role } = caller.session
  if (!hasRole(caller.staff, role) || !allowed[role].has(action)) throw new Problem('not-allowed')

  const schools = new Set(
    caller.staff.roles.filter((held) => held.role === role).map((held) => held.institutionId),
  )
  const classes = (await unit.classesTaughtBy(caller.staff.id)).filter((schoolClass) =>
    schools.has(schoolClass.institutionId),
  )
  const classIds = new Set(classes.map((schoolClass) => schoolClass.id))

  async function within(pupils: Pupil[]): Promise<ReachedPupil[]> {
    const classesOf = await unit.classesOfPupils(pupils.map((pupil) => pupil.id))
    return pupils.flatMap((pupil) => {
      const all = classesOf.get(pupil.id) ?? []
      const shared = all.filter((schoolClass) => classIds.has(schoolClass.id))
      if (shared.length === 0) return []
      const sharedSchools = new Set(shared.map((schoolClass) => schoolClass.institutionId))
      const homeClass = all.find(
        (schoolClass) => schoolClass.kind === 'class' && sharedSchools.has(schoolClass.institutionId),
      )
      return [{ pupil, classes: shared, homeClass: homeClass ?? null }]
    })
  }

  return {
    classes,
    pupils: async (ids) => within(await unit.pupils(ids)),
    pupilsIn: async (wanted) =>
      within(
        await unit.pupilsInClasses(
          wanted.filter((schoolClass) => classIds.has(schoolClass.id)).map((schoolClass) => schoolClass.id),
        ),
      ),
  }
}
