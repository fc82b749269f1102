import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { useHasPassed, useSecondsUntil } from '../../api/server-clock'
import { asMinutesAndSeconds } from '../../i18n/format'
import { Button } from '../../ui/Button'
import { Dialog } from '../../ui/Dialog'
import { type SignedIn, sessionQuery, useKeepSession } from './queries'

/** The API is told at most this often that the person is there. */
const TELL_EVERY_MS = 60_000

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
  const toldAt = useRef(performance.now())
  const { canStayLonger } = session

  useEffect(() => {
    if (warn || !canStayLonger) return
    const tell = () => {
      if (performance.now() - toldAt.current < TELL_EVERY_MS) return
      toldAt.current = performance.now()
      keep()
    }
    addEventListener('pointerdown', tell)
    addEventListener('keydown', tell)
    return () => {
      removeEventListener('pointerdown', tell)
      removeEventListener('keydown', tell)
    }
  }, [warn, canStayLonger, keep])

  useEffect(() => {
    if (warn || over) void queryClient.refetchQueries({ queryKey: sessionQuery.queryKey })
  }, [warn, over, queryClient])

  if (!warn || over) return null
  return (
    <Warning session={session} onStay={() => keep()} busy={keepSession.isPending} onSignOut={onSignOut} />
  )
}

interface WarningProps extends SessionWatchProps {
  onStay: () => void
  busy: boolean
}

function Warning({ session, onStay, busy, onSignOut }: WarningProps) {
  const { t } = useTranslation('session')
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
          {canStayLonger && (
            <Button variant="primary" busy={busy} onClick={onStay} data-autofocus>
              {t('stay')}
            </Button>
          )}
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
