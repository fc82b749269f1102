import '../../styles/help.scss'
import { useTranslation } from 'react-i18next'
import { type AnswerPart, type AnswerText, readers } from '../../i18n/help-texts'
import type { Picture } from './answers'
import { Screen } from './Screen'

/** What an answer says: in short, what stands on the screen, then what everybody and each role can do. */
export function AnswerBody({ text, picture }: { text: AnswerText; picture: Picture | undefined }) {
  const { t } = useTranslation('help')
  return (
    <>
      <p className="lead">{text.short}</p>
      {(picture || text.messages) && (
        <figure className="help-seen">
          {picture && <Screen picture={picture} />}
          {text.messages && (
            <figcaption>
              {t('onScreen')}
              <ul>
                {text.messages.map((message) => (
                  // Unilogin speaks Danish, whatever the language of this page.
                  <li key={message} lang="da">
                    “{message}”
                  </li>
                ))}
              </ul>
            </figcaption>
          )}
        </figure>
      )}
      {readers.map((who) => {
        const part = text[who]
        return (
          part && (
            <section key={who} className="help-part" aria-labelledby={`for-${who}`}>
              <h2 id={`for-${who}`}>{t(`readers.${who}`)}</h2>
              <Part part={part} />
            </section>
          )
        )
      })}
    </>
  )
}

function Part({ part: { text, causes = [], steps = [] } }: { part: AnswerPart }) {
  return (
    <>
      {text && <p>{text}</p>}
      {causes.length > 0 && (
        <ul className="help-causes">
          {causes.map(({ cause, check }) => (
            <li key={cause}>
              <strong>{cause}</strong> {check}
            </li>
          ))}
        </ul>
      )}
      {steps.length > 0 && (
        <ol>
          {steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
      )}
    </>
  )
}
