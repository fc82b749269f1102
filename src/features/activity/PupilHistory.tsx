import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { alsoLoad } from '../../i18n/start'
import { Skeleton } from '../../ui/Skeleton'

/** With its texts, which no other page needs. */
const Part = lazy(async () => {
  const [{ PupilHistoryPart }, { activityTexts }] = await Promise.all([
    import('./PupilHistoryPart'),
    import('../../i18n/activity-texts'),
  ])
  await alsoLoad(activityTexts)
  return { default: PupilHistoryPart }
})

export interface PupilHistoryProps {
  institutionId: string
  pupilId: string
}

/** What has been done to one pupil of a school, and by; fetched when it is shown. */
export function PupilHistory(props: PupilHistoryProps) {
  const { t } = useTranslation()
  return (
    <Suspense fallback={<Skeleton lines={4} label={t('loading')} />}>
      <Part key={props.pupilId} {...props} />
    </Suspense>
  )
}
