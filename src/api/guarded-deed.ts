import { useEffect, useRef, useState } from 'react'
import type { ApiError, ErrorType } from './errors'
import type { DeedOutcome } from './pupil-actions'

/** How a deed ended that was answered. */
export type Answered = Extract<DeedOutcome, { state: 'answered' }>

type Attempt = () => Promise<DeedOutcome>

const needsSecondFactor = (type: ErrorType) =>
  type === 'second-factor-stale' || type === 'second-factor-needed'

/**
 * Carries out what a dialog asks for. Where the API wants a new second factor first, `stage` says so, and `goOn`, called
 * once it is given, tries again: so what was typed is never typed twice.
 */
export function useGuardedDeed(onAnswered: (outcome: Answered) => void) {
  const [stage, setStage] = useState<'asking' | 'sending' | 'secondFactor'>('asking')
  const [error, setError] = useState<ApiError | null>(null)
  const again = useRef<Attempt | null>(null)
  const isGone = useRef(false)
  useEffect(() => {
    isGone.current = false
    return () => {
      isGone.current = true
    }
  }, [])

  async function start(attempt: Attempt) {
    setStage('sending')
    setError(null)
    const outcome = await attempt()
    if (isGone.current) return
    setStage('asking')
    if (outcome?.state === 'answered') onAnswered(outcome)
    if (outcome?.state !== 'failed') return
    again.current = outcome.again
    if (needsSecondFactor(outcome.error.type)) setStage('secondFactor')
    else setError(outcome.error)
  }

  return {
    stage,
    error,
    start: (attempt: Attempt) => void start(attempt),
    goOn: () => {
      if (again.current) void start(again.current)
    },
  }
}
