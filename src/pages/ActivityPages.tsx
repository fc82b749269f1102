import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { alsoLoad } from '../i18n/start'
import { Skeleton } from '../ui/Skeleton'

/** What has happened, with texts of its own, which nobody downloads before. */
const ActivityPage = lazy(async () => {
  const [{ ActivityPage }, { activityTexts }] = await Promise.all([
    import('./ActivityPage'),
    import('../i18n/activity-texts'),
  ])
  await alsoLoad(activityTexts)
  return { default: ActivityPage }
})

export function ActivityPages() {
  const { t } = useTranslation()
  return (
    <Suspense fallback={<Skeleton lines={6} label={t('loading')} />}>
      <ActivityPage />
    </Suspense>
  )
}
