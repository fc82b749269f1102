import { noChanges } from '../roster/changes'
import { isOver } from '../roster/rules'
import type {
  KnownClass,
  KnownInstitution,
  KnownPupil,
  KnownStaff,
  RosterChanges,
  RosterKind,
  RosterLink,
  Rows,
} from '../roster/target'
import type { Instant } from '../time'
import type { SchoolData } from './memory'

/** What follows a roster. */
export type PeopleData = Pick<
  SchoolData,
  'institutions' | 'classes' | 'staff' | 'pupils' | 'teaching' | 'enrolments' | 'registrations'
> & { rosterLinks: RosterLink[] }

/** How many people one batch brings. */
const BATCH = 1000

async function* inBatches<T>(rows: readonly T[]): AsyncGenerator<readonly T[]> {
  for (let first = 0; first < rows.length; first += BATCH) yield rows.slice(first, first + BATCH)
}

/** Everything that a source has brought to these people. */
export function knownIn(data: PeopleData, source: string) {
  /** The rows of a kind that the source has brought, each with what it is known as. */
  function known<T extends { id: string }, K>(
    kind: RosterKind,
    rows: readonly T[],
    as: (row: T, link: Pick<RosterLink, 'sourcedId' | 'goneAt'>) => K,
  ): K[] {
    const links = new Map(
      data.rosterLinks
        .filter((link) => link.source === source && link.kind === kind)
        .map((link) => [link.id, link]),
    )
    return rows.flatMap((row) => {
      const link = links.get(row.id)
      return link ? [as(row, { sourcedId: link.sourcedId, goneAt: link.goneAt })] : []
    })
  }
  const teaching = listed(data.teaching, (row) => [row.staffId, row.classId])
  const enrolments = listed(data.enrolments, (row) => [row.pupilId, row.classId])
  const registrations = listed(data.registrations, (row) => [row.pupilId, row.institutionId])

  return {
    institutions: () =>
      inBatches(
        known(
          'institution',
          data.institutions,
          ({ id, name }, link): KnownInstitution => ({
            ...link,
            institution: { id, name },
          }),
        ),
      ),
    classes: () =>
      inBatches(known('class', data.classes, (schoolClass, link): KnownClass => ({ ...link, schoolClass }))),
    staff: () =>
      inBatches(
        known(
          'staff',
          data.staff,
          (staff, link): KnownStaff => ({
            ...link,
            staff,
            classIds: teaching.get(staff.id) ?? [],
          }),
        ),
      ),
    pupils: () =>
      inBatches(
        known('pupil', data.pupils, (pupil, link): KnownPupil => {
          const { id, username, name, alias, year, signInKind, movedUpAt, active, policyOverride } = pupil
          return {
            ...link,
            pupil: { id, username, name, alias, year, signInKind, movedUpAt, active, policyOverride },
            classIds: enrolments.get(id) ?? [],
            institutionIds: registrations.get(id) ?? [],
          }
        }),
      ),
  }
}

function listed<T>(rows: readonly T[], pair: (row: T) => [of: string, to: string]): Map<string, string[]> {
  const lists = new Map<string, string[]>()
  for (const row of rows) {
    const [of, to] = pair(row)
    const list = lists.get(of)
    if (list) list.push(to)
    else lists.set(of, [to])
  }
  return lists
}

/** The people after these changes; the people before stay as they are. */
export function changedPeople(data: PeopleData, changes: RosterChanges): PeopleData {
  const { removed } = changes
  const goneClasses = new Set(removed.classIds)
  const gonePupils = new Set(removed.pupilIds)
  const byId = <T extends { id: string }>(rows: readonly T[]) => new Map(rows.map((row) => [row.id, row]))
  const institutions = byId(data.institutions)
  for (const changed of changes.institutions) {
    institutions.set(changed.id, { ...institutions.get(changed.id), ...changed })
  }
  const classes = byId(data.classes.filter(({ id }) => !goneClasses.has(id)))
  for (const changed of changes.classes) classes.set(changed.id, changed)
  const staff = byId(data.staff)
  for (const changed of changes.staff) staff.set(changed.id, changed)
  const pupils = byId(data.pupils.filter(({ id }) => !gonePupils.has(id)))
  for (const added of changes.newPupils) {
    pupils.set(added.id, {
      ...added,
      policyOverride: null,
      policyNote: null,
      passwordSetAt: null,
      block: null,
    })
  }
  for (const changed of changes.pupils) {
    const before = pupils.get(changed.id)
    if (before) pupils.set(changed.id, { ...before, ...changed })
  }
  const links = new Map(data.rosterLinks.map((link) => [linkKey(link), link]))
  for (const link of removed.links) links.delete(linkKey(link))
  for (const link of changes.links) links.set(linkKey(link), link)

  return {
    institutions: [...institutions.values()],
    classes: [...classes.values()],
    staff: [...staff.values()],
    pupils: [...pupils.values()],
    teaching: after(
      data.teaching,
      changes.teaching,
      ({ staffId, classId }) => `${staffId} ${classId}`,
    ).filter(({ classId }) => !goneClasses.has(classId)),
    enrolments: after(
      data.enrolments,
      changes.enrolments,
      ({ pupilId, classId }) => `${pupilId} ${classId}`,
    ).filter(({ pupilId, classId }) => !goneClasses.has(classId) && !gonePupils.has(pupilId)),
    registrations: after(
      data.registrations,
      changes.registrations,
      ({ pupilId, institutionId }) => `${pupilId} ${institutionId}`,
    ).filter(({ pupilId }) => !gonePupils.has(pupilId)),
    rosterLinks: [...links.values()],
  }
}

/** What removes the pupils who have been gone for long enough, and who they were elsewhere. */
export function withoutWhoIsOver(rosterLinks: readonly RosterLink[], now: Instant): RosterChanges {
  const links = rosterLinks.filter(
    ({ kind, goneAt }) => kind === 'pupil' && goneAt !== null && isOver(goneAt, now),
  )
  return { ...noChanges(), removed: { pupilIds: links.map(({ id }) => id), classIds: [], links } }
}

const linkKey = ({ source, kind, sourcedId }: RosterLink) => JSON.stringify([source, kind, sourcedId])

function after<T>(before: readonly T[], { added, removed }: Rows<T>, key: (row: T) => string): T[] {
  const gone = new Set(removed.map(key))
  return [...before.filter((row) => !gone.has(key(row))), ...added]
}
