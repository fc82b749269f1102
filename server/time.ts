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

/** A clock that nobody sets: only goes forwards, from some moment or other, to measure by. */
export const steadyClock: Clock = { now: () => performance.now() }

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

/** Does `work` once, when `duration` has passed. @returns how to stop it before. */
export function after(duration: Duration, work: () => void): () => void {
  const handle = setTimeout(work, duration)
  return () => clearTimeout(handle)
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

// Sweden writes its days as spreadsheets of every language read them.
const danishDay = new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Copenhagen', dateStyle: 'short' })

/** The day in Denmark of a moment written as ISO 8601: `2026-12-20`. */
export const danishDayOf = (iso: string): string => danishDay.format(Date.parse(iso))
/** Writes a moment as the calendar and clock in Denmark have it, in parts. */
const inDenmark = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Copenhagen',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
})

/** Date and time of day in Denmark, as a Danish spreadsheet reads them: `20-11-2026` and `09:42:15`. */
export function asDanishDateAndTime(instant: Instant): { date: string; time: string } {
  const parts = new Map(inDenmark.formatToParts(instant).map(({ type, value }) => [type, value]))
  const joined = (mark: string, ...types: Intl.DateTimeFormatPartTypes[]) =>
    types.map((type) => parts.get(type)).join(mark)
  return { date: joined('-', 'day', 'month', 'year'), time: joined(':', 'hour', 'minute', 'second') }
}

/**
 * When a Danish day begins: midnight by the clock in Denmark, whose distance from UTC is one hour or two.
 * @param date as `2026-11-20`; @returns null for what is no day, such as `2026-02-30`
 */
export function danishDayStart(date: string): Instant | null {
  const midnight = Date.parse(`${date}T00:00:00Z`)
  if (!/^\d{4}-\d{2}-\d{2}$/.test(date) || Number.isNaN(midnight)) return null
  if (toIso(midnight).slice(0, date.length) !== date) return null
  const [year = '', month = '', day = ''] = date.split('-')
  for (const ahead of [hours(2), hours(1)]) {
    const start = midnight - ahead
    const there = asDanishDateAndTime(start)
    if (there.date === `${day}-${month}-${year}` && there.time === '00:00:00') return start
  }
  return null
}

/** When the day after a Danish day begins; that day may have 23, 24 or 25 hours. */
export function danishDayEnd(date: string): Instant | null {
  const start = danishDayStart(date)
  if (start === null) return null
  return danishDayStart(toIso(Date.parse(`${date}T00:00:00Z`) + days(1)).slice(0, date.length))
}

/** Whole seconds until `instant`, rounded up, at least 1: the value of a Retry-After header. */
export const secondsUntil = (instant: Instant, now: Instant): number =>
  Math.max(1, Math.ceil((instant - now) / seconds(1)))
