import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import { ProblemNotice } from '../../api/ProblemNotice'
import type { Batch } from '../../api/pupil-batch'
import { useFormat } from '../../i18n/format'
import { Notice } from '../../ui/Notice'
import { useOutcomeWords } from '../class/outcome-words'

interface BatchReportProps {
  batch: Batch
  ref: Ref<HTMLDivElement>
  onTryAgain: () => void
  onDismiss: () => void
}

/** As many names as can be read at a glance. */
const FEW = 12

/** How far something for many is, and in the end for whom it was done, for whom not and why. */
export function BatchReport({ batch, ref, onTryAgain, onDismiss }: BatchReportProps) {
  const { t } = useTranslation('wholeSchool')
  const { t: pupils } = useTranslation('pupils')
  const { t: common } = useTranslation()
  const { done: words } = useOutcomeWords()
  const format = useFormat()
  const { action, total, running, done, refused, failed, error } = batch
  const answered = done.length + refused.length
  const progress = t('progress', { count: answered, total: format.number(total) })

  if (running) {
    return (
      <div ref={ref} tabIndex={-1} className="action-report">
        <Notice kind="info">
          <p id="batch-progress">{progress}</p>
          <progress aria-labelledby="batch-progress" max={total} value={answered} />
        </Notice>
      </div>
    )
  }
  return (
    <div ref={ref} tabIndex={-1} className="action-report">
      {answered > 0 && (
        <Notice
          kind={refused.length > 0 ? 'warning' : 'success'}
          dismissLabel={common('dismiss')}
          onDismiss={onDismiss}
        >
          {done.length > 0 && <p>{words(action, done)}</p>}
          {refused.length > 0 && (
            <details open={refused.length <= FEW}>
              <summary>{t('notDone', { count: refused.length })}</summary>
              <ul>
                {refused.map(({ pupil, refusal }) => (
                  <li key={pupil.id}>
                    <strong>{pupil.name}</strong>:{' '}
                    {refusal === 'notFound' ? t('notFound') : pupils(`refusal.${refusal}`)}
                  </li>
                ))}
              </ul>
            </details>
          )}
        </Notice>
      )}
      {error && (
        <>
          <p>{t('stoppedAt', { count: failed.length })}</p>
          <ProblemNotice error={error} onTryAgain={onTryAgain} onDismiss={onDismiss} />
        </>
      )}
    </div>
  )
}
