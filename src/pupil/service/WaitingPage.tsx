import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useHasPassed } from '../../api/server-clock'
import { Button } from '../../ui/Button'
import { ProblemLine } from '../ProblemLine'
import { PupilHeading } from '../PupilHeading'
import { latestRequestQuery, useWithdraw, type WaitingRequest } from '../queries'
import { useErrorWords } from '../words'

/** Waiting for the teacher, with the code that both compare, and a way to give up. */
export function WaitingPage({ request, service }: { request: WaitingRequest; service: string }) {
  const { t } = useTranslation('pupilPages')
  const withdraw = useWithdraw()
  const words = useErrorWords()
  const queryClient = useQueryClient()
  const isExpired = useHasPassed(request.expiresAt)

  useEffect(() => {
    if (isExpired) void queryClient.refetchQueries({ queryKey: latestRequestQuery.queryKey })
  }, [isExpired, queryClient])

  return (
    <div className="pupil-waiting">
      <PupilHeading title={t('waiting.title')} focusKey="waiting" />
      <p>{t('waiting.text', { service })}</p>
      {/* One paragraph: read in one breath, and whole however far apart a reader sets paragraphs. */}
      <p className="check-code">
        <span className="check-code-label">{t('waiting.code')}</span>
        <span className="check-code-digits">{request.checkCode}</span>
      </p>
      <p>{t('waiting.codeHint')}</p>
      <ProblemLine>{words(withdraw.error)}</ProblemLine>
      <Button busy={withdraw.isPending} onClick={() => withdraw.mutate(request.id)}>
        {t('waiting.stop')}
      </Button>
    </div>
  )
}
