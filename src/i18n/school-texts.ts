import type wholeSchool from '../../locales/da/wholeSchool.json'
import type { Language } from './language'
import { missingPupilTexts } from './missing-pupil-texts'
import type { TextSource } from './start'
import { takeAwayTexts } from './take-away-texts'

/** The texts that only the user administrators' pages have. Danish is the master and types the keys. */
export interface SchoolTexts {
  wholeSchool: typeof wholeSchool
}

const load = async (language: Language): Promise<SchoolTexts> => ({
  wholeSchool: (
    await (language === 'da'
      ? import('../../locales/da/wholeSchool.json')
      : import('../../locales/en/wholeSchool.json'))
  ).default,
})

/** Everything that the user administrators' pages say, fetched with them. */
export const schoolTexts: readonly TextSource[] = [
  { namespace: 'wholeSchool', load },
  takeAwayTexts,
  missingPupilTexts,
]
