import type { Store } from '../store/store'
import type { BusEvent } from './bus'

/** Whom an event may concern. */
export interface Concerned {
  /** The teachers of a class or group that one of its pupils is in. */
  teacherIds: ReadonlySet<string>
  /** The schools of its pupils, for those who administer one. */
  institutionIds: ReadonlySet<string>
}

/**
 * Tells whom an event may concern: asked once for each event, however many listen, so that the streams of a whole country
 * do not each ask about every pupil. Whom it leaves out is not asked for, so it is never narrower than `reachOf`, which
 * alone decides among the others.
 */
export function concernedBy(store: Pick<Store, 'read'>): (event: BusEvent) => Promise<Concerned> {
  const known = new WeakMap<BusEvent, Promise<Concerned>>()
  return (event) => {
    const asked = known.get(event) ?? ask(store, event.pupilIds)
    known.set(event, asked)
    // Who comes back to this event once the database does is to be told.
    asked.catch(() => known.delete(event))
    return asked
  }
}

const ask = (store: Pick<Store, 'read'>, pupilIds: readonly string[]): Promise<Concerned> =>
  store.read(async (unit) => {
    const [classesOf, schoolsOf] = await Promise.all([
      unit.classesOfPupils(pupilIds),
      unit.institutionsOfPupils(pupilIds),
    ])
    const classIds = new Set([...classesOf.values()].flat().map(({ id }) => id))
    const teachersOf = await unit.teachersOfClasses([...classIds])
    return {
      teacherIds: new Set([...teachersOf.values()].flat().map(({ id }) => id)),
      institutionIds: new Set([...schoolsOf.values()].flat()),
    }
  })
