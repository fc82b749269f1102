import { useTranslation } from 'react-i18next'
import { Button } from '../ui/Button'
import { Notice } from '../ui/Notice'
import { PupilHeading } from './PupilHeading'
import { useErrorWords } from './words'

interface ProblemPageProps {
  error: unknown
  busy: boolean
  onTryAgain: () => void
}

/** In the place of a page that could not be loaded. */
export function ProblemPage({ error, busy, onTryAgain }: ProblemPageProps) {
  const { t } = useTranslation('pupilPages')
  const words = useErrorWords()
  return (
    <>
      <PupilHeading title={t('error.title')} />
      <Notice kind="error" live="assertive">
        <p>{words(error)}</p>
        <Button busy={busy} onClick={onTryAgain}>
          {t('tryAgain')}
        </Button>
      </Notice>
    </>
  )
}
