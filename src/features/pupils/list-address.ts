import {
  everybody,
  type PolicyFilter,
  policyFilters,
  type SortColumn,
  type StatusFilter,
  sortColumns,
  statusFilters,
  type Wanted,
} from './filters'

/**
 * What is wanted of a school's list, as a part of its address, so that it can be sent to a colleague and survives Back.
 * The words that were typed may name a pupil: they stand after the #, which no browser sends to a server.
 */

const names = {
  classId: 'klasse',
  year: 'aargang',
  policy: 'politik',
  status: 'status',
  sort: 'sort',
} as const

const policyWords: Record<PolicyFilter, string> = {
  overridden: 'aendret',
  indskoling: 'indskoling',
  mellemtrin: 'mellemtrin',
  udskoling: 'udskoling',
}

const statusWords: Record<StatusFilter, string> = {
  waiting: 'venter',
  inWindow: 'ny-adgangskode',
  steppedUp: 'to-faktor',
  mustChange: 'skal-skifte',
  neverSignedIn: 'aldrig-logget-paa',
  blocked: 'spaerret',
  localLogin: 'lokal-login',
}

const sortWords: Record<SortColumn, string> = {
  name: 'navn',
  class: 'klasse',
  policy: 'politik',
  changeBy: 'skift',
}

const DESCENDING = '-'

/** The part of the address that says what is wanted; empty for everybody. */
export function addressOf({ text, classId, year, policy, statuses, sort }: Wanted): {
  search: string
  hash: string
} {
  const params = new URLSearchParams()
  if (classId !== null) params.set(names.classId, classId)
  if (year !== null) params.set(names.year, String(year))
  if (policy !== null) params.set(names.policy, policyWords[policy])
  for (const status of statusFilters) {
    if (statuses.includes(status)) params.append(names.status, statusWords[status])
  }
  if (sort.by !== everybody.sort.by || sort.descending) {
    params.set(names.sort, `${sort.descending ? DESCENDING : ''}${sortWords[sort.by]}`)
  }
  const search = params.toString()
  return { search: search && `?${search}`, hash: text.trim() && `#${encodeURIComponent(text)}` }
}

/** What an address asks for; what it says that nobody knows is left out. */
export function wantedAt({ search, hash }: { search: string; hash: string }): Wanted {
  const params = new URLSearchParams(search)
  const year = params.get(names.year)
  const sort = params.get(names.sort) ?? ''
  const descending = sort.startsWith(DESCENDING)
  const by = sortColumns.find((column) => sortWords[column] === (descending ? sort.slice(1) : sort))
  const statuses = params.getAll(names.status)
  return {
    text: textOf(hash),
    classId: params.get(names.classId) || null,
    year: year !== null && /^\d{1,2}$/.test(year) ? Number(year) : null,
    policy: policyFilters.find((policy) => policyWords[policy] === params.get(names.policy)) ?? null,
    statuses: statusFilters.filter((status) => statuses.includes(statusWords[status])),
    sort: by ? { by, descending } : everybody.sort,
  }
}

function textOf(hash: string): string {
  try {
    return decodeURIComponent(hash.replace(/^#/, ''))
  } catch {
    // Half an address, as when it was broken over two lines of a mail.
    return ''
  }
}
