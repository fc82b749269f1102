import type da from '../../locales/da/missingPupil.json'
import type { Language } from './language'
import type { TextSource } from './start'

/** Why a pupil may be missing, fetched where a search finds nobody. Danish is the master and types the keys. */
export interface MissingPupilTexts {
  missingPupil: typeof da
}

const load = async (language: Language): Promise<MissingPupilTexts> => ({
  missingPupil: (
    await (language === 'da'
      ? import('../../locales/da/missingPupil.json')
      : import('../../locales/en/missingPupil.json'))
  ).default,
})

export const missingPupilTexts: TextSource = { namespace: 'missingPupil', load }
