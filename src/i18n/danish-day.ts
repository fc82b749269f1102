const inDenmark = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Europe/Copenhagen',
  dateStyle: 'short',
  timeStyle: 'medium',
})

/** The day it is in Denmark at a moment (milliseconds since 1970), as a date field has it: `2026-11-20`. */
export const danishDay = (at: number): string => inDenmark.format(at).slice(0, '2026-11-20'.length)

/** The offsets of Danish time, in winter and in summer. */
const OFFSETS = ['+01:00', '+02:00']

/**
 * The last moment of a day in Denmark (ISO 8601, in UTC), also on the days when the clocks change; null where there is
 * no such day.
 * @param day as a date field has it
 */
export function endOfDanishDay(day: string): string | null {
  const end = OFFSETS.map((offset) => new Date(`${day}T23:59:59.999${offset}`)).find(
    (at) => !Number.isNaN(at.getTime()) && inDenmark.format(at) === `${day} 23:59:59`,
  )
  return end?.toISOString() ?? null
}
