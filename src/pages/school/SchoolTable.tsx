import { defaultRangeExtractor, type Range, useWindowVirtualizer } from '@tanstack/react-virtual'
import { type FocusEvent, type KeyboardEvent, useCallback, useLayoutEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Deed } from '../../api/pupil-actions'
import type { Pupil } from '../../api/pupil-cache'
import { type SortColumn, sortColumns, type Wanted } from '../../features/pupils/filters'
import { useTick } from '../../features/pupils/selection'
import { SchoolRow } from './SchoolRow'

interface SchoolTableProps {
  institutionId: string
  selectionKey: string
  name: string
  pupils: readonly Pupil[]
  sort: Wanted['sort']
  onSort: (sort: Wanted['sort']) => void
  onAct: (deed: Deed) => void
}

/** A row's height before it is measured, in rem of 10 px; see .school-table. */
const USUAL_ROW_REM = 6.1
const ROWS_BEYOND_THE_WINDOW = 6
const PIXELS_IN_REM = 10
const HEADER_ROWS = 1

/**
 * A school's pupils: however many there are, only the rows in sight are in the page, and the one that has the focus.
 * Screen readers are told the number of each row and of all.
 */
export function SchoolTable({
  institutionId,
  selectionKey,
  name,
  pupils,
  sort,
  onSort,
  onAct,
}: SchoolTableProps) {
  const { t } = useTranslation('wholeSchool')
  const { t: pupilWords } = useTranslation('pupils')
  const table = useRef<HTMLTableElement>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const [top, setTop] = useState(0)
  // Drawn anew with each move, so that the next row is there for the next key, however fast they come.
  const [focusedIndex, setFocusedIndex] = useState<number | null>(null)
  // What stands above the table may grow: a report, a line more of filters.
  useLayoutEffect(() => {
    const measure = () => {
      const rows = body.current
      if (rows) setTop(Math.round(rows.getBoundingClientRect().top + scrollY))
    }
    measure()
    if (typeof ResizeObserver === 'undefined') return
    const observer = new ResizeObserver(measure)
    observer.observe(document.body)
    return () => observer.disconnect()
  }, [])

  const virtualizer = useWindowVirtualizer({
    count: pupils.length,
    estimateSize: usualRowHeight,
    // A table that is not laid out, as in a page that is printed, has rows without height.
    measureElement: (row) => row.getBoundingClientRect().height || usualRowHeight(),
    overscan: ROWS_BEYOND_THE_WINDOW,
    scrollMargin: top,
    getItemKey: (index) => pupils[index]?.id ?? index,
    rangeExtractor: useCallback((range: Range) => withFocused(range, focusedIndex), [focusedIndex]),
  })
  const rows = virtualizer.getVirtualItems()

  const tick = useTick(selectionKey, pupils)

  function noteFocus(event: FocusEvent) {
    const row = event.target.closest<HTMLElement>('tr[data-index]')
    setFocusedIndex(row ? Number(row.dataset.index) : null)
  }

  /** Up and down go to the same control of the next row, which is drawn for it where it is out of sight. */
  function moveBetweenRows(event: KeyboardEvent<HTMLTableSectionElement>) {
    const step = steps[event.key]
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return
    if (!(event.target instanceof HTMLElement)) return
    const cell = event.target.closest<HTMLTableCellElement>('td, th')
    const row = cell?.closest<HTMLTableRowElement>('tr[data-index]')
    if (!cell || !row) return
    const next = Number(row.dataset.index) + step
    if (next < 0 || next >= pupils.length) return
    event.preventDefault()
    const place = [...cell.querySelectorAll(controls)].indexOf(event.target)
    const nextRow = body.current?.querySelector<HTMLTableRowElement>(`tr[data-index="${next}"]`)
    const inNext = nextRow?.cells[cell.cellIndex]?.querySelectorAll<HTMLElement>(controls)
    const target = inNext?.[Math.max(0, place)] ?? inNext?.[0] ?? nextRow?.querySelector<HTMLElement>('a')
    target?.focus()
  }

  const before = gapBefore(rows, top)
  return (
    <table
      ref={table}
      className="data-table school-table"
      role="table"
      aria-label={t('tableOf', { name })}
      aria-rowcount={pupils.length + HEADER_ROWS}
    >
      <thead role="rowgroup">
        <tr role="row" aria-rowindex={HEADER_ROWS}>
          <th role="columnheader" scope="col" className="cell-select">
            <span className="visually-hidden">{pupilWords('selection')}</span>
          </th>
          {sortColumns.slice(0, 2).map((column) => (
            <SortableHeader key={column} column={column} sort={sort} onSort={onSort} />
          ))}
          <th role="columnheader" scope="col" className="cell-status">
            {pupilWords('status')}
          </th>
          {sortColumns.slice(2).map((column) => (
            <SortableHeader key={column} column={column} sort={sort} onSort={onSort} />
          ))}
          <th role="columnheader" scope="col" className="cell-actions">
            {pupilWords('actions')}
          </th>
        </tr>
      </thead>
      <tbody
        ref={body}
        role="rowgroup"
        onKeyDown={moveBetweenRows}
        onFocus={noteFocus}
        onBlur={() => setFocusedIndex(null)}
      >
        {before > 0 && <Gap height={before} />}
        {rows.flatMap((item, position) => {
          const pupil = pupils[item.index]
          if (!pupil) return []
          const last = rows[position - 1]
          const gap = last ? item.start - last.end : 0
          return [
            gap > 1 && <Gap key={`before ${pupil.id}`} height={gap} />,
            <SchoolRow
              key={pupil.id}
              ref={virtualizer.measureElement}
              index={item.index}
              rowIndex={item.index + HEADER_ROWS + 1}
              pupil={pupil}
              institutionId={institutionId}
              selectionKey={selectionKey}
              onTick={tick}
              onAct={onAct}
            />,
          ]
        })}
        <Gap height={Math.max(0, virtualizer.getTotalSize() - ((rows.at(-1)?.end ?? top) - top))} />
      </tbody>
    </table>
  )
}

const steps: Readonly<Record<string, 1 | -1>> = { ArrowDown: 1, ArrowUp: -1 }
const controls = 'a, button, input'

/**
 * The rows in sight, and the one with the focus, which must not go when it is scrolled away; with its neighbours, to
 * which the arrow keys lead.
 */
function withFocused(range: Range, focused: number | null): number[] {
  const inSight = defaultRangeExtractor(range)
  if (focused === null) return inSight
  const around = [focused - 1, focused, focused + 1].filter((index) => index >= 0 && index < range.count)
  return [...new Set([...inSight, ...around])].sort((a, b) => a - b)
}

const gapBefore = (rows: readonly { start: number }[], top: number) =>
  Math.max(0, (rows[0]?.start ?? top) - top)

const usualRowHeight = () =>
  USUAL_ROW_REM * (Number.parseFloat(getComputedStyle(document.documentElement).fontSize) || PIXELS_IN_REM)

/** Stands for the rows that are not drawn. */
function Gap({ height }: { height: number }) {
  return (
    // biome-ignore lint/a11y/noAriaHiddenOnFocusable: an empty row takes no focus
    <tr className="table-gap" aria-hidden="true">
      <td style={{ height }} />
    </tr>
  )
}

interface SortableHeaderProps {
  column: SortColumn
  sort: Wanted['sort']
  onSort: (sort: Wanted['sort']) => void
}

function SortableHeader({ column, sort, onSort }: SortableHeaderProps) {
  const { t } = useTranslation('wholeSchool')
  const isSorted = sort.by === column
  return (
    <th
      role="columnheader"
      scope="col"
      className={`cell-${column}`}
      aria-sort={isSorted ? (sort.descending ? 'descending' : 'ascending') : undefined}
    >
      <button
        type="button"
        className="sort-button"
        onClick={() => onSort({ by: column, descending: isSorted && !sort.descending })}
      >
        {t(`columns.${column}`)}
      </button>
    </th>
  )
}
