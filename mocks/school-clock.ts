import type { Clock, Duration, Instant } from '../server/time'

/** What a clock shows, and how many of its seconds pass in one: 0 where it stands still. */
export interface ClockFace {
  now: Instant
  speed: number
}

/** How the school's clock stands to the computer's, as plain data that survives being written down. */
export interface ClockState {
  /** How far it was ahead at the moment `since` of the computer's clock. */
  ahead: Duration
  since: Instant
  speed: number
}

/** The demo school's clock: it may be moved forward, run fast or stand still. */
export interface SchoolClock extends Clock {
  /** How far it is ahead of the computer's clock; below 0 where it has stood still. */
  ahead(): Duration
  speed(): number
  /** Whether it differs from the computer's. */
  isMoved(): boolean
  state(): ClockState
  advance(by: Duration): void
  setSpeed(speed: number): void
  /** Puts it right, and at the usual speed. */
  reset(): void
  /** Shows it to `listener` now and after every change but the passing of time. @returns how to stop. */
  follow(listener: (face: ClockFace) => void): () => void
}

export function createSchoolClock(base: Clock, resume?: ClockState): SchoolClock {
  const usual = (): ClockState => ({ ahead: 0, since: base.now(), speed: 1 })
  let state = resume ?? usual()
  const listeners = new Set<(face: ClockFace) => void>()

  const ahead = () => state.ahead + (base.now() - state.since) * (state.speed - 1)
  const now = () => base.now() + ahead()
  const face = (): ClockFace => ({ now: now(), speed: state.speed })

  function change(next: ClockState) {
    state = next
    for (const listener of [...listeners]) listener(face())
  }

  return {
    now,
    ahead,
    speed: () => state.speed,
    isMoved: () => state.speed !== 1 || state.ahead !== 0,
    state: () => state,
    advance: (by) => change({ ...state, ahead: state.ahead + by }),
    setSpeed: (speed) => change({ ahead: ahead(), since: base.now(), speed }),
    reset: () => change(usual()),
    follow(listener) {
      listeners.add(listener)
      listener(face())
      return () => {
        listeners.delete(listener)
      }
    },
  }
}
