import { useTranslation } from 'react-i18next'
import { SupportBox } from '../../features/help/SupportBox'
import { useHelpTexts } from '../../i18n/help-texts'
import { AnswerLinks } from './AnswerLinks'
import { HelpHeading } from './HelpHeading'

/** Whom to call, when, and what to try before. */
export function SupportPage() {
  const { t } = useTranslation('help')
  const title = useHelpTexts().answers.get('kontakt-support')?.title ?? ''
  return (
    <>
      <HelpHeading title={title} />
      <SupportBox />
      <nav className="help-see" aria-labelledby="see-also">
        <h2 id="see-also">{t('see')}</h2>
        <AnswerLinks ids={['kontakt-support', 'log-paa', 'medarbejder-uden-mitid']} />
      </nav>
    </>
  )
}
