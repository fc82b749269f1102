import { useTranslation } from 'react-i18next'
import { Link, useParams } from 'react-router'
import { AnswerBody } from '../../features/help/AnswerBody'
import { type AnswerId, answers, isAnswerId } from '../../features/help/answers'
import { isSight } from '../../features/help/guide'
import { SupportBox } from '../../features/help/SupportBox'
import { WasItHelp } from '../../features/help/WasItHelp'
import { useFormat } from '../../i18n/format'
import { useHelpTexts } from '../../i18n/help-texts'
import { paths } from '../../paths'
import { Button } from '../../ui/Button'
import { NotFoundPage } from '../NotFoundPage'
import { AnswerLinks } from './AnswerLinks'
import { HelpHeading } from './HelpHeading'
import { places } from './places'

/** One answer, at an address of its own. */
export function AnswerPage() {
  const { answerId = '' } = useParams()
  return isAnswerId(answerId) ? <Answer key={answerId} id={answerId} /> : <NotFoundPage />
}

function Answer({ id }: { id: AnswerId }) {
  const { t } = useTranslation('help')
  const format = useFormat()
  const text = useHelpTexts().answers.get(id)
  const { picture, see, sources, checked } = answers[id]
  if (!text) return <NotFoundPage />
  return (
    <article className="help-answer">
      <HelpHeading title={text.title} />
      <AnswerBody text={text} picture={picture} />
      <div className="button-row no-print">
        {isSight(id) && (
          <Link className="button button-primary" to={paths.help.to(places.guide(id))}>
            {t('doIt')}
          </Link>
        )}
        {id === 'medarbejder-uden-mitid' && (
          <Link className="button button-primary" to={paths.help.to(places.letter)}>
            {t('writeLetter')}
          </Link>
        )}
        <Button variant="tertiary" icon="print" onClick={() => print()}>
          {t('print')}
        </Button>
      </div>
      {id === 'kontakt-support' && <SupportBox />}
      <nav className="help-see no-print" aria-labelledby="see-also">
        <h2 id="see-also">{t('see')}</h2>
        <AnswerLinks ids={see} />
      </nav>
      <p className="reason">
        {t('source', {
          names: format.list(sources.map((source) => t(`sources.${source}`))),
          date: format.dateWithYear(checked),
        })}
      </p>
      <WasItHelp>{id === 'kontakt-support' ? null : <SupportBox />}</WasItHelp>
    </article>
  )
}
