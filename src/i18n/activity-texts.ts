import type da from '../../locales/da/activity.json'
import type { Language } from './language'
import type { TextSource } from './start'

/** The texts about what has happened, fetched with the pages that tell it. Danish is the master and types the keys. */
export interface ActivityTexts {
  activity: typeof da
}

const load = async (language: Language): Promise<ActivityTexts> => ({
  activity: (
    await (language === 'da'
      ? import('../../locales/da/activity.json')
      : import('../../locales/en/activity.json'))
  ).default,
})

export const activityTexts: TextSource = { namespace: 'activity', load }
