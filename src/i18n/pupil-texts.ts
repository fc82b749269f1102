import type da from '../../locales/da/pupilPages.json'
import type { Language } from './language'
import type { TextSource } from './start'

/** The texts of the pupils' pages, fetched with them. Danish is the master and types the keys. */
export interface PupilTexts {
  pupilPages: typeof da
}

const load = async (language: Language): Promise<PupilTexts> => ({
  pupilPages: (
    await (language === 'da'
      ? import('../../locales/da/pupilPages.json')
      : import('../../locales/en/pupilPages.json'))
  ).default,
})

export const pupilTexts: TextSource = { namespace: 'pupilPages', load }
