import type { Texts } from './da'
import type { PupilTexts } from './pupil-texts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Texts & PupilTexts
  }
}
