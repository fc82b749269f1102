import { Route, Routes } from 'react-router'
import { NotFoundPage } from '../NotFoundPage'
import { AccessibilityPage } from './AccessibilityPage'
import { AnswerPage } from './AnswerPage'
import { GuidePage } from './GuidePage'
import { LetterPage } from './LetterPage'
import { OverviewPage } from './OverviewPage'
import { PrivacyPage } from './PrivacyPage'
import { ShortcutsPage } from './ShortcutsPage'
import { SupportPage } from './SupportPage'
import { WhyRefused } from './WhyRefused'

export { helpTexts } from '../../i18n/help-texts'

/** Everything below /hjaelp. */
export function HelpApp() {
  return (
    <Routes>
      <Route index element={<OverviewPage />} />
      <Route path="elev" element={<GuidePage />} />
      <Route path="elev/:sight" element={<GuidePage />} />
      <Route path="support" element={<SupportPage />} />
      <Route path="genveje" element={<ShortcutsPage />} />
      <Route path="brev" element={<LetterPage />} />
      <Route path="persondata" element={<PrivacyPage />} />
      <Route path="tilgaengelighed" element={<AccessibilityPage />} />
      <Route path="hvorfor/:refusal" element={<WhyRefused />} />
      <Route path=":answerId" element={<AnswerPage />} />
      <Route path="*" element={<NotFoundPage />} />
    </Routes>
  )
}

/** The guide alone, at the addresses of one school. */
export function GuideApp() {
  return (
    <Routes>
      <Route index element={<GuidePage />} />
      <Route path=":sight" element={<GuidePage />} />
    </Routes>
  )
}
