import { useTranslation } from 'react-i18next'
import { ActivityLog } from './ActivityLog'
import { everything } from './address'
import type { PupilHistoryProps } from './PupilHistory'

/** The part itself; see PupilHistory.tsx. */
export function PupilHistoryPart({ institutionId, pupilId }: PupilHistoryProps) {
  const { t } = useTranslation('activity')
  return (
    <section className="activity-history" aria-labelledby="pupil-history">
      <h2 id="pupil-history">{t('history')}</h2>
      <ActivityLog
        log={{ institutionId, shown: { ...everything, pupilId } }}
        headingLevel={3}
        empty={<p>{t('emptyPupil')}</p>}
      />
    </section>
  )
}
