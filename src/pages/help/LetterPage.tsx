import { type FormEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { serverNow } from '../../api/server-clock'
import { Letter, type LetterFields, letterFields } from '../../features/help/Letter'
import { Paper } from '../../features/take-away/Paper'
import { Button } from '../../ui/Button'
import { TextField } from '../../ui/TextField'
import { HelpHeading } from './HelpHeading'
import { useReader } from './people'

/** The letter to the support desk for a member of staff without MitID; it is printed, and kept and sent nowhere. */
export function LetterPage() {
  const { t } = useTranslation('help')
  const session = useReader()
  const [fields, setFields] = useState<LetterFields>(() => ({
    institution: session?.views.schools[0]?.name ?? session?.institutions[0]?.name ?? '',
    number: '',
    name: '',
    username: '',
    sender: session?.person.name ?? '',
  }))
  const [isChecked, setChecked] = useState(false)
  const [isPrinting, setPrinting] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const missing = letterFields.filter((field) => fields[field].trim() === '')

  function submit(event: FormEvent) {
    event.preventDefault()
    setChecked(true)
    const [first] = missing
    if (first) form.current?.querySelector<HTMLInputElement>(`[name=${first}]`)?.focus()
    else setPrinting(true)
  }

  return (
    <>
      <HelpHeading title={t('letter.title')} />
      <p className="lead">{t('letter.lead')}</p>
      <form ref={form} className="help-letter-form" onSubmit={submit} noValidate>
        {letterFields.map((field) => (
          <TextField
            key={field}
            name={field}
            label={t(`letter.${field}`)}
            hint={field === 'number' ? t('letter.numberHint') : null}
            autoComplete="off"
            spellCheck={false}
            value={fields[field]}
            onChange={(event) => setFields({ ...fields, [field]: event.target.value })}
            error={isChecked && missing.includes(field) ? t('letter.missing') : null}
          />
        ))}
        <Button type="submit" variant="primary" icon="print">
          {t('letter.print')}
        </Button>
      </form>
      {isPrinting && (
        <Paper onPrinted={() => setPrinting(false)}>
          <Letter fields={fields} now={serverNow()} />
        </Paper>
      )}
    </>
  )
}
