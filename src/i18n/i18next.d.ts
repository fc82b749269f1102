import type { Texts } from './da'
import type { PupilTexts } from './pupil-texts'
import type { SchoolTexts } from './school-texts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Texts & PupilTexts & SchoolTexts
  }
}
