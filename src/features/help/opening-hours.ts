import type { Hours, SupportSettings, TimeOfDay } from './settings'

/** A day of the calendar, told apart from moments: `2026-11-20` as its parts, the month from 1. */
interface Day {
  year: number
  month: number
  day: number
}

/** Whether the telephone is answered, and until or from when. */
export type OpeningState =
  | { open: true; until: TimeOfDay }
  | { open: false; opens: { at: TimeOfDay; daysAhead: number; noon: string } }

const inDenmark = new Intl.DateTimeFormat('en-GB', {
  timeZone: 'Europe/Copenhagen',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
})

function danishTime(now: number): { day: Day; time: TimeOfDay } {
  const parts = new Map(inDenmark.formatToParts(now).map(({ type, value }) => [type, Number(value)]))
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? 0
  return {
    day: { year: of('year'), month: of('month'), day: of('day') },
    time: { hour: of('hour'), minute: of('minute') },
  }
}

/** A calendar's own reckoning, in which no day is longer than another. */
const asUtc = ({ year, month, day }: Day, daysLater = 0) =>
  new Date(Date.UTC(year, month - 1, day + daysLater))

const later = (from: Day, days: number): Day => {
  const date = asUtc(from, days)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

const isSame = (a: Day, b: Day) => asUtc(a).getTime() === asUtc(b).getTime()
const isBefore = (a: TimeOfDay, b: TimeOfDay) => a.hour < b.hour || (a.hour === b.hour && a.minute < b.minute)

/** Easter Sunday of a year in the Gregorian calendar, by the method of Meeus, Jones and Butcher. */
export function easterSunday(year: number): Day {
  const golden = year % 19
  const century = Math.floor(year / 100)
  const yearOfCentury = year % 100
  const moonShift = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3)
  const epact = (19 * golden + century - Math.floor(century / 4) - moonShift + 15) % 30
  const weekday =
    (32 + 2 * (century % 4) + 2 * Math.floor(yearOfCentury / 4) - epact - (yearOfCentury % 4)) % 7
  const late = Math.floor((golden + 11 * epact + 22 * weekday) / 451)
  const sum = epact + weekday - 7 * late + 114
  return { year, month: Math.floor(sum / 31), day: (sum % 31) + 1 }
}

/** Days from Easter Sunday: Maundy Thursday, Good Friday, Easter, Easter Monday, Ascension, Whit Sunday and Monday. */
const AROUND_EASTER = [-3, -2, 0, 1, 39, 49, 50]

/** New Year's Day, Christmas Day and the day after. */
const FIXED = ['01-01', '12-25', '12-26']

const monthAndDay = ({ month, day }: Day) =>
  [month, day].map((part) => String(part).padStart(2, '0')).join('-')

/** Whether a day is a Danish public holiday; Great Prayer Day is none since 2024. */
export function isPublicHoliday(day: Day): boolean {
  if (FIXED.includes(monthAndDay(day))) return true
  const easter = easterSunday(day.year)
  return AROUND_EASTER.some((days) => isSame(later(easter, days), day))
}

function hoursOf(day: Day, { week, alsoClosed }: SupportSettings): Hours | null {
  if (isPublicHoliday(day) || alsoClosed.includes(monthAndDay(day))) return null
  return week[asUtc(day).getUTCDay()] ?? null
}

/** No holiday lasts so long; settings without any open day must not search for ever. */
const LOOK_AHEAD = 14

/** Whether the support desk answers at `now` (milliseconds since 1970), by Danish time; null where it never opens. */
export function openingState(now: number, support: SupportSettings): OpeningState | null {
  const { day: today, time } = danishTime(now)
  const hours = hoursOf(today, support)
  if (hours && !isBefore(time, hours.opens) && isBefore(time, hours.closes)) {
    return { open: true, until: hours.closes }
  }
  const first = hours && isBefore(time, hours.opens) ? 0 : 1
  for (let daysAhead = first; daysAhead <= LOOK_AHEAD; daysAhead += 1) {
    const day = later(today, daysAhead)
    const opens = hoursOf(day, support)?.opens
    if (!opens) continue
    const noon = asUtc(day)
    noon.setUTCHours(12)
    return { open: false, opens: { at: opens, daysAhead, noon: noon.toISOString() } }
  }
  return null
}
