import {
  type InfiniteData,
  infiniteQueryOptions,
  type QueryClient,
  queryOptions,
} from '@tanstack/react-query'
import { api, bodyOf } from '../../api/client'
import { listKeys } from '../../api/pupil-cache'
import { noteServerTime } from '../../api/server-clock'
import type { Shown } from './address'

/** How often the log is asked whether there is more: showing a username changes no list, so no event tells of it. */
const LOOK_EVERY_MS = 10_000

/** Which log: a school's, in its administrator's view, or a teacher's own. */
export interface Log {
  institutionId: string | null
  shown: Shown
}

export type Activity = Awaited<ReturnType<typeof fetchActivity>>
export type Line = Activity['lines'][number]

/** A school has many pupils who sign in each morning: unless something else is asked for, it shows what staff did. */
function filtersOf({ institutionId, shown: { who, pupilId, group, outcome, from, to } }: Log) {
  const asked = who ?? (institutionId !== null && pupilId === null ? 'staff' : 'everybody')
  const by = typeof asked === 'string' ? asked : asked.id
  return {
    ...(by === 'everybody' ? {} : { by }),
    ...(pupilId === null ? {} : { pupilId }),
    ...(group === null ? {} : { group }),
    ...(outcome === null ? {} : { outcome }),
    ...(from === null ? {} : { from }),
    ...(to === null ? {} : { to }),
  }
}

async function fetchActivity(log: Log, olderThan: string | null) {
  const query = { ...filtersOf(log), ...(olderThan === null ? {} : { olderThan }) }
  const answer = await bodyOf(api.activity.$get({ query }))
  noteServerTime(answer.serverTime)
  return answer
}

/** The newest page has none before it. */
const newest = (): string | null => null

/** What is shown of a log, page by page. It stands still: what comes later is told by `newsQuery`. */
export const activityQuery = (queryClient: QueryClient, log: Log) =>
  infiniteQueryOptions({
    queryKey: [...listKeys.activity, log],
    queryFn: async ({ pageParam }): Promise<Activity> => {
      const answer = await fetchActivity(log, pageParam)
      if (pageParam === null) queryClient.setQueryData(newsQuery(log).queryKey, answer)
      return answer
    },
    initialPageParam: newest(),
    getNextPageParam: ({ next }) => next,
    staleTime: Number.POSITIVE_INFINITY,
    // Whoever comes back to the page is shown it as it is then.
    gcTime: 0,
    refetchOnWindowFocus: false,
    refetchOnReconnect: ({ state }) => (state.data === undefined ? 'always' : false),
  })

/** The newest of a log as it is now. */
export const newsQuery = (log: Log) =>
  queryOptions({
    queryKey: [...listKeys.activityNews, log],
    queryFn: () => fetchActivity(log, null),
    staleTime: LOOK_EVERY_MS,
    refetchInterval: LOOK_EVERY_MS,
    gcTime: 0,
  })

/** The lines that have come since. */
export function newLines(shown: readonly Activity[], news: Activity | undefined): Line[] {
  const known = new Set(shown.flatMap(({ lines }) => lines).map(({ id }) => id))
  return (news?.lines ?? []).filter(({ id }) => !known.has(id))
}

/** Puts what has come on top of what is shown; where more has come than one page holds, that page alone. */
export function showNews(queryClient: QueryClient, log: Log, news: Activity): void {
  type Pages = InfiniteData<Activity, string | null>
  queryClient.setQueryData<Pages>(activityQuery(queryClient, log).queryKey, (shown) => {
    const [first, ...others] = shown?.pages ?? []
    if (!shown || !first) return shown
    const fresh = newLines(shown.pages, news)
    if (fresh.length === news.lines.length && news.next !== null) {
      return { pages: [news], pageParams: [null] }
    }
    const top = { ...first, staff: news.staff, lines: [...fresh, ...first.lines] }
    return { ...shown, pages: [top, ...others] }
  })
}

/** The file of all that is shown of a school's log, and whether there was room for all of it. */
export async function fetchFile(log: Log, language: 'da' | 'en'): Promise<{ file: Blob; isWhole: boolean }> {
  const response = await api.activity.exports.$post({ json: { ...filtersOf(log), language } })
  return { file: await response.blob(), isWhole: response.headers.get('Elevadgang-Incomplete') === null }
}
