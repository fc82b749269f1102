import { useTranslation } from 'react-i18next'
import { Button } from '../../ui/Button'
import { SelectField } from '../../ui/SelectField'
import { TextField } from '../../ui/TextField'
import { everything, groups, type Shown, type Who } from './address'

interface ActivityFiltersProps {
  shown: Shown
  onChange: (shown: Shown) => void
  /** Those of the staff to choose from; null in one's own log, which holds nobody else. */
  staff: readonly { id: string; name: string }[] | null
  /** The last day there is. */
  today: string
}

const danishOrder = new Intl.Collator('da')

/** What of a log is shown. */
export function ActivityFilters({ shown, onChange, staff, today }: ActivityFiltersProps) {
  const { t } = useTranslation('activity')
  const { who, group, outcome, from, to } = shown
  const codeOf = (who: Who) => (typeof who === 'string' ? who : `id ${who.id}`)
  const everybody: { who: Who; text: string }[] = [
    { who: 'staff', text: t('whoStaff') },
    { who: 'pupils', text: t('whoPupils') },
    { who: 'everybody', text: t('whoEverybody') },
    ...(staff ?? [])
      .toSorted((a, b) => danishOrder.compare(a.name, b.name))
      .map(({ id, name }) => ({ who: { id }, text: name })),
  ]
  const usual: Who = shown.pupilId === null ? 'staff' : 'everybody'
  const isChanged = Object.values(shown).some((part) => part !== null)

  return (
    <fieldset className="activity-filters">
      <legend className="visually-hidden">{t('filters')}</legend>
      {staff && (
        <SelectField
          label={t('who')}
          value={codeOf(who ?? usual)}
          options={everybody.map((each) => ({ value: codeOf(each.who), text: each.text }))}
          onValueChange={(value) => {
            const chosen = everybody.find((each) => codeOf(each.who) === value)
            if (chosen) onChange({ ...shown, who: value === codeOf(usual) ? null : chosen.who })
          }}
        />
      )}
      <SelectField
        label={t('what')}
        value={group ?? 'anything'}
        options={[
          { value: 'anything', text: t('whatAnything') },
          ...groups.map((value) => ({ value, text: t(`groups.${value}`) })),
        ]}
        onValueChange={(value) =>
          onChange({ ...shown, group: groups.find((each) => each === value) ?? null })
        }
      />
      <SelectField
        label={t('outcome')}
        value={outcome ?? 'both'}
        options={[
          { value: 'both', text: t('outcomeBoth') },
          { value: 'done', text: t('outcomeDone') },
          { value: 'refused', text: t('outcomeRefused') },
        ]}
        onValueChange={(value) => onChange({ ...shown, outcome: value === 'both' ? null : value })}
      />
      <TextField
        type="date"
        label={t('from')}
        max={to ?? today}
        value={from ?? ''}
        onChange={(event) => onChange({ ...shown, from: event.target.value || null })}
      />
      <TextField
        type="date"
        label={t('to')}
        min={from ?? undefined}
        max={today}
        value={to ?? ''}
        onChange={(event) => onChange({ ...shown, to: event.target.value || null })}
      />
      <Button variant="tertiary" aria-disabled={!isChanged} onClick={() => onChange(everything)}>
        {t('clear')}
      </Button>
    </fieldset>
  )
}
