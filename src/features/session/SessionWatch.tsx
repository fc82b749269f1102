import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useTellPresence } from '../../api/presence'
import { serverNow, useHasPassed, useSecondsUntil } from '../../api/server-clock'
import { asMinutesAndSeconds } from '../../i18n/format'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { type SignedIn, sessionQuery, useKeepSession } from './queries'

interface SessionWatchProps {
  session: SignedIn
  onSignOut: () => void
}

/**
 * Keeps the session alive while the person does something, warns before it ends, and finds out when it has.
 * The end is the server's; other tabs may have moved it, so it is asked for before anything is said.
 */
export function SessionWatch({ session, onSignOut }: SessionWatchProps) {
  const queryClient = useQueryClient()
  const warn = useHasPassed(session.warnAt)
  const over = useHasPassed(session.endsAt)
  const keepSession = useKeepSession()
  const { mutate: keep } = keepSession
  const { canStayLonger } = session
  useTellPresence(keep, canStayLonger && !warn)

  useEffect(() => {
    if (warn) void queryClient.refetchQueries({ queryKey: sessionQuery.queryKey })
  }, [warn, queryClient])

  useEffect(() => {
    if (!over) return
    // Without an answer the page goes by what it was told last: it must not stay open to whoever comes by.
    queryClient
      .refetchQueries({ queryKey: sessionQuery.queryKey }, { throwOnError: true })
      .catch(() => queryClient.setQueryData(sessionQuery.queryKey, signedOut()))
  }, [over, queryClient])

  const { isRefetchError } = useQuery(sessionQuery)
  const [readFor, setReadFor] = useState<string | null>(null)
  const hasAsked = isRefetchError || session.serverTime >= session.warnAt
  if (!warn || over || !hasAsked || readFor === session.endsAt) return null
  return (
    <Warning
      session={session}
      onStay={() => (canStayLonger ? keep() : setReadFor(session.endsAt))}
      busy={keepSession.isPending}
      onSignOut={onSignOut}
    />
  )
}

const signedOut = () => ({ signedIn: false, serverTime: new Date(serverNow()).toISOString() }) as const

interface WarningProps extends SessionWatchProps {
  onStay: () => void
  busy: boolean
}

function Warning({ session, onStay, busy, onSignOut }: WarningProps) {
  const { t } = useTranslation('session')
  const { t: common } = useTranslation()
  const time = asMinutesAndSeconds(useSecondsUntil(session.endsAt))
  const { canStayLonger } = session
  return (
    <Dialog
      open
      role="alertdialog"
      title={t('warningTitle')}
      onClose={onStay}
      actions={
        <>
          <Button variant="primary" busy={busy} onClick={onStay} data-autofocus>
            {canStayLonger ? t('stay') : common('close')}
          </Button>
          <Button variant="secondary" onClick={onSignOut}>
            {t('signOut')}
          </Button>
        </>
      }
    >
      <p>{canStayLonger ? t('warningText', { time }) : t('warningFinalText', { time })}</p>
    </Dialog>
  )
}
