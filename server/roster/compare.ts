import { type ImportedCount, importedChanges, importedKinds } from '../activity/entry'
import type { Staff, StaffRole } from '../people'
import type { Instant } from '../time'
import { noChanges } from './changes'
import type { Faults } from './faults'
import type { Roster, RosterClass, RosterPupil, RosterStaff } from './roster'
import { areTooManyGone, isOver, movedUpAfter } from './rules'
import type {
  Known,
  KnownClass,
  KnownInstitution,
  KnownPupil,
  KnownStaff,
  RosterChanges,
  RosteredPupil,
  RosterKind,
  RosterLink,
  Rows,
} from './target'

/** What a source has brought before, each by its sourcedId. */
export interface KnownRoster {
  institutions: Map<string, KnownInstitution>
  classes: Map<string, KnownClass>
  staff: Map<string, KnownStaff>
  pupils: Map<string, KnownPupil>
}

export const countKinds = ['added', 'returned', 'moved', 'changed', 'gone', 'removed', 'unchanged'] as const
/** How many of each kind; everybody is counted once, in the first that fits. */
export type Counts = Record<(typeof countKinds)[number], number>
export type Summary = Record<'schools' | 'classes' | 'staff' | 'pupils', Counts>

const noCounts = (): Counts => ({
  added: 0,
  returned: 0,
  moved: 0,
  changed: 0,
  gone: 0,
  removed: 0,
  unchanged: 0,
})

/** Somebody for whom a username is to be made. */
export interface Unnamed {
  /** What it is made of: never the name of somebody protected. */
  name: string
  /** Set to the username once it is made. */
  person: { username: string }
}

/** A username that the export brings and its person did not have. */
export interface NewUsername {
  username: string
  id: string
  line: number
}

export interface Comparison {
  changes: RosterChanges
  summary: Summary
  /** What has changed at each school, by its id; a school at which nothing has is left out. */
  bySchool: Map<string, ImportedCount[]>
  unnamed: Unnamed[]
  newUsernames: NewUsername[]
  /** Whose old username is free after this import. */
  freed: Set<string>
  tooManyGone: boolean
}

interface Comparing {
  source: string
  now: Instant
  newId: (kind: RosterKind) => string
}

/**
 * What has to change for the data to be as the roster. Only the schools of the roster are looked at: who is at others
 * too keeps what is theirs. Pure, but for new ids; the order of the roster's lines changes nothing.
 */
export function compare(roster: Roster, known: KnownRoster, { source, now, newId }: Comparing): Comparison {
  const summary: Summary = {
    schools: noCounts(),
    classes: noCounts(),
    staff: noCounts(),
    pupils: noCounts(),
  }
  const changes = noChanges()
  const bySchool = new Map<string, ImportedCount[]>()
  const unnamed: Unnamed[] = []
  const newUsernames: NewUsername[] = []
  const freed = new Set<string>()
  const link = (
    kind: RosterKind,
    sourcedId: string,
    id: string,
    goneAt: Instant | null = null,
  ): RosterLink => ({
    source,
    kind,
    sourcedId,
    id,
    goneAt,
  })

  /** The schools of the roster. */
  const inScope = new Set<string>()
  const schoolIds = compareSchools()
  for (const sourcedId of roster.closedSchools) {
    const closed = known.institutions.get(sourcedId)
    if (closed) inScope.add(closed.institution.id)
  }
  const idOfSchool = (sourcedId: string) => schoolIds.get(sourcedId) ?? ''
  const { classIds, isOutside } = compareClasses()
  const idsOfClasses = (classes: ReadonlySet<RosterClass>) =>
    [...classes].flatMap(({ sourcedId }) => classIds.get(sourcedId) ?? [])

  compareStaff()
  comparePupils()
  const { pupils } = summary
  const before = [...known.pupils.values()].filter(({ pupil }) => pupil.active).length
  return {
    changes,
    summary,
    bySchool: new Map([...bySchool].map(([id, counts]) => [id, counts.toSorted(asTold)])),
    unnamed,
    newUsernames,
    freed,
    tooManyGone: areTooManyGone(pupils.gone, before),
  }

  /** Counts somebody or something for the whole, and for each of these schools. */
  function count(of: keyof Summary, kind: keyof Counts, institutionIds: Iterable<string>): void {
    summary[of][kind] += 1
    if (kind === 'unchanged') return
    for (const institutionId of new Set(institutionIds)) {
      if (!inScope.has(institutionId)) continue
      const counts = bySchool.get(institutionId) ?? []
      bySchool.set(institutionId, counts)
      if (of === 'schools') continue
      const same = counts.find((each) => each.of === of && each.change === kind)
      if (same) same.count += 1
      else counts.push({ of, change: kind, count: 1 })
    }
  }

  function compareSchools(): Map<string, string> {
    const ids = new Map<string, string>()
    for (const { sourcedId, name } of inOrder(roster.schools)) {
      const before = known.institutions.get(sourcedId)?.institution
      const id = before?.id ?? newId('institution')
      ids.set(sourcedId, id)
      if (!before) changes.links.push(link('institution', sourcedId, id))
      if (before?.name !== name) changes.institutions.push({ id, name })
      inScope.add(id)
      count('schools', !before ? 'added' : before.name === name ? 'unchanged' : 'changed', [id])
    }
    return ids
  }

  function compareClasses() {
    const classIds = new Map<string, string>()
    for (const { sourcedId, school, kind, name, year } of inOrder(roster.classes)) {
      const before = known.classes.get(sourcedId)?.schoolClass
      const id = before?.id ?? newId('class')
      classIds.set(sourcedId, id)
      const now = { id, institutionId: idOfSchool(school), kind, name, year }
      if (!before) changes.links.push(link('class', sourcedId, id))
      const isSame = before !== undefined && isEqual(before, now)
      if (!isSame) changes.classes.push(now)
      count('classes', !before ? 'added' : isSame ? 'unchanged' : 'changed', [now.institutionId])
    }
    const here = new Set(classIds.values())
    for (const { sourcedId, schoolClass } of known.classes.values()) {
      if (!inScope.has(schoolClass.institutionId)) continue
      here.add(schoolClass.id)
      if (roster.classes.has(sourcedId)) continue
      changes.removed.classIds.push(schoolClass.id)
      changes.removed.links.push(link('class', sourcedId, schoolClass.id))
      count('classes', 'removed', [schoolClass.institutionId])
    }
    return { classIds, isOutside: (classId: string) => !here.has(classId) }
  }

  function compareStaff(): void {
    const sameAs = knownAs(roster.staff, known.staff, ({ staff }) => staff.username)
    for (const person of inOrder(roster.staff)) {
      const before = sameAs(person)
      const roles = [
        ...(before?.staff.roles ?? []).filter(({ institutionId }) => !inScope.has(institutionId)),
        ...person.roles.map(({ school, role }): StaffRole => ({ institutionId: idOfSchool(school), role })),
      ]
      const id = before?.staff.id ?? newId('staff')
      const staff = { id, username: before?.staff.username ?? '', name: person.name, roles, active: true }
      name(person, staff, person.name)
      const isRelinked = relink('staff', person.sourcedId, id, before)
      const bindings = bind(before?.classIds ?? [], idsOfClasses(person.teaches), isOutside)
      add(changes.teaching, bindings, (classId) => ({ staffId: id, classId }))
      const isSame = before !== undefined && isEqual(written(before.staff), written(staff))
      if (!isSame) changes.staff.push(staff)
      const kind = kindOf(before, before?.staff.active, [bindings], isRelinked || !isSame)
      count('staff', kind, schoolsOf(before?.staff, staff))
    }
    for (const { sourcedId, goneAt, staff, classIds } of known.staff.values()) {
      if (sameAs.taken.has(sourcedId) || goneAt !== null) continue
      const roles = staff.roles.filter(({ institutionId }) => !inScope.has(institutionId))
      if (roles.length === staff.roles.length && roles.length > 0) continue
      const bindings = bind(classIds, [], isOutside)
      add(changes.teaching, bindings, (classId) => ({ staffId: staff.id, classId }))
      // Kept for good: the log goes on to name who acted.
      changes.staff.push({ ...staff, roles, active: roles.length > 0 })
      if (roles.length === 0) changes.links.push(link('staff', sourcedId, staff.id, now))
      count('staff', roles.length > 0 ? 'moved' : 'gone', schoolsOf(staff))
    }
  }

  function comparePupils(): void {
    const sameAs = knownAs(roster.pupils, known.pupils, ({ pupil }) => pupil.username, isDue)
    for (const person of inOrder(roster.pupils)) {
      const before = sameAs(person)
      const id = before?.pupil.id ?? newId('pupil')
      const pupil: RosteredPupil = {
        id,
        username: before?.pupil.username ?? '',
        name: person.name,
        alias: person.alias === undefined ? (before?.pupil.alias ?? null) : person.alias,
        year: person.year,
        signInKind: person.signInKind,
        movedUpAt: before ? movedUpAfter(before.pupil, person.year, now) : null,
        active: true,
      }
      name(person, pupil, pupil.alias ?? pupil.name)
      const isRelinked = relink('pupil', person.sourcedId, id, before)
      const inSchools = bindSchools(id, before, person)
      const bindings = [bindClasses(id, before, idsOfClasses(person.classes)), inSchools]
      const isSame = before !== undefined && isEqual(fieldsOf(before.pupil), pupil)
      if (!before) changes.newPupils.push(pupil)
      else if (!isSame) changes.pupils.push(pupil)
      const kind = kindOf(before, before?.pupil.active, bindings, isRelinked || !isSame)
      count('pupils', kind, [...(before?.institutionIds ?? []), ...inSchools.added])
    }
    for (const each of known.pupils.values()) {
      if (isDue(each)) removePupil(each)
      else if (!sameAs.taken.has(each.sourcedId) && each.goneAt === null) losePupil(each)
    }
  }

  function isDue({ goneAt }: Known): boolean {
    return goneAt !== null && isOver(goneAt, now)
  }

  function removePupil({ sourcedId, goneAt, pupil }: KnownPupil): void {
    changes.removed.pupilIds.push(pupil.id)
    if (!roster.pupils.has(sourcedId)) changes.removed.links.push(link('pupil', sourcedId, pupil.id, goneAt))
    freed.add(pupil.id)
    // Told at the school when the pupil went.
    count('pupils', 'removed', [])
  }

  function losePupil(before: KnownPupil): void {
    const { sourcedId, pupil, classIds, institutionIds } = before
    const isElsewhere =
      classIds.some(isOutside) || institutionIds.some((institutionId) => !inScope.has(institutionId))
    const isHere =
      classIds.some((classId) => !isOutside(classId)) ||
      institutionIds.some((institutionId) => inScope.has(institutionId))
    if (isElsewhere && !isHere) return
    bindClasses(pupil.id, before, [])
    bindSchools(pupil.id, before, null)
    count('pupils', isElsewhere ? 'moved' : 'gone', institutionIds)
    if (isElsewhere) return
    changes.pupils.push({ ...fieldsOf(pupil), active: false })
    changes.gonePupilIds.push(pupil.id)
    changes.links.push(link('pupil', sourcedId, pupil.id, now))
  }

  function bindClasses(pupilId: string, before: KnownPupil | undefined, classIds: string[]) {
    const bindings = bind(before?.classIds ?? [], classIds, isOutside)
    add(changes.enrolments, bindings, (classId) => ({ pupilId, classId }))
    return bindings
  }

  function bindSchools(pupilId: string, before: KnownPupil | undefined, person: RosterPupil | null) {
    const institutionIds = person ? [...person.schools].map(idOfSchool) : []
    const bindings = bind(before?.institutionIds ?? [], institutionIds, (id) => !inScope.has(id))
    add(changes.registrations, bindings, (institutionId) => ({ pupilId, institutionId }))
    return bindings
  }

  /** Gives the person the export's username; without one, the old is kept, or one is to be made. */
  function name(
    { username, line }: RosterStaff | RosterPupil,
    person: { id: string; username: string },
    of: string,
  ) {
    if (username !== null && username !== person.username) {
      newUsernames.push({ username, id: person.id, line })
      freed.add(person.id)
      person.username = username
    } else if (person.username === '') unnamed.push({ name: of, person })
  }

  /** Keeps in mind who this is. @returns whether it was not so already */
  function relink(kind: RosterKind, sourcedId: string, id: string, before: Known | undefined): boolean {
    if (before?.sourcedId === sourcedId && before.goneAt === null) return false
    if (before && before.sourcedId !== sourcedId) {
      changes.removed.links.push(link(kind, before.sourcedId, id, before.goneAt))
    }
    changes.links.push(link(kind, sourcedId, id))
    return true
  }
}

/** Pupils first, in the order in which they are told. */
const asTold = (a: ImportedCount, b: ImportedCount): number =>
  importedKinds.indexOf(a.of) - importedKinds.indexOf(b.of) ||
  importedChanges.indexOf(a.change) - importedChanges.indexOf(b.change)

const schoolsOf = (...staff: readonly (Staff | undefined)[]): string[] =>
  staff.flatMap((each) => each?.roles.map(({ institutionId }) => institutionId) ?? [])

/** The lines in the order of their sourcedIds, whatever it was in the files. */
const inOrder = <T extends { sourcedId: string }>(table: ReadonlyMap<string, T>): T[] =>
  [...table.values()].toSorted((a, b) => (a.sourcedId < b.sourcedId ? -1 : 1))

/**
 * Finds who somebody of the roster has been so far: who has the sourcedId; else, where the administrative system has
 * given a new one, who has the same username and an old sourcedId that is no longer in the roster.
 */
function knownAs<K extends Known>(
  roster: ReadonlyMap<string, { sourcedId: string; username: string | null }>,
  known: ReadonlyMap<string, K>,
  usernameOf: (each: K) => string,
  isNobody: (each: K) => boolean = () => false,
) {
  const taken = new Set<string>()
  const renumbered = new Map<string, K>()
  for (const each of known.values()) {
    if (!roster.has(each.sourcedId) && !isNobody(each)) renumbered.set(usernameOf(each), each)
  }
  const find = ({ sourcedId, username }: { sourcedId: string; username: string | null }): K | undefined => {
    const same = known.get(sourcedId) ?? (username === null ? undefined : renumbered.get(username))
    if (!same || isNobody(same)) return undefined
    taken.add(same.sourcedId)
    return same
  }
  return Object.assign(find, { taken })
}

/** What binds somebody from now on: those of the roster, and those before that are outside of it. */
function bind(
  before: readonly string[],
  wanted: readonly string[],
  isOutside: (id: string) => boolean,
): Rows<string> {
  const [had, has] = [new Set(before), new Set(wanted)]
  return {
    added: [...has].filter((id) => !had.has(id)).toSorted(),
    removed: before.filter((id) => !has.has(id) && !isOutside(id)),
  }
}

const isAny = ({ added, removed }: Rows<unknown>) => added.length > 0 || removed.length > 0

function add<T>(rows: Rows<T>, { added, removed }: Rows<string>, row: (id: string) => T): void {
  for (const id of added) rows.added.push(row(id))
  for (const id of removed) rows.removed.push(row(id))
}

function kindOf(
  before: Known | undefined,
  wasActive: boolean | undefined,
  bindings: readonly Rows<string>[],
  isChanged: boolean,
): keyof Counts {
  if (!before) return 'added'
  if (!wasActive) return 'returned'
  if (bindings.some(isAny)) return 'moved'
  return isChanged ? 'changed' : 'unchanged'
}

const fieldsOf = ({ policyOverride: _, ...fields }: KnownPupil['pupil']): RosteredPupil => fields

/** Somebody of the staff with roles that compare: a store may give them in any order. */
const written = (staff: Staff) => ({
  ...staff,
  roles: staff.roles.map(({ institutionId, role }) => `${institutionId} ${role}`).toSorted(),
})

function isEqual<T extends object>(one: T, other: T): boolean {
  const text = (of: object) => JSON.stringify(Object.entries(of).toSorted(([a], [b]) => (a < b ? -1 : 1)))
  return text(one) === text(other)
}

/** Adds a fault for each new username that is somebody else's, who keeps it. */
export function checkUsernames(
  { newUsernames, freed }: Pick<Comparison, 'newUsernames' | 'freed'>,
  holders: ReadonlyMap<string, string>,
  faults: Faults,
): void {
  for (const { username, id, line } of newUsernames) {
    const holder = holders.get(username)
    if (holder !== undefined && holder !== id && !freed.has(holder)) {
      faults.add('users.csv', line, 'username', 'a username that nobody else here has, or has had lately')
    }
  }
}
