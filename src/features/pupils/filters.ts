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
  const known = wordsOfPupils.get(pupil) ?? asWords(`${pupil.name} ${inClass} ${inClass.replaceAll('.', '')}`)
  wordsOfPupils.set(pupil, known)
  return known
}

type Test = (pupil: Pupil) => boolean
const passes: Test = () => true

/** The test of each filter; a filter that is not set lets everybody pass. */
function testsOf({ text, classId, year, policy, statuses }: Wanted) {
  const asked = asWords(text)
  return {
    text: asked.length === 0 ? passes : (pupil: Pupil) => areFound(asked, wordsOf(pupil)),
    classId: classId === null ? passes : (pupil: Pupil) => pupil.classIds.includes(classId),
    year: year === null ? passes : (pupil: Pupil) => pupil.year === year,
    policy: policy === null ? passes : (pupil: Pupil) => hasPolicy(pupil, policy),
    statuses:
      statuses.length === 0 ? passes : (pupil: Pupil) => statuses.some((status) => hasStatus[status](pupil)),
  } satisfies Record<string, Test>
}

/** How many each choice of a filter would show, all other filters being as they are. */
export interface FilterCounts {
  classes: ReadonlyMap<string, number>
  years: ReadonlyMap<number, number>
  policies: Record<PolicyFilter, number>
  statuses: Record<StatusFilter, number>
}

/** Looks at each pupil once: of a school of 5,000 this is done with every letter that is typed. */
export function countFilters(pupils: readonly Pupil[], wanted: Wanted): FilterCounts {
  const tests = testsOf(wanted)
  const classes = new Map<string, number>()
  const years = new Map<number, number>()
  const policies = { overridden: 0, indskoling: 0, mellemtrin: 0, udskoling: 0 }
  const statuses = {
    waiting: 0,
    inWindow: 0,
    steppedUp: 0,
    mustChange: 0,
    neverSignedIn: 0,
    blocked: 0,
    localLogin: 0,
  }
  for (const pupil of pupils) {
    if (!tests.text(pupil)) continue
    const inClass = tests.classId(pupil)
    const inYear = tests.year(pupil)
    const ofPolicy = tests.policy(pupil)
    const ofStatus = tests.statuses(pupil)
    if (inYear && ofPolicy && ofStatus) {
      for (const id of pupil.classIds) classes.set(id, (classes.get(id) ?? 0) + 1)
    }
    if (inClass && ofPolicy && ofStatus) years.set(pupil.year, (years.get(pupil.year) ?? 0) + 1)
    if (inClass && inYear && ofStatus) {
      for (const policy of policyFilters) if (hasPolicy(pupil, policy)) policies[policy] += 1
    }
    if (inClass && inYear && ofPolicy) {
      for (const status of statusFilters) if (hasStatus[status](pupil)) statuses[status] += 1
    }
  }
  return { classes, years, policies, statuses }
}

const classOrder = new Intl.Collator('da', { numeric: true })
const policyOrder: readonly PasswordPolicy[] = ['indskoling', 'mellemtrin', 'udskoling']

/** What a column is sorted by; null comes last, in either direction. */
function sortKeys(
  by: Exclude<SortColumn, 'name'>,
  pupils: readonly Pupil[],
): (pupil: Pupil) => number | null {
  switch (by) {
    case 'policy':
      return ({ policy }) => policyOrder.indexOf(policy)
    case 'changeBy': {
      const times = new Map(
        pupils.map(({ id, changeBy }) => [id, changeBy === null ? null : Date.parse(changeBy)]),
      )
      return ({ id }) => times.get(id) ?? null
    }
    case 'class': {
      const names = [...new Set(pupils.flatMap(({ homeClass }) => homeClass?.name ?? []))]
      const places = new Map(names.sort(classOrder.compare).map((name, place) => [name, place]))
      return ({ homeClass }) => (homeClass ? (places.get(homeClass.name) ?? null) : null)
    }
  }
}

/**
 * The pupils who are wanted, sorted.
 * @param pupils in Danish order of names, which equals keep
 */
export function filterPupils(pupils: readonly Pupil[], wanted: Wanted): Pupil[] {
  const tests = Object.values(testsOf(wanted)).filter((test) => test !== passes)
  const found = pupils.filter((pupil) => tests.every((test) => test(pupil)))
  const { by, descending } = wanted.sort
  if (by === 'name') return descending ? found.reverse() : found
  const keyOf = sortKeys(by, found)
  const direction = descending ? -1 : 1
  return found.sort((a, b) => {
    const [first, second] = [keyOf(a), keyOf(b)]
    if (first === null || second === null) return Number(first === null) - Number(second === null)
    return direction * (first - second)
  })
}
