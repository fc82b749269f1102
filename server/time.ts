/**
 * Time: named durations and the clock. The only place where milliseconds are made;
 * everywhere else a duration has a name and "now" is passed in.
 */

/** A moment, in milliseconds since 1970-01-01T00:00Z. */
export type Instant = number

/** A length of time, in milliseconds. */
export type Duration = number

/** Tells what time it is. Rules never read the machine's clock themselves. */
export interface Clock {
  now(): Instant
}

/** The machine's own clock, for the server and the demo. */
export const systemClock: Clock = { now: () => Date.now() }

/** Waits, by a clock that is passed in like the other. */
export interface Timer {
  /** Does `work` each time `duration` has passed. @returns how to stop. */
  every(duration: Duration, work: () => void): () => void
}

/** The machine's own timer. */
export const systemTimer: Timer = {
  every(duration, work) {
    const handle = setInterval(work, duration)
    return () => clearInterval(handle)
  },
}

export const seconds = (count: number): Duration => count * 1000
export const minutes = (count: number): Duration => seconds(count * 60)
export const hours = (count: number): Duration => minutes(count * 60)
export const days = (count: number): Duration => hours(count * 24)

/** Writes a moment as ISO 8601 in UTC, the form every answer uses. */
export const toIso = (instant: Instant): string => new Date(instant).toISOString()

/** Reads a moment written as ISO 8601. */
export const fromIso = (iso: string): Instant => Date.parse(iso)

/** Writes an optional moment as ISO 8601, keeping `null`. */
export const toIsoOrNull = (instant: Instant | null): string | null =>
  instant === null ? null : toIso(instant)

/** Whole seconds until `instant`, rounded up, at least 1: the value of a Retry-After header. */
export const secondsUntil = (instant: Instant, now: Instant): number =>
  Math.max(1, Math.ceil((instant - now) / seconds(1)))
