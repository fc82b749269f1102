import { Article } from '../../features/help/Article'
import { useHelpTexts } from '../../i18n/help-texts'
import { HelpHeading } from './HelpHeading'

/** Which personal data there are, what for, who sees them and for how long. */
export function PrivacyPage() {
  const { privacy } = useHelpTexts()
  return (
    <article className="help-answer">
      <HelpHeading title={privacy.title} />
      <p className="lead">{privacy.lead}</p>
      <Article sections={privacy.sections} />
    </article>
  )
}
