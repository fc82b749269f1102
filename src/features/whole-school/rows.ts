import type { PlainPupil, PupilRow, SchoolPupilsAnswer } from '../../../server/schools/schema'
import type { Pupil } from '../../api/pupil-cache'

export type SchoolAnswer = SchoolPupilsAnswer
type Whole = Extract<SchoolAnswer, { whole: true }>
type Changes = Extract<SchoolAnswer, { whole: false }>

export type ClassAtSchool = Whole['classes'][number]

/** A school as its administrators see it. */
export interface WholeSchool {
  institution: Whole['institution']
  classes: readonly ClassAtSchool[]
  /** In Danish order of names. */
  pupils: Pupil[]
  /** What this shows at least. */
  latestEvent: number
}

/** What `said` says, and of the rest what is plain. */
function over<T extends object>(plain: T, said: { [Key in keyof T]?: T[Key] | undefined } | undefined): T {
  if (said === undefined) return plain
  const whole = { ...plain }
  for (const key in said) {
    const value = said[key]
    if (value !== undefined) whole[key] = value
  }
  return whole
}

function pupilOf(row: PupilRow, plain: PlainPupil, classes: ReadonlyMap<string, ClassAtSchool>): Pupil {
  const { id, name, year, policy, homeClassId, classIds, status, can, ...said } = row
  const { status: plainStatus, can: plainCan, ...rest } = plain
  const home = homeClassId === null ? undefined : classes.get(homeClassId)
  return {
    id,
    name,
    year,
    policy,
    homeClass: home ? { id: home.id, name: home.name } : null,
    classIds: classIds ?? (homeClassId === null ? [] : [homeClassId]),
    ...over(rest, said),
    status: over(plainStatus, status),
    can: over(plainCan, can),
  }
}

/** The school of an answer that tells everything, its rows filled up to whole pupils. */
export function filledUp({ institution, classes, plain, rows, latestEvent }: Whole): WholeSchool {
  const byId = new Map(classes.map((each) => [each.id, each]))
  return { institution, classes, latestEvent, pupils: rows.map((row) => pupilOf(row, plain, byId)) }
}

/** The school with what has changed since; whoever has not is the very same object. */
export function withChanges(school: WholeSchool, { pupils, latestEvent }: Changes): WholeSchool {
  if (pupils.length === 0) return { ...school, latestEvent }
  const changed = new Map(pupils.map((pupil) => [pupil.id, pupil]))
  return { ...school, latestEvent, pupils: school.pupils.map((pupil) => changed.get(pupil.id) ?? pupil) }
}
