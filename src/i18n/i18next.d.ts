import type { ActivityTexts } from './activity-texts'
import type { Texts } from './da'
import type { HelpTexts } from './help-texts'
import type { MissingPupilTexts } from './missing-pupil-texts'
import type { NoClassesTexts } from './no-classes-texts'
import type { PupilTexts } from './pupil-texts'
import type { SchoolTexts } from './school-texts'
import type { TakeAwayTexts } from './take-away-texts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Texts &
      PupilTexts &
      SchoolTexts &
      TakeAwayTexts &
      MissingPupilTexts &
      ActivityTexts &
      HelpTexts &
      NoClassesTexts
  }
}
