import type block from '../../locales/da/block.json'
import type policy from '../../locales/da/policy.json'
import type schoolPupil from '../../locales/da/schoolPupil.json'
import type wholeSchool from '../../locales/da/wholeSchool.json'
import type { Language } from './language'
import { missingPupilTexts } from './missing-pupil-texts'
import type { TextSource } from './start'
import { takeAwayTexts } from './take-away-texts'

/** The texts that only the user administrators' pages have. Danish is the master and types the keys. */
export interface SchoolTexts {
  wholeSchool: typeof wholeSchool
  policy: typeof policy
  block: typeof block
  schoolPupil: typeof schoolPupil
}

const danish = () =>
  Promise.all([
    import('../../locales/da/wholeSchool.json'),
    import('../../locales/da/policy.json'),
    import('../../locales/da/block.json'),
    import('../../locales/da/schoolPupil.json'),
  ])

const english = () =>
  Promise.all([
    import('../../locales/en/wholeSchool.json'),
    import('../../locales/en/policy.json'),
    import('../../locales/en/block.json'),
    import('../../locales/en/schoolPupil.json'),
  ])

async function load(language: Language): Promise<SchoolTexts> {
  const [wholeSchool, policy, block, schoolPupil] = await (language === 'da' ? danish() : english())
  return {
    wholeSchool: wholeSchool.default,
    policy: policy.default,
    block: block.default,
    schoolPupil: schoolPupil.default,
  }
}

/** Everything that the user administrators' pages say, fetched with them. */
export const schoolTexts: readonly TextSource[] = [
  { namespace: 'wholeSchool', load },
  takeAwayTexts,
  missingPupilTexts,
]
