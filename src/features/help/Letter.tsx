import '../../styles/help.scss'
import '../../styles/paper.scss'
import { useTranslation } from 'react-i18next'
import { useFormat } from '../../i18n/format'

/** What the support desk needs to send a password to the right school for the right person. [source document 004] */
export const letterFields = ['institution', 'number', 'name', 'username', 'sender'] as const
export type LetterFields = Record<(typeof letterFields)[number], string>

/**
 * One sheet, ready to be signed.
 * @param now milliseconds since 1970
 */
export function Letter({ fields, now }: { fields: LetterFields; now: number }) {
  const { t } = useTranslation('help')
  const format = useFormat()
  return (
    <div className="letter">
      <p>{t('letter.to')}</p>
      <p className="letter-date">{format.dateWithYear(new Date(now).toISOString())}</p>
      <h1>{t('letter.subject')}</h1>
      <p>{t('letter.body')}</p>
      <dl>
        {letterFields
          .filter((field) => field !== 'sender')
          .map((field) => (
            <div key={field}>
              <dt>{t(`letter.${field}`)}</dt>
              <dd>{fields[field].trim()}</dd>
            </div>
          ))}
      </dl>
      <p>{t('letter.regards')}</p>
      <p className="letter-signature">
        {fields.sender.trim()}
        <br />
        {t('letter.role')}, {fields.institution.trim()}
      </p>
    </div>
  )
}
