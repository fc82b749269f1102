import { useQuery, useQueryClient } from '@tanstack/react-query'
import { type ReactNode, useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { followChanges } from '../../api/client'
import { lookInTurn } from '../../api/look-in-turn'
import { listKeys, lookAgainAt, type Pupil } from '../../api/pupil-cache'
import { useAnnounce } from '../../ui/Announcer'
import { TitlePrefix } from '../../ui/PageHeading'
import { waitingQuery, wasAnsweredHere } from './queries'

/** However many events come at once, the lists are asked for at most this often. */
const LOOK_AT_MOST_EVERY_MS = 250

/** Keeps the lists on the screen as they are at the API, from one stream of events for the whole page. */
function useLiveLists() {
  const queryClient = useQueryClient()
  useEffect(() => {
    const looks = lookInTurn((what) => lookAgainAt(queryClient, what), LOOK_AT_MOST_EVERY_MS)
    const stop = followChanges(looks.want)
    return () => {
      stop()
      looks.stop()
    }
  }, [queryClient])
}

const requestId = ({ status }: Pupil) => status.stepUpRequest?.id

/** Those of `pupils` whose requests are not among `others`. */
function without(pupils: readonly Pupil[], others: readonly Pupil[]): Pupil[] {
  const ids = new Set(others.map(requestId))
  return pupils.filter((pupil) => !ids.has(requestId(pupil)))
}

/** Says politely, once for each change, who has begun to wait and how many there are. Silent about the first look. */
function useSayWhoWaits(pupils: readonly Pupil[] | undefined) {
  const { t } = useTranslation('stepUp')
  const queryClient = useQueryClient()
  const announce = useAnnounce()
  const before = useRef(pupils)
  useEffect(() => {
    const last = before.current
    before.current = pupils
    if (!last || !pupils) return
    const arrived = without(pupils, last)
    const gone = without(last, pupils)
    const waiting = `${t('waitingTitle', { count: pupils.length })}.`
    const [first] = arrived
    const request = first?.status.stepUpRequest
    if (first && request && arrived.length === 1) {
      const service = t(`services.${request.service}`)
      announce(`${t('arrived', { name: first.name, service })} ${waiting}`)
    } else if (arrived.length > 0) announce(waiting)
    // What was answered on this page has been said by whoever carried it out.
    else if (gone.some((pupil) => !wasAnsweredHere(pupil))) {
      announce(pupils.length === 0 ? t('nobodyWaits') : waiting)
    }
    // A request that ran out is told by no event, and the classes count it.
    if (gone.length > 0) void queryClient.invalidateQueries({ queryKey: listKeys.classes })
  }, [pupils, announce, t, queryClient])
}

/** Around every page of a signed-in teacher: lists stay live, and who waits is said and counted in the tab's title. */
export function WaitingEverywhere({ children }: { children: ReactNode }) {
  const { data } = useQuery(waitingQuery)
  useLiveLists()
  useSayWhoWaits(data?.pupils)
  const count = data?.pupils.length ?? 0
  return <TitlePrefix value={count > 0 ? `(${count}) ` : ''}>{children}</TitlePrefix>
}

/** How many wait, as the way to them. Its place in the header is kept free, so that nothing there moves. */
export function WaitingLink({ to, state }: { to: string; state: unknown }) {
  const { t } = useTranslation('stepUp')
  const { data } = useQuery(waitingQuery)
  const count = data?.pupils.length ?? 0
  if (count === 0) return null
  return (
    <Link to={to} state={state} className="frame-waiting-link" aria-label={t('waitingLink', { count })}>
      <span className="badge badge-warning">{t('waitingShort', { count })}</span>
    </Link>
  )
}
