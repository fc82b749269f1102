import { type KeyboardEvent, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Deed } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'
import { select, useSelection, useTick } from '../../features/pupils/selection'
import { Checkbox } from '../../ui/Checkbox'
import { PupilRow } from './PupilRow'

interface PupilTableProps {
  classId: string
  name: string
  pupils: readonly Pupil[]
  showHomeClass: boolean
  highlightedId: string | null
  onAct: (deed: Deed) => void
}

/** The pupils of a class with everything that can be done for each. The arrow keys go from row to row. */
export function PupilTable({ classId, name, pupils, showHomeClass, highlightedId, onAct }: PupilTableProps) {
  const { t } = useTranslation('pupils')
  const tick = useTick(classId, pupils)

  return (
    <table className="data-table" role="table" aria-label={t('tableOf', { name })}>
      <thead role="rowgroup">
        <tr role="row">
          <th role="columnheader" scope="col" className="cell-select">
            <span className="visually-hidden">{t('selection')}</span>
          </th>
          <th role="columnheader" scope="col" className="cell-name">
            {t('pupil')}
          </th>
          <th role="columnheader" scope="col" className="cell-username">
            {t('username')}
          </th>
          <th role="columnheader" scope="col" className="cell-status">
            {t('status')}
          </th>
          <th role="columnheader" scope="col" className="cell-actions">
            {t('actions')}
          </th>
        </tr>
      </thead>
      <tbody role="rowgroup" onKeyDown={moveBetweenRows}>
        {pupils.map((pupil) => (
          <PupilRow
            key={pupil.id}
            pupil={pupil}
            classId={classId}
            showHomeClass={showHomeClass}
            highlighted={pupil.id === highlightedId}
            onTick={tick}
            onAct={onAct}
          />
        ))}
      </tbody>
    </table>
  )
}

/** "Vælg alle": takes those who can be helped, and lets go of all where all are taken. */
export function SelectAll({ classId, pupils }: { classId: string; pupils: readonly Pupil[] }) {
  const { t } = useTranslation('pupils')
  const selection = useSelection(classId)
  const helpable = pupils.filter((pupil) => pupil.can.giveNewPassword.allowed)
  const allTicked = helpable.length > 0 && helpable.every((pupil) => selection.has(pupil.id))
  // Somebody who has left the class may still be among the ticked.
  const anyTicked = pupils.some((pupil) => selection.has(pupil.id))
  const nobodyId = useId()
  return (
    <div className="select-all">
      <Checkbox
        label={t('selectAll')}
        checked={allTicked}
        indeterminate={!allTicked && anyTicked}
        aria-describedby={helpable.length === 0 ? nobodyId : undefined}
        onChange={() => select(classId, allTicked ? [] : helpable.map((pupil) => pupil.id))}
      />
      {helpable.length === 0 && (
        <p id={nobodyId} className="reason">
          {t('nobodyToSelect')}
        </p>
      )}
    </div>
  )
}

/** Up and down go to the same control in the next row, or to the row itself where it has none. */
function moveBetweenRows(event: KeyboardEvent<HTMLTableSectionElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
  if (!(event.target instanceof Element)) return
  const cell = event.target.closest<HTMLTableCellElement>('td, th')
  const row = cell?.closest('tr')
  const next = event.key === 'ArrowDown' ? row?.nextElementSibling : row?.previousElementSibling
  if (!cell || !(next instanceof HTMLTableRowElement)) return
  event.preventDefault()
  const place = [...cell.querySelectorAll('button, input')].indexOf(event.target)
  const controls = next.cells[cell.cellIndex]?.querySelectorAll<HTMLElement>('button, input')
  const target = controls?.[place] ?? controls?.[0] ?? next.querySelector<HTMLElement>('th')
  target?.focus()
}

/** Puts the focus on a pupil's row and brings it into sight. */
export function focusRow(pupilId: string): boolean {
  const row = document.querySelector(`tr[data-pupil="${CSS.escape(pupilId)}"]`)
  const name = row?.querySelector<HTMLElement>('th')
  name?.focus({ preventScroll: true })
  row?.scrollIntoView?.({ block: 'center' })
  return document.activeElement === name && name !== undefined
}
