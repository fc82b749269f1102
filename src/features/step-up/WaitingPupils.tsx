import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { type DeedOutcome, useAnyUnderWay, useProgress } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'
import { useSecondsSince } from '../../api/server-clock'
import { Button } from '../../ui/Button'
import { decide, wasAnsweredHere } from './queries'

interface WaitingPupilsProps {
  /** The pupils who wait, in the order in which they began to. */
  pupils: readonly Pupil[]
  /** Names each pupil's class, where they are of several. */
  showClass?: boolean
  onDecide: (deed: ReturnType<typeof decide>) => Promise<DeedOutcome>
  /** Called when the last row that had the focus is gone. */
  onFocusLost: () => void
}

/** The pupils who wait for an adult's approval: who, what for, the code to compare, and the two answers. */
export function WaitingPupils({ pupils, showClass = false, onDecide, onFocusLost }: WaitingPupilsProps) {
  const { t } = useTranslation('stepUp')
  const box = useRef<HTMLElement>(null)
  const hadFocus = useRef(false)
  const count = pupils.length
  const anyUnderWay = useAnyUnderWay(pupils)
  const [inUse, setInUse] = useState(false)
  const { rows, letGo } = useRowsThatStay(pupils, inUse)

  // The row that was decided takes its button with it: go on with the next pupil, or back to the page.
  useEffect(() => {
    const focusIsLost = document.activeElement === null || document.activeElement === document.body
    if (!hadFocus.current || !focusIsLost) return
    const next = count > 0 ? box.current?.querySelector<HTMLElement>('li button') : null
    if (next) next.focus()
    else onFocusLost()
  }, [count, onFocusLost])

  // A box that is gone tells nobody that the pointer has left it.
  if (rows.length === 0 && inUse) setInUse(false)
  if (rows.length === 0) return null
  return (
    <section
      ref={box}
      className="queue-box"
      aria-labelledby="waiting-title"
      onPointerEnter={() => setInUse(true)}
      onPointerLeave={() => {
        setInUse(false)
        letGo()
      }}
      onFocus={() => {
        hadFocus.current = true
      }}
      onBlur={(event) => {
        // A removed button blurs to nothing; a real move has somewhere to go.
        if (event.relatedTarget) hadFocus.current = false
      }}
    >
      <div className="queue-box-heading">
        <h2 id="waiting-title" tabIndex={-1}>
          {t('waitingTitle', { count })}
        </h2>
        {count > 1 && (
          <Button size="small" busy={anyUnderWay} onClick={() => void onDecide(decide('approve', pupils))}>
            {t('approveAll')}
          </Button>
        )}
      </div>
      <ul>
        {rows.map(({ pupil, isGone }) =>
          isGone ? (
            <li key={requestOf(pupil).id} className="muted">
              {t('answeredElsewhere', { name: pupil.name })}
            </li>
          ) : (
            <WaitingPupil
              key={requestOf(pupil).id}
              pupil={pupil}
              className={showClass ? (pupil.homeClass?.name ?? null) : null}
              onDecide={onDecide}
            />
          ),
        )}
      </ul>
    </section>
  )
}

interface Row {
  pupil: Pupil
  isGone: boolean
}

/** Of a pupil who waits; the empty request is for one who no longer does. */
const requestOf = ({ id, status }: Pupil) => status.stepUpRequest ?? { id, requestedAt: '' }

/**
 * The pupils who wait, and in their old places those who ceased to while the pointer is in the box: a colleague's answer
 * must not put the next pupil under a finger that is on its way. An answer given here leaves no gap, as the person
 * expects it.
 */
function useRowsThatStay(pupils: readonly Pupil[], inUse: boolean) {
  const [last, setLast] = useState(pupils)
  const [gone, setGone] = useState<readonly Pupil[]>([])
  // React's own way of keeping a value of the render before.
  if (pupils !== last) {
    setLast(pupils)
    const waiting = new Set(pupils.map((pupil) => requestOf(pupil).id))
    const left = inUse
      ? last.filter((pupil) => !waiting.has(requestOf(pupil).id) && !wasAnsweredHere(pupil))
      : []
    if (left.length > 0) setGone([...gone, ...left])
  }
  const rows: Row[] = [
    ...pupils.map((pupil) => ({ pupil, isGone: false })),
    ...gone.map((pupil) => ({ pupil, isGone: true })),
  ].sort((a, b) => requestOf(a.pupil).requestedAt.localeCompare(requestOf(b.pupil).requestedAt))
  return { rows, letGo: () => setGone([]) }
}

interface WaitingPupilProps {
  pupil: Pupil
  /** The class to name, if any. */
  className: string | null
  onDecide: WaitingPupilsProps['onDecide']
}

function WaitingPupil({ pupil, className, onDecide }: WaitingPupilProps) {
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
        <strong>{pupil.name}</strong> {className !== null && <span className="muted">{className} </span>}
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
