import type { Ref } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type FilterCounts,
  isEverybody,
  type PolicyFilter,
  policyFilters,
  type StatusFilter,
  statusFilters,
  type Wanted,
} from '../../features/pupils/filters'
import type { ClassAtSchool } from '../../features/whole-school/rows'
import { useFormat } from '../../i18n/format'
import { Button } from '../../ui/Button'
import { Select } from '../../ui/Select'
import { TextField } from '../../ui/TextField'

interface SchoolFiltersProps {
  wanted: Wanted
  counts: FilterCounts
  classes: readonly ClassAtSchool[]
  searchRef: Ref<HTMLInputElement>
  onChange: (change: Partial<Wanted>) => void
  onReset: () => void
}

/** The search and the filters of a school's list, each choice with the number of pupils it would show. */
export function SchoolFilters({ wanted, counts, classes, searchRef, onChange, onReset }: SchoolFiltersProps) {
  const { t } = useTranslation('wholeSchool')
  const { t: pupils } = useTranslation('pupils')
  const format = useFormat()
  const choice = (label: string, count = 0) => t('choice', { label, count: format.number(count) })
  const years = [...new Set(classes.flatMap(({ year }) => year ?? []))].sort((a, b) => a - b)
  const policyLabel = (policy: PolicyFilter) =>
    policy === 'overridden' ? t('policyOverridden') : pupils(policy)
  const groups = [
    { kind: 'class', label: t('classes') },
    { kind: 'group', label: t('groups') },
  ] as const

  return (
    <search className="list-filters" aria-label={t('filters')}>
      <div className="list-filters-fields">
        <TextField
          ref={searchRef}
          label={t('search')}
          type="search"
          value={wanted.text}
          autoComplete="off"
          spellCheck={false}
          onChange={(event) => onChange({ text: event.target.value })}
        />
        <Select
          label={t('class')}
          value={wanted.classId ?? ''}
          onChange={(event) => onChange({ classId: event.target.value || null })}
        >
          <option value="">{t('allClasses')}</option>
          {groups.map(({ kind, label }) => (
            <optgroup key={kind} label={label}>
              {classes
                .filter((each) => each.kind === kind)
                .map(({ id, name }) => (
                  <option key={id} value={id}>
                    {choice(name, counts.classes.get(id))}
                  </option>
                ))}
            </optgroup>
          ))}
        </Select>
        <Select
          label={t('year')}
          value={wanted.year ?? ''}
          onChange={(event) =>
            onChange({ year: event.target.value === '' ? null : Number(event.target.value) })
          }
        >
          <option value="">{t('allYears')}</option>
          {years.map((year) => (
            <option key={year} value={year}>
              {choice(t('yearName', { year }), counts.years.get(year))}
            </option>
          ))}
        </Select>
        <Select
          label={t('policy')}
          value={wanted.policy ?? ''}
          onChange={(event) =>
            onChange({ policy: policyFilters.find((policy) => policy === event.target.value) ?? null })
          }
        >
          <option value="">{t('allPolicies')}</option>
          {policyFilters.map((policy) => (
            <option key={policy} value={policy}>
              {choice(policyLabel(policy), counts.policies[policy])}
            </option>
          ))}
        </Select>
      </div>
      <fieldset className="filter-chips">
        <legend className="visually-hidden">{t('status')}</legend>
        {statusFilters.map((status) => (
          <FilterChip
            key={status}
            label={t(`statuses.${status}`)}
            count={counts.statuses[status]}
            pressed={wanted.statuses.includes(status)}
            onPress={() => onChange({ statuses: toggled(wanted.statuses, status) })}
          />
        ))}
        {!isEverybody(wanted) && (
          <Button variant="tertiary" size="small" onClick={onReset}>
            {t('resetFilters')}
          </Button>
        )}
      </fieldset>
    </search>
  )
}

const toggled = (statuses: readonly StatusFilter[], status: StatusFilter) =>
  statuses.includes(status) ? statuses.filter((each) => each !== status) : [...statuses, status]

interface FilterChipProps {
  label: string
  count: number
  pressed: boolean
  onPress: () => void
}

function FilterChip({ label, count, pressed, onPress }: FilterChipProps) {
  const format = useFormat()
  return (
    <button
      type="button"
      className="filter-chip"
      aria-pressed={pressed}
      data-empty={count === 0 || undefined}
      onClick={onPress}
    >
      {label} <span className="filter-chip-count">{format.number(count)}</span>
    </button>
  )
}
