import type { Instant } from '../time'

/** What of some pupils has changed: their requests for a step-up, or anything else that a list shows. */
export type Change = 'stepUpRequests' | 'pupils'

/** Also: an import has changed who is where in some schools, so that every list of theirs is to be asked for whole. */
export type Told = Change | 'rosters'

/** Says that something has changed, never what it is now: whoever is told asks the API again. */
export interface BusEvent {
  /** Grows with every event. */
  id: number
  what: Told
  /** Ids only: an event holds nothing personal. None where it is about rosters. */
  pupilIds: readonly string[]
  /** The schools whose rosters have changed. */
  institutionIds?: readonly string[]
  /** The schools at which the pupils are; missing where the bus does not know. */
  schools?: readonly string[]
}

/**
 * How a change reaches the streams of those it concerns. It behaves as LISTEN/NOTIFY of a database does: events are
 * short, are told in order to who listens now, and are kept for a while for who was away.
 */
export interface EventBus {
  /** Tells of a change. Call it after the unit of work has committed, never inside: who looks must see it. */
  publish(what: Change, pupilIds: readonly string[]): void
  /** Tells the streams of these sessions, by their public names, that they are over. Also after the commit. */
  endSessions(refs: readonly string[]): void
  /** Calls `end` when this session is over. @returns how to stop listening. */
  whenSessionEnds(ref: string, end: () => void): () => void
  /** @returns how to stop listening. */
  subscribe(listener: (event: BusEvent) => void): () => void
  /** The events after this one; null where some of them are no longer known, so that everything is to be looked at. */
  since(id: number): readonly BusEvent[] | null
  /** The id of the latest event. */
  latestId(): number
}

/** How many events are kept for those who come back: several minutes of a busy morning. */
export const EVENTS_KEPT = 2000

/** The listeners of one process, and what it remembers for those who come back. */
export interface Listeners extends Omit<EventBus, 'publish'> {
  /** Tells everybody; the ids of events only grow. */
  deliver(event: BusEvent): void
}

/** @param startedAt the latest id of before: what lies further back is no longer known */
export function createListeners(startedAt: number): Listeners {
  const listeners = new Set<(event: BusEvent) => void>()
  const ends = new Map<string, Set<() => void>>()
  const kept: BusEvent[] = []
  let lastId = startedAt
  let forgottenUpTo = startedAt

  return {
    deliver(event) {
      lastId = event.id
      kept.push(event)
      if (kept.length > EVENTS_KEPT) forgottenUpTo = kept.shift()?.id ?? lastId
      for (const listener of [...listeners]) listener(event)
    },
    endSessions(refs) {
      for (const ref of refs) for (const end of [...(ends.get(ref) ?? [])]) end()
    },
    whenSessionEnds(ref, end) {
      const ofSession = ends.get(ref) ?? new Set()
      ends.set(ref, ofSession.add(end))
      return () => {
        ofSession.delete(end)
        if (ofSession.size === 0 && ends.get(ref) === ofSession) ends.delete(ref)
      }
    },
    subscribe(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
    since: (id) => (id < forgottenUpTo || id > lastId ? null : kept.filter((event) => event.id > id)),
    latestId: () => lastId,
  }
}

/**
 * A bus in memory, for one server.
 * @param startedAt ids go on from here, so that after a new start nobody's resume point lies ahead
 */
export function createEventBus(startedAt: Instant): EventBus & Pick<Listeners, 'deliver'> {
  const { deliver, ...listeners } = createListeners(startedAt)
  return {
    ...listeners,
    deliver,
    publish(what, pupilIds) {
      if (pupilIds.length > 0) deliver({ id: listeners.latestId() + 1, what, pupilIds: [...pupilIds] })
    },
  }
}
