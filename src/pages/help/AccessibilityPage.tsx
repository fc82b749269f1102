import { useTranslation } from 'react-i18next'
import { Article } from '../../features/help/Article'
import { settings } from '../../features/help/settings'
import { useFormat } from '../../i18n/format'
import { useHelpTexts } from '../../i18n/help-texts'
import { Notice } from '../../ui/Notice'
import { HelpHeading } from './HelpHeading'

/** When the statement was last held against the tests that it rests on (ISO date). */
const ASSESSED = '2026-11-20'

/** The accessibility statement in the order that the Danish Agency for Digital Government prescribes. */
export function AccessibilityPage() {
  const { accessibility: text } = useHelpTexts()
  const { t: common } = useTranslation()
  const format = useFormat()
  const { organisation } = settings
  const date = format.dateWithYear(ASSESSED)
  const fill = (words: string) =>
    words.replace('{{date}}', date).replace('{{organisation}}', organisation?.name ?? common('appName'))
  return (
    <article className="help-answer">
      <HelpHeading title={text.title} />
      {organisation ? (
        <p className="lead">{fill(text.lead)}</p>
      ) : (
        <Notice kind="info">
          <p>{text.nobody}</p>
        </Notice>
      )}
      <Article sections={text.sections.map((section) => ({ ...section, text: section.text.map(fill) }))} />
      <section className="help-part">
        <h2>{text.contact}</h2>
        <p>{text.contactText}</p>
        {organisation ? (
          <p>
            {organisation.name}, <a href={`mailto:${organisation.email}`}>{organisation.email}</a>,{' '}
            {organisation.phone}
          </p>
        ) : (
          <p>{text.contactNobody}</p>
        )}
      </section>
      <section className="help-part">
        <h2>{text.enforcement}</h2>
        <p>{text.enforcementText}</p>
      </section>
    </article>
  )
}
