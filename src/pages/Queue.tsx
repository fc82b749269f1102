import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useLocation } from 'react-router'
import { type Deed, dismissProgress, useCarryOut } from '../api/pupil-actions'
import { waitingQuery } from '../features/step-up/queries'
import { WaitingPupils } from '../features/step-up/WaitingPupils'
import { useAnnounce } from '../ui/Announcer'
import { KeepBelowStill } from '../ui/KeepBelowStill'
import { focusHeading } from '../ui/PageHeading'
import { ActionReport, type Report } from './class/ActionReport'
import { useOutcomeWords } from './class/outcome-words'

/** All pupils who wait for the teacher, of whichever class, with the two answers. Nothing where nobody does. */
export function Queue() {
  const { data } = useQuery(waitingQuery)
  const pupils = data?.pupils ?? NOBODY
  const carryOut = useCarryOut()
  const announce = useAnnounce()
  const { answer } = useOutcomeWords()
  const [report, setReport] = useState<Report | null>(null)
  const reportElement = useRef<HTMLDivElement>(null)
  useFocusOnQueue(pupils.length > 0)

  async function answerWith(attempt: () => ReturnType<typeof carryOut>, deed: Deed) {
    setReport(null)
    const outcome = await attempt()
    if (!outcome) return null
    // Here are no rows of pupils to tell what could not be done, so the report does.
    const isPlain = outcome.state === 'answered' && outcome.refused.length === 0 && deed.pupils.length === 1
    for (const pupil of deed.pupils) dismissProgress(pupil)
    if (!isPlain) setReport({ action: deed.action, outcome })
    const focused = document.activeElement
    if (!isPlain && (focused === null || focused === document.body)) {
      requestAnimationFrame(() => reportElement.current?.focus())
    } else if (outcome.state === 'answered') announce(answer(deed.action, outcome))
    last.current = deed
    return outcome
  }
  const last = useRef<Deed | null>(null)

  return (
    <KeepBelowStill>
      <WaitingPupils
        pupils={pupils}
        showClass
        onDecide={(deed) => answerWith(() => carryOut(deed), deed)}
        onFocusLost={focusHeading}
      />
      {report && (
        <ActionReport
          ref={reportElement}
          report={report}
          onTryAgain={() => {
            const { outcome } = report
            const deed = last.current
            if (outcome.state === 'failed' && deed) void answerWith(outcome.again, deed)
          }}
          onDismiss={() => {
            setReport(null)
            focusHeading()
          }}
        />
      )}
    </KeepBelowStill>
  )
}

const NOBODY: never[] = []

/** What the count in the header brings along: its press leads to the queue, not only to its page. */
export const toQueue = { toQueue: true }

/** Whoever came by the count in the header goes on at the queue. */
function useFocusOnQueue(isThere: boolean) {
  const { state, key } = useLocation()
  const wanted = typeof state === 'object' && state !== null && 'toQueue' in state
  const focusedFor = useRef<string | null>(null)
  const focusQueue = useCallback(() => {
    const title = document.getElementById('waiting-title')
    title?.focus({ preventScroll: true })
    title?.scrollIntoView?.({ block: 'nearest' })
  }, [])
  useEffect(() => {
    if (!wanted || !isThere || focusedFor.current === key) return
    focusedFor.current = key
    focusQueue()
  }, [wanted, isThere, key, focusQueue])
}
