import { useInfiniteQuery, useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isApiError } from '../../api/errors'
import { ProblemNotice } from '../../api/ProblemNotice'
import { useFormat } from '../../i18n/format'
import { useAnnounce } from '../../ui/Announcer'
import { Button } from '../../ui/Button'
import { Skeleton } from '../../ui/Skeleton'
import { ActivityLines, lineElementId } from './ActivityLines'
import { activityQuery, type Line, type Log, newLines, newsQuery, showNews } from './queries'

interface ActivityLogProps {
  log: Log
  headingLevel: 2 | 3
  /** Why there is nothing, and what to do. */
  empty: ReactNode
  /** Beside the way to what is new. */
  children?: ReactNode
}

/**
 * A log as far as one has read, and the ways to what came later and what came before. Nothing moves by itself: what is
 * new waits behind a button whose place is kept.
 */
export function ActivityLog({ log, headingLevel, empty, children }: ActivityLogProps) {
  const { t } = useTranslation('activity')
  const format = useFormat()
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const query = useInfiniteQuery(activityQuery(queryClient, log))
  const pages = query.data?.pages
  const { data: news } = useQuery({ ...newsQuery(log), enabled: pages !== undefined })
  const lines = pages?.flatMap((page) => page.lines)
  const fresh = pages ? newLines(pages, news) : []
  const areMore = fresh.length > 0 && fresh.length === news?.lines.length && news.next !== null
  const newsWords = areMore
    ? t('newsMany', { count: fresh.length, number: format.number(fresh.length) })
    : t('news', { count: fresh.length })
  useSayOnce(fresh.length > 0 ? newsWords : null)

  const readOnAt = useReadOnAt()

  function seeNews() {
    if (!news) return
    const [first] = fresh
    showNews(queryClient, log, news)
    announce(t('newsShown', { count: fresh.length }))
    readOnAt(first)
  }

  async function seeMore() {
    const before = lines?.length ?? 0
    const { data } = await query.fetchNextPage()
    const more = data?.pages.flatMap((page) => page.lines).slice(before) ?? []
    if (more.length === 0) return
    announce(t('moreShown', { count: more.length }))
    readOnAt(more[0])
  }

  const isGone = isApiError(query.error) && query.error.type === 'not-found' && log.shown.pupilId !== null

  return (
    <>
      <div className="activity-toolbar">
        <div className="activity-news">
          {fresh.length > 0 && (
            <Button variant="secondary" size="small" onClick={seeNews}>
              {newsWords}
            </Button>
          )}
        </div>
        {children}
      </div>
      {query.isPending && <Skeleton lines={6} label={t('loading')} />}
      {isGone && <p>{t('pupilGone')}</p>}
      {query.isError && !isGone && !query.isFetchNextPageError && (
        <ProblemNotice error={query.error} busy={query.isFetching} onTryAgain={() => void query.refetch()} />
      )}
      {lines?.length === 0 && empty}
      {lines && lines.length > 0 && (
        <>
          <ActivityLines lines={lines} isOwn={log.institutionId === null} headingLevel={headingLevel} />
          {query.isFetchNextPageError && (
            <ProblemNotice
              error={query.error}
              busy={query.isFetchingNextPage}
              onTryAgain={() => void seeMore()}
            />
          )}
          {query.hasNextPage && !query.isFetchNextPageError && (
            <Button busy={query.isFetchingNextPage} onClick={() => void seeMore()}>
              {t('more')}
            </Button>
          )}
          {!query.hasNextPage && <p className="reason">{t('end')}</p>}
        </>
      )}
    </>
  )
}

/** Takes the focus to a line as soon as it is drawn, as the button that brought it is gone then. */
function useReadOnAt() {
  const [wanted, setWanted] = useState<string | null>(null)
  useEffect(() => {
    if (wanted === null) return
    const line = document.getElementById(lineElementId(wanted))
    if (!line) return
    line.focus()
    setWanted(null)
  })
  return (line: Line | undefined) => setWanted(line?.id ?? null)
}

/** Says words when they first come up, and not each time they grow. */
function useSayOnce(words: string | null) {
  const announce = useAnnounce()
  const said = useRef(false)
  useEffect(() => {
    if (words !== null && !said.current) announce(words)
    said.current = words !== null
  }, [words, announce])
}
