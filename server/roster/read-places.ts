import {
  type Draft,
  dateOf,
  isThere,
  leaveOut,
  oneOf,
  referred,
  sourcedIdOf,
  textOf,
  wordsIn,
  yearOf,
} from './draft'
import { classKinds, gradeMeanings, meaningOf, orgMeanings } from './mapping'
import type { Line } from './table'

/** A line of orgs.csv. */
export function readOrg(draft: Draft, line: Line): void {
  const sourcedId = sourcedIdOf(line, draft.schools)
  if (sourcedId === null) return
  draft.schools.set(sourcedId, null)
  const meaning = meaningOf(orgMeanings, line.cell('type'), 'leftOut')
  if (meaning === null) {
    line.fault('type', oneOf(orgMeanings))
    return
  }
  if (!isThere(draft, line)) {
    if (meaning === 'school' && line.cell('status') === 'tobedeleted') draft.closedSchools.add(sourcedId)
    return
  }
  if (meaning === 'leftOut') {
    leaveOut(draft, 'otherOrg')
    return
  }
  const name = textOf(line, 'name')
  if (name !== null) draft.schools.set(sourcedId, { sourcedId, name })
}

/** A line of academicSessions.csv. */
export function readSession(draft: Draft, line: Line): void {
  const sourcedId = sourcedIdOf(line, draft.sessions)
  if (sourcedId === null) return
  draft.sessions.set(sourcedId, null)
  if (!isThere(draft, line)) return
  const [start, end] = [dateOf(line, 'startDate'), dateOf(line, 'endDate')]
  if (start === undefined) line.fault('startDate', 'a date such as 2026-08-01')
  if (end === undefined) line.fault('endDate', 'a date such as 2027-08-01')
  const schoolYear = line.cell('schoolYear')
  if (!/^\d{4}$/.test(schoolYear)) {
    line.fault('schoolYear', 'a year such as 2027')
    return
  }
  if (start && end && end <= start) line.fault('endDate', 'a day after startDate')
  else if (start && end) draft.sessions.set(sourcedId, { schoolYear, start, end })
}

/**
 * The school year whose classes are taught: the latest that has begun, also in the weeks before the next one does;
 * before the first of all, that. null where the export has no sessions.
 */
export function currentSchoolYear({ sessions, now }: Pick<Draft, 'sessions' | 'now'>): string | null {
  const starts = new Map<string, number>()
  for (const session of sessions.values()) {
    if (session) {
      starts.set(session.schoolYear, Math.min(session.start, starts.get(session.schoolYear) ?? Infinity))
    }
  }
  const inOrder = [...starts].toSorted(([, a], [, b]) => a - b)
  const [current = null] = inOrder.findLast(([, start]) => start <= now) ?? inOrder[0] ?? []
  return current
}

/** A line of classes.csv. */
export function readClass(draft: Draft, line: Line, schoolYear: string | null): void {
  const sourcedId = sourcedIdOf(line, draft.classes)
  if (sourcedId === null) return
  draft.classes.set(sourcedId, null)
  if (!isThere(draft, line)) return

  const name = textOf(line, 'title')
  // What somebody has added to the types is a group: only a homeroom is a class.
  const kind = meaningOf(classKinds, line.cell('classType'), 'group')
  if (kind === null) line.fault('classType', oneOf(classKinds))
  const grades = wordsIn(line, 'grades', gradeMeanings, (word) => meaningOf(gradeMeanings, word, 'ofClass'))
  const school = referred(draft, line, 'schoolSourcedId', line.cell('schoolSourcedId'), [
    'orgs',
    draft.schools,
  ])
  const terms = line
    .list('termSourcedIds')
    .map((term) =>
      draft.complete.has('academicSessions')
        ? referred(draft, line, 'termSourcedIds', term, ['academicSessions', draft.sessions])
        : null,
    )
  if (name === null || kind === null || !school || terms.includes(undefined)) return
  if (
    terms.length > 0 &&
    schoolYear !== null &&
    !terms.some((term) => !term || term.schoolYear === schoolYear)
  ) {
    leaveOut(draft, 'otherYear')
    return
  }
  draft.classes.set(sourcedId, { sourcedId, school: school.sourcedId, kind, name, year: yearOf(grades) })
}
