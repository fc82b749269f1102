import { lazyPage } from './lazy-page'

/** What has happened, with texts of its own, which nobody downloads before. */
export const ActivityPages = lazyPage(6, async () => {
  const [{ ActivityPage }, { activityTexts }] = await Promise.all([
    import('./ActivityPage'),
    import('../i18n/activity-texts'),
  ])
  return [ActivityPage, activityTexts]
})
