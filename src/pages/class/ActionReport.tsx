import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNotice } from '../../api/ProblemNotice'
import type { DeedOutcome, PupilAction, Refused } from '../../api/pupil-actions'
import { Notice } from '../../ui/Notice'
import { useOutcomeWords } from './outcome-words'

/** How something that was asked for many at once has ended. */
export interface Report {
  action: PupilAction
  outcome: NonNullable<DeedOutcome>
  /** Whom it was not asked for at all; an answer already names them, but a new try must not forget them. */
  leftOut?: readonly Refused[]
}

interface ActionReportProps {
  report: Report
  ref?: Ref<HTMLDivElement>
  onTryAgain: () => void
  onDismiss: () => void
}

/** The answer for every pupil of a batch: how many it was done for, and for whom not and why. */
export function ActionReport({ report: { action, outcome }, ref, onTryAgain, onDismiss }: ActionReportProps) {
  const { t } = useTranslation('pupils')
  const { t: common } = useTranslation()
  const { done: words } = useOutcomeWords()

  if (outcome.state === 'failed') {
    return (
      <div ref={ref} tabIndex={-1} className="action-report">
        <ProblemNotice error={outcome.error} onTryAgain={onTryAgain} onDismiss={onDismiss} />
      </div>
    )
  }
  const { done, refused } = outcome
  return (
    <div ref={ref} tabIndex={-1} className="action-report">
      <Notice
        kind={refused.length > 0 ? 'warning' : 'success'}
        dismissLabel={common('dismiss')}
        onDismiss={onDismiss}
      >
        {done.length > 0 && <p>{words(action, done)}</p>}
        {refused.length > 0 && (
          <ul>
            {refused.map(({ pupil, refusal }) => (
              <li key={pupil.id}>
                <strong>{pupil.name}</strong>: {t(`refusal.${refusal}`)}
              </li>
            ))}
          </ul>
        )}
      </Notice>
    </div>
  )
}
