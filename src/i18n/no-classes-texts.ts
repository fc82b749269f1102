import type da from '../../locales/da/noClasses.json'
import type { Language } from './language'
import type { TextSource } from './start'

/** Why a teacher may have no classes, fetched where there are none. Danish is the master and types the keys. */
export interface NoClassesTexts {
  noClasses: typeof da
}

const load = async (language: Language): Promise<NoClassesTexts> => ({
  noClasses: (
    await (language === 'da'
      ? import('../../locales/da/noClasses.json')
      : import('../../locales/en/noClasses.json'))
  ).default,
})

export const noClassesTexts: TextSource = { namespace: 'noClasses', load }
