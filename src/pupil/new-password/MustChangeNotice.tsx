import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'
import { Button } from '../../ui/Button'
import { Help } from '../Help'
import { ProblemLine } from '../ProblemLine'
import { PupilHeading } from '../PupilHeading'
import { type PupilSignedIn, usePostpone } from '../queries'
import { useErrorWords } from '../words'

/** Says that a new password is due, why, and by when; it can wait until the last day. */
export function MustChangeNotice({ session, onStart }: { session: PupilSignedIn; onStart: () => void }) {
  const { t } = useTranslation('pupilPages')
  const format = useFormat()
  const postpone = usePostpone()
  const words = useErrorWords()
  const { mustChange, mayPostpone } = session
  return (
    <div className="pupil-form sign-in">
      <PupilHeading title={t('mustChange.title')} focusKey="mustChange" />
      {mustChange && <p>{t(`mustChange.${mustChange.because}`)}</p>}
      {mustChange && (
        <p>
          {mayPostpone ? t('mustChange.by', { date: format.date(mustChange.by) }) : t('mustChange.lastDay')}
        </p>
      )}
      <ProblemLine>{words(postpone.error)}</ProblemLine>
      <div className="button-row">
        <Button variant="primary" onClick={onStart}>
          {t('mustChange.now')}
        </Button>
        {mayPostpone && (
          <Button busy={postpone.isPending} onClick={() => postpone.mutate()}>
            {t('mustChange.later')}
          </Button>
        )}
      </div>
      <Help>{t('askTeacherHelp')}</Help>
    </div>
  )
}
