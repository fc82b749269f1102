import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useTellPresence } from '../api/presence'
import { serverNow, useHasPassed } from '../api/server-clock'
import { Button } from '../ui/Button'
import { Dialog } from '../ui/Dialog'
import { type PupilSignedIn, sessionQuery, useKeepSession } from './queries'

/**
 * Keeps the session alive while the pupil does something, asks whether anybody is there a minute before it ends, and
 * finds out when it has ended, or the higher level. The end is the API's; another tab may have moved it, so it is asked
 * for before anything is said.
 */
export function SessionWatch({ session }: { session: PupilSignedIn }) {
  const { t } = useTranslation('pupilPages')
  const queryClient = useQueryClient()
  const { isRefetchError } = useQuery(sessionQuery)
  const keepSession = useKeepSession()
  const { mutate: keep } = keepSession
  const { endsAt, warnAt, canStayLonger } = session
  const warn = useHasPassed(warnAt)
  const isOver = useHasPassed(endsAt)
  const isLevelOver = useHasPassed(session.levelEndsAt ?? endsAt)
  useTellPresence(keep, canStayLonger && !warn)

  useEffect(() => {
    if (warn || isLevelOver) void queryClient.refetchQueries({ queryKey: sessionQuery.queryKey })
  }, [warn, isLevelOver, queryClient])

  useEffect(() => {
    if (!isOver) return
    // Without an answer the page goes by what it was told last: it must not stay open to whoever comes by.
    queryClient.refetchQueries({ queryKey: sessionQuery.queryKey }, { throwOnError: true }).catch(() =>
      queryClient.setQueryData(sessionQuery.queryKey, {
        signedIn: false,
        serverTime: new Date(serverNow()).toISOString(),
      }),
    )
  }, [isOver, queryClient])

  const hasAsked = isRefetchError || session.serverTime >= warnAt
  if (!warn || isOver || !hasAsked || !canStayLonger) return null
  return (
    <Dialog
      open
      role="alertdialog"
      title={t('stillThere.title')}
      onClose={keep}
      actions={
        <Button variant="primary" busy={keepSession.isPending} onClick={() => keep()} data-autofocus>
          {t('stillThere.yes')}
        </Button>
      }
    >
      <p>{t('stillThere.text')}</p>
    </Dialog>
  )
}
