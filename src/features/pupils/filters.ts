import type { PasswordPolicy } from '../../../server/people'
import type { Pupil } from '../../api/pupil-cache'
import { areFound, asWords } from './search'

/** What is worth filtering by, in the order in which it is offered. */
export const statusFilters = [
  'waiting',
  'inWindow',
  'steppedUp',
  'mustChange',
  'neverSignedIn',
  'blocked',
  'localLogin',
] as const
export type StatusFilter = (typeof statusFilters)[number]

export const policyFilters = ['overridden', 'indskoling', 'mellemtrin', 'udskoling'] as const
export type PolicyFilter = (typeof policyFilters)[number]

export const sortColumns = ['name', 'class', 'policy', 'changeBy'] as const
export type SortColumn = (typeof sortColumns)[number]

/** What of a school's pupils somebody wants to see. */
export interface Wanted {
  /** Words that name or class begin with. */
  text: string
  classId: string | null
  year: number | null
  policy: PolicyFilter | null
  /** Any of these; none of them: all pupils. */
  statuses: readonly StatusFilter[]
  sort: { by: SortColumn; descending: boolean }
}

export const everybody: Wanted = {
  text: '',
  classId: null,
  year: null,
  policy: null,
  statuses: [],
  sort: { by: 'name', descending: false },
}

/** Whether nothing is left out. */
export const isEverybody = ({ text, classId, year, policy, statuses }: Wanted): boolean =>
  text.trim() === '' && classId === null && year === null && policy === null && statuses.length === 0

const hasStatus: Record<StatusFilter, (pupil: Pupil) => boolean> = {
  waiting: ({ status }) => status.stepUpRequest !== null,
  inWindow: ({ status }) => status.resetWindow?.state === 'open',
  steppedUp: ({ status }) => status.stepUp !== null,
  mustChange: ({ status }) => status.mustChange !== null,
  neverSignedIn: ({ status }) => status.neverSignedIn,
  blocked: ({ status }) => status.block !== null,
  localLogin: ({ status }) => status.localLogin,
}

const hasPolicy = (pupil: Pupil, policy: PolicyFilter) =>
  policy === 'overridden' ? pupil.policyOverridden : pupil.policy === policy

/** The words of a pupil's name and class (`2.A` and `2A`), made once. */
const wordsOfPupils = new WeakMap<Pupil, readonly string[]>()

function wordsOf(pupil: Pupil): readonly string[] {
  const inClass = pupil.homeClass?.name ?? ''
  const known =
    wordsOfPupils.get(pupil) ?? asWords(`${pupil.name} ${inClass} ${inClass.replaceAll('.', '')}`)
  wordsOfPupils.set(pupil, known)
  return known
}

type Filter = 'text' | 'classId' | 'year' | 'policy' | 'statuses'

/** Those who pass every filter but the one left out. */
function pass(pupils: readonly Pupil[], wanted: Wanted, except?: Filter): Pupil[] {
  const { classId, year, policy, statuses } = wanted
  const asked = asWords(wanted.text)
  const tests: ((pupil: Pupil) => boolean)[] = []
  if (except !== 'classId' && classId !== null) tests.push((pupil) => pupil.classIds.includes(classId))
  if (except !== 'year' && year !== null) tests.push((pupil) => pupil.year === year)
  if (except !== 'policy' && policy !== null) tests.push((pupil) => hasPolicy(pupil, policy))
  if (except !== 'statuses' && statuses.length > 0) {
    tests.push((pupil) => statuses.some((status) => hasStatus[status](pupil)))
  }
  if (asked.length > 0) tests.push((pupil) => areFound(asked, wordsOf(pupil)))
  return pupils.filter((pupil) => tests.every((test) => test(pupil)))
}

/** How many each choice of a filter would show, all other filters being as they are. */
export interface FilterCounts {
  classes: ReadonlyMap<string, number>
  years: ReadonlyMap<number, number>
  policies: Record<PolicyFilter, number>
  statuses: Record<StatusFilter, number>
}

export function countFilters(pupils: readonly Pupil[], wanted: Wanted): FilterCounts {
  const classes = new Map<string, number>()
  const years = new Map<number, number>()
  const add = <Key>(counts: Map<Key, number>, key: Key) => counts.set(key, (counts.get(key) ?? 0) + 1)
  for (const { classIds } of pass(pupils, wanted, 'classId')) for (const id of classIds) add(classes, id)
  for (const { year } of pass(pupils, wanted, 'year')) add(years, year)
  const byPolicy = pass(pupils, wanted, 'policy')
  const byStatus = pass(pupils, wanted, 'statuses')
  const count = (among: readonly Pupil[], test: (pupil: Pupil) => boolean) => among.filter(test).length
  return {
    classes,
    years,
    policies: {
      overridden: count(byPolicy, (pupil) => hasPolicy(pupil, 'overridden')),
      indskoling: count(byPolicy, (pupil) => hasPolicy(pupil, 'indskoling')),
      mellemtrin: count(byPolicy, (pupil) => hasPolicy(pupil, 'mellemtrin')),
      udskoling: count(byPolicy, (pupil) => hasPolicy(pupil, 'udskoling')),
    },
    statuses: {
      waiting: count(byStatus, hasStatus.waiting),
      inWindow: count(byStatus, hasStatus.inWindow),
      steppedUp: count(byStatus, hasStatus.steppedUp),
      mustChange: count(byStatus, hasStatus.mustChange),
      neverSignedIn: count(byStatus, hasStatus.neverSignedIn),
      blocked: count(byStatus, hasStatus.blocked),
      localLogin: count(byStatus, hasStatus.localLogin),
    },
  }
}

const classOrder = new Intl.Collator('da', { numeric: true })
const policyOrder: readonly PasswordPolicy[] = ['indskoling', 'mellemtrin', 'udskoling']

/** Below zero: `a` first. Pupils without what is sorted by come last, in either direction. */
const compare: Record<SortColumn, (a: Pupil, b: Pupil, direction: 1 | -1) => number> = {
  name: (_a, _b, direction) => direction,
  class: (a, b, direction) =>
    lastWithout(a.homeClass, b.homeClass) ??
    direction * classOrder.compare(a.homeClass?.name ?? '', b.homeClass?.name ?? ''),
  policy: (a, b, direction) => direction * (policyOrder.indexOf(a.policy) - policyOrder.indexOf(b.policy)),
  changeBy: (a, b, direction) =>
    lastWithout(a.changeBy, b.changeBy) ??
    direction * (Date.parse(a.changeBy ?? '') - Date.parse(b.changeBy ?? '')),
}

function lastWithout(a: unknown, b: unknown): number | null {
  if (a === null && b === null) return 0
  if (a === null) return 1
  return b === null ? -1 : null
}

/**
 * The pupils who are wanted, sorted.
 * @param pupils in Danish order of names, which equals keep
 */
export function filterPupils(pupils: readonly Pupil[], wanted: Wanted): Pupil[] {
  const found = pass(pupils, wanted)
  const { by, descending } = wanted.sort
  if (by === 'name') return descending ? found.reverse() : found
  return found.sort((a, b) => compare[by](a, b, descending ? -1 : 1))
}
