import type { ListedPupil } from '../../../server/take-away/schema'

export interface Group<Row> {
  /** null for those who are in no class. */
  title: string | null
  schoolName: string
  rows: Row[]
}

const classOrder = new Intl.Collator('da', { numeric: true })

/**
 * What is printed together and begins on a sheet of its own: one class or group where it is named, else each class of
 * each school, by name, and last those who are in none. Within a group the order stays.
 */
export function groupsOf<Row extends ListedPupil>(rows: readonly Row[], title?: string): Group<Row>[] {
  const groups = new Map<string, Group<Row>>()
  for (const row of rows) {
    const name = title ?? row.className
    const key = JSON.stringify([row.schoolName, name])
    const group = groups.get(key) ?? { title: name, schoolName: row.schoolName, rows: [] }
    group.rows.push(row)
    groups.set(key, group)
  }
  return [...groups.values()].sort(
    (a, b) =>
      classOrder.compare(a.schoolName, b.schoolName) ||
      Number(a.title === null) - Number(b.title === null) ||
      classOrder.compare(a.title ?? '', b.title ?? ''),
  )
}

/** The rows in sheets of so many. */
export const sheetsOf = <Row>(rows: readonly Row[], perSheet: number): Row[][] =>
  Array.from({ length: Math.ceil(rows.length / perSheet) }, (_, sheet) =>
    rows.slice(sheet * perSheet, (sheet + 1) * perSheet),
  )
