import type { SchoolClass } from '../people'
import { danishDayStart, type Instant } from '../time'
import type { RosterFile, Version } from './columns'
import type { Faults } from './faults'
import type { GradeMeaning, RoleMeaning } from './mapping'
import type { LeftOut, RosterClass, RosterPupil, RosterSchool } from './roster'
import type { Line } from './table'

/** A user as far as users.csv and roles.csv tell; what becomes of him or her follows from the enrollments. */
export interface DraftUser extends Pick<RosterPupil, 'sourcedId' | 'line' | 'username' | 'name' | 'alias'> {
  signInKind: RosterPupil['signInKind']
  /** null where there is none. */
  grade: GradeMeaning | null
  hasRole: boolean
  /** `school` is null for an organisation that is no school, such as the municipality. */
  roles: { school: string | null; meaning: Exclude<RoleMeaning, 'leftOut'> }[]
  learns: Set<RosterClass>
  teaches: Set<RosterClass>
}

/**
 * What has been read so far. Whatever has a sourcedId is kept under it, also where it is wrong or left out, as
 * `null`: what refers to it is then no mistake of its own.
 */
export interface Draft {
  readonly version: Version
  readonly now: Instant
  readonly faults: Faults
  /** The files that could be read to their end, so that what is not in them is nowhere. */
  readonly complete: Set<RosterFile>
  readonly schools: Map<string, RosterSchool | null>
  readonly closedSchools: Set<string>
  /** Whether a class of this session is taught in the school year that `now` lies in. */
  readonly sessions: Map<string, { schoolYear: string; start: Instant; end: Instant } | null>
  readonly users: Map<string, DraftUser | null>
  readonly classes: Map<string, RosterClass | null>
  readonly leftOut: Map<LeftOut, number>
}

export const newDraft = (version: Version, now: Instant, faults: Faults): Draft => ({
  version,
  now,
  faults,
  complete: new Set(),
  schools: new Map(),
  closedSchools: new Set(),
  sessions: new Map(),
  users: new Map(),
  classes: new Map(),
  leftOut: new Map(),
})

export function leaveOut({ leftOut }: Draft, why: LeftOut): void {
  leftOut.set(why, (leftOut.get(why) ?? 0) + 1)
}

const LONGEST_TEXT = 200

/** A text that somebody will read; null, and a fault, where it is none. */
export function textOf(line: Line, column: string): string | null {
  const text = line.cell(column)
  if (text !== '' && text.length <= LONGEST_TEXT && !/\p{Cc}/u.test(text)) return text
  line.fault(column, `a text of 1 to ${LONGEST_TEXT} characters on one line`)
  return null
}

/**
 * The line's sourcedId, which no other line of the file may have.
 * @returns null, and a fault, where it has none of its own.
 */
export function sourcedIdOf(line: Line, seen: ReadonlyMap<string, unknown>): string | null {
  const sourcedId = textOf(line, 'sourcedId')
  if (sourcedId === null || !seen.has(sourcedId)) return sourcedId
  line.fault('sourcedId', 'another one than on the lines before')
  return null
}

/** Whether the line is to be read: not deleted, and its status is one of OneRoster's. */
export function isThere(draft: Draft, line: Line): boolean {
  const status = line.cell('status')
  if (status === '' || status === 'active') return true
  if (status === 'tobedeleted') leaveOut(draft, 'deleted')
  else line.fault('status', 'active, tobedeleted or nothing')
  return false
}

/**
 * What a reference leads to: `null` for what is left out or wrong itself, `undefined`, and a fault, for nothing.
 * @param file where it should be
 */
export function referred<T>(
  draft: Draft,
  line: Line,
  column: string,
  sourcedId: string,
  [file, table]: readonly [RosterFile, ReadonlyMap<string, T | null>],
): T | null | undefined {
  const found = table.get(sourcedId)
  if (found !== undefined) return found
  if (!draft.complete.has(file)) return null
  line.fault(column, `the sourcedId of a line in ${file}.csv`)
  return undefined
}

const starts = new Map<string, Instant | null>()

/** The start of a day, which a whole municipality names again and again. */
function dayStart(date: string): Instant | null {
  const known = starts.get(date)
  if (known !== undefined) return known
  const start = danishDayStart(date)
  starts.set(date, start)
  return start
}

/** A date; `undefined` for none, `null`, and a fault, for something else. */
export function dateOf(line: Line, column: string): Instant | null | undefined {
  const date = line.cell(column)
  if (date === '') return undefined
  const start = dayStart(date)
  if (start === null) line.fault(column, 'a date such as 2026-08-01')
  return start
}

/** Whether `now` lies in the time from beginDate up to, and without, endDate; an open end has none. */
export function isNow(draft: Draft, line: Line): boolean {
  const [begin, end] = [dateOf(line, 'beginDate'), dateOf(line, 'endDate')]
  if (begin === null || end === null) return false
  const is = (begin === undefined || begin <= draft.now) && (end === undefined || draft.now < end)
  if (!is) leaveOut(draft, 'notNow')
  return is
}

/** The one year of a list of grades, or null where there are none or several. */
export function yearOf(grades: readonly GradeMeaning[]): SchoolClass['year'] {
  const years = new Set(grades.filter((grade) => typeof grade === 'number'))
  const [year = null] = years
  return years.size === 1 ? year : null
}

/** What the grades mean; a fault for what is none. */
export function wordsIn<T>(
  line: Line,
  column: string,
  table: Readonly<Record<string, T>>,
  read: (word: string) => T | null,
): T[] {
  return line.list(column).flatMap((word) => {
    const meaning = read(word)
    if (meaning !== null) return [meaning]
    line.fault(column, oneOf(table))
    return []
  })
}

export const oneOf = (table: Readonly<Record<string, unknown>>): string =>
  `one of ${Object.keys(table).join(', ')}`
