import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import { type DeedOutcome, useAnyUnderWay, useProgress } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'
import { useSecondsSince } from '../../api/server-clock'
import { Button } from '../../ui/Button'
import { decide } from './queries'

interface WaitingPupilsProps {
  /** The pupils who wait, in the order in which they began to. */
  pupils: readonly Pupil[]
  onDecide: (deed: ReturnType<typeof decide>) => Promise<DeedOutcome>
  /** Called when the last row that had the focus is gone. */
  onFocusLost: () => void
}

/** The pupils who wait for an adult's approval: who, what for, the code to compare, and the two answers. */
export function WaitingPupils({ pupils, onDecide, onFocusLost }: WaitingPupilsProps) {
  const { t } = useTranslation('stepUp')
  const box = useRef<HTMLElement>(null)
  const hadFocus = useRef(false)
  const count = pupils.length
  const anyUnderWay = useAnyUnderWay(pupils)

  // The row that was decided takes its button with it: go on with the next pupil, or back to the page.
  useEffect(() => {
    const focusIsLost = document.activeElement === null || document.activeElement === document.body
    if (!hadFocus.current || !focusIsLost) return
    const next = count > 0 ? box.current?.querySelector<HTMLElement>('li button') : null
    if (next) next.focus()
    else onFocusLost()
  }, [count, onFocusLost])

  if (count === 0) return null
  return (
    <section
      ref={box}
      className="queue-box"
      aria-labelledby="waiting-title"
      onFocus={() => {
        hadFocus.current = true
      }}
      onBlur={(event) => {
        // A removed button blurs to nothing; a real move has somewhere to go.
        if (event.relatedTarget) hadFocus.current = false
      }}
    >
      <div className="queue-box-heading">
        <h2 id="waiting-title">{t('waitingTitle', { count })}</h2>
        {count > 1 && (
          <Button size="small" busy={anyUnderWay} onClick={() => void onDecide(decide('approve', pupils))}>
            {t('approveAll')}
          </Button>
        )}
      </div>
      <ul>
        {pupils.map((pupil) => (
          <WaitingPupil key={pupil.id} pupil={pupil} onDecide={onDecide} />
        ))}
      </ul>
    </section>
  )
}

function WaitingPupil({ pupil, onDecide }: { pupil: Pupil; onDecide: WaitingPupilsProps['onDecide'] }) {
  const { t } = useTranslation('stepUp')
  const { t: common } = useTranslation()
  const progress = useProgress(pupil.id)
  const request = pupil.status.stepUpRequest
  if (!request) return null
  const busy = progress?.state === 'sending' || progress?.state === 'checking'
  const label = (words: string) => common('forPupil', { label: words, name: pupil.name })
  return (
    <li>
      <p>
        <strong>{pupil.name}</strong>{' '}
        {t('wants', { service: t(`services.${request.service}`), checkCode: request.checkCode })}{' '}
        <Since iso={request.requestedAt} />
      </p>
      <div className="queue-box-actions">
        <Button
          variant="primary"
          busy={busy}
          aria-label={label(t('approve'))}
          onClick={() => void onDecide(decide('approve', [pupil]))}
        >
          {t('approve')}
        </Button>
        <Button
          variant="tertiary"
          busy={busy}
          aria-label={label(t('decline'))}
          onClick={() => void onDecide(decide('decline', [pupil]))}
        >
          {t('decline')}
        </Button>
      </div>
    </li>
  )
}

const SECONDS_IN_A_MINUTE = 60

function Since({ iso }: { iso: string }) {
  const { t } = useTranslation('stepUp')
  const seconds = useSecondsSince(iso)
  return (
    <span className="reason">
      {seconds < SECONDS_IN_A_MINUTE
        ? t('since', { count: seconds })
        : t('sinceMinutes', { count: Math.floor(seconds / SECONDS_IN_A_MINUTE) })}
    </span>
  )
}
