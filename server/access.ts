import type { ActivityAction } from './activity/entry'
import type { Pupil, Role, SchoolClass, Staff } from './people'
import { Problem } from './problems'
import { needSecondFactor } from './second-factor/guard'
import type { Session } from './session/rules'
import type { EnrolledPupil, ReadOnlyUnit } from './store/store'

/**
 * Who may do what to whom. One table says what a role may do; one rule, `reachOf`, says to whom.
 * Lists, counts, search and every action ask here and nowhere else. [source document 004]
 */

/** What a person acts as, request by request: two tabs of one session may show two views. */
export type View = { role: 'teacher' } | { role: 'userAdministrator'; institutionId: string }

/** A signed-in member of staff, and the view in which this request is made. */
export interface Caller {
  staff: Staff
  session: Session
  as: View
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
  | 'readPupil'
  | 'setPolicy'
  | 'blockPupil'
  | 'unblockPupil'
  | 'listActivity'
  | 'exportPupils'
  | 'exportActivity'
  | 'printSlips'
  | 'printClassList'
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
  'listActivity',
  'printSlips',
  'printClassList',
]

const allowed: Record<Role, ReadonlySet<PupilAction>> = {
  teacher: new Set(teacherActions),
  userAdministrator: new Set([
    ...teacherActions,
    'readPupil',
    'setPolicy',
    'blockPupil',
    'unblockPupil',
    'exportPupils',
    'exportActivity',
  ]),
}

/** The schools at which this person holds the role. */
export const schoolsOf = (staff: Staff, role: Role): string[] =>
  staff.active ? staff.roles.filter((held) => held.role === role).map((held) => held.institutionId) : []

/** Whether this person holds the role anywhere. */
export const hasRole = (staff: Staff, role: Role): boolean => schoolsOf(staff, role).length > 0

/**
 * What stands before every action, also of those that are about nobody in particular: the view is the person's, and
 * its role may do this. An administrator's view is asked for its second factor first, so that whoever has only a
 * password gets one answer for all schools, own or not.
 * @throws Problem `not-allowed` where no role of the view may do this, `second-factor-needed`, or `not-found` for a
 * school that the person does not administer, as for one that does not exist.
 */
export function mustBeAllowed(caller: Caller, action: PupilAction): void {
  const { staff, as } = caller
  if (!staff.active || !allowed[as.role].has(action)) throw new Problem('not-allowed')
  if (as.role === 'teacher') {
    if (!hasRole(staff, 'teacher')) throw new Problem('not-allowed')
    return
  }
  needSecondFactor(caller)
  if (!schoolsOf(staff, 'userAdministrator').includes(as.institutionId)) throw new Problem('not-found')
}

/** A pupil within somebody's reach, with the classes through which that is so. */
export interface ReachedPupil {
  pupil: Pupil
  /** The pupil's classes within reach: those the teacher teaches, or all at the administrator's school. */
  classes: SchoolClass[]
  /** The pupil's class at the school shared with the caller, also where the caller does not teach it. */
  homeClass: SchoolClass | null
}

/** The classes and pupils that one caller reaches. */
export interface Reach {
  classes: SchoolClass[]
  /** Which of these ids are those of pupils within reach. */
  holds(ids: readonly string[]): Promise<ReadonlySet<string>>
  /** The pupils with these ids that are within reach, each once; all others are left out. */
  pupils(ids: readonly string[]): Promise<ReachedPupil[]>
  /** The pupils of these classes. */
  pupilsIn(classes: readonly SchoolClass[]): Promise<ReachedPupil[]>
  /** All pupils within reach; an administrator also reaches those who are in no class. */
  everyone(): Promise<ReachedPupil[]>
}

/**
 * The reach rule: a teacher reaches the pupils of the classes and groups that he or she teaches at a school where the
 * teacher's role is held; a user administrator, in the view of one school, all classes and pupils of that school.
 * @throws Problem as `mustBeAllowed` does.
 */
export async function reachOf(unit: ReadOnlyUnit, caller: Caller, action: PupilAction): Promise<Reach> {
  mustBeAllowed(caller, action)
  return caller.as.role === 'teacher'
    ? teachersReach(unit, caller.staff)
    : administratorsReach(unit, caller.as.institutionId)
}

async function teachersReach(unit: ReadOnlyUnit, staff: Staff): Promise<Reach> {
  const schools = new Set(schoolsOf(staff, 'teacher'))
  const classes = (await unit.classesTaughtBy(staff.id)).filter((each) => schools.has(each.institutionId))
  const own = new Map(classes.map((each) => [each.id, each]))

  const inOwnClasses = (pupils: readonly EnrolledPupil[]) =>
    pupils.flatMap(({ pupil, classIds }) => {
      const classes = classIds.flatMap((id) => own.get(id) ?? [])
      return classes.length > 0
        ? [{ pupil, classIds, classes, homeClass: homeClassOf(classes, classes) }]
        : []
    })
  async function within(pupils: readonly EnrolledPupil[]): Promise<ReachedPupil[]> {
    const reached = inOwnClasses(pupils)
    // Whoever is reached through groups alone has a home class that the teacher does not teach.
    const taughtInGroups = reached.filter(({ homeClass }) => homeClass === null)
    if (taughtInGroups.length === 0) return reached
    const others = await unit.classes([...new Set(taughtInGroups.flatMap(({ classIds }) => classIds))])
    const elsewhere = new Map(others.map((each) => [each.id, each]))
    return reached.map(({ classIds, homeClass, ...rest }) => ({
      ...rest,
      homeClass:
        homeClass ??
        homeClassOf(
          classIds.flatMap((id) => elsewhere.get(id) ?? []),
          rest.classes,
        ),
    }))
  }
  const pupilsIn = async (wanted: readonly SchoolClass[]) =>
    within(await unit.pupilsInClasses(wanted.map(({ id }) => id).filter((id) => own.has(id))))

  return {
    classes,
    holds: async (ids) => idsOf(inOwnClasses(await unit.enrolledPupils(ids))),
    pupils: async (ids) => within(await unit.enrolledPupils(ids)),
    pupilsIn,
    everyone: () => pupilsIn(classes),
  }
}

async function administratorsReach(unit: ReadOnlyUnit, institutionId: string): Promise<Reach> {
  const classes = await unit.classesOfInstitution(institutionId)
  const own = new Map(classes.map((each) => [each.id, each]))

  async function within(pupils: readonly EnrolledPupil[]): Promise<ReachedPupil[]> {
    const schoolsOfPupils = await unit.institutionsOfPupils(pupils.map(({ pupil }) => pupil.id))
    return pupils.flatMap(({ pupil, classIds }) => {
      if (!schoolsOfPupils.get(pupil.id)?.includes(institutionId)) return []
      const its = classIds.flatMap((id) => own.get(id) ?? [])
      return [{ pupil, classes: its, homeClass: homeClassOf(its, its) }]
    })
  }

  return {
    classes,
    holds: async (ids) => idsOf(await within(await unit.enrolledPupils(ids))),
    pupils: async (ids) => within(await unit.enrolledPupils(ids)),
    pupilsIn: async (wanted) =>
      within(await unit.pupilsInClasses(wanted.map(({ id }) => id).filter((id) => own.has(id)))),
    everyone: async () => within(await unit.pupilsOfInstitution(institutionId)),
  }
}

const idsOf = (reached: readonly Pick<ReachedPupil, 'pupil'>[]) =>
  new Set(reached.map(({ pupil }) => pupil.id))

/** The class among `all` that is at the school of one of the `shared`. */
function homeClassOf(all: readonly SchoolClass[], shared: readonly SchoolClass[]): SchoolClass | null {
  const schools = new Set(shared.map(({ institutionId }) => institutionId))
  return all.find(({ kind, institutionId }) => kind === 'class' && schools.has(institutionId)) ?? null
}
