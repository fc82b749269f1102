import type da from '../../locales/da/wholeSchool.json'
import type { Language } from './language'
import type { TextSource } from './start'

/** The texts of the user administrators' pages, fetched with them. Danish is the master and types the keys. */
export interface SchoolTexts {
  wholeSchool: typeof da
}

const load = async (language: Language): Promise<SchoolTexts> => ({
  wholeSchool: (
    await (language === 'da'
      ? import('../../locales/da/wholeSchool.json')
      : import('../../locales/en/wholeSchool.json'))
  ).default,
})

export const schoolTexts: TextSource = { namespace: 'wholeSchool', load }
