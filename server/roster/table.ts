import type { Columns } from './columns'
import { type Row, rowsIn, Unreadable } from './csv'
import type { Faults } from './faults'

/** One line of a file, its cells by the names of their columns. */
export interface Line {
  readonly number: number
  /** What stands in the column, without spaces around it; nothing where the file has no such column. */
  cell(column: string): string
  has(column: string): boolean
  /** The cell as a list: OneRoster puts commas between. */
  list(column: string): string[]
  fault(column: string, expected: string): void
}

interface Source {
  /** `users.csv` */
  file: string
  bytes: AsyncIterable<Uint8Array>
  columns: Columns
}

/**
 * Reads a file line by line, once its header is right.
 * @returns whether it could be read to its end, so that what is not in it is nowhere.
 */
export async function readTable(
  { file, bytes, columns }: Source,
  faults: Faults,
  each: (line: Line) => void,
): Promise<boolean> {
  let header: Map<string, number> | null = null
  let width = 0
  let lines = 0
  let isWhole = true
  try {
    for await (const rows of rowsIn(bytes)) {
      for (const row of rows) {
        if (header === null) {
          header = headerOf(file, row, columns, faults)
          if (header === null) return false
          width = row.cells.length
        } else {
          lines += 1
          if (row.cells.length === width) each(lineOf(file, row, header, faults))
          else {
            // Whose line it is cannot be known, so what refers to it is no fault.
            isWhole = false
            faults.add(
              file,
              row.line,
              null,
              `${width} cells, as in the header; there are ${row.cells.length}`,
            )
          }
        }
      }
    }
  } catch (error) {
    if (!(error instanceof Unreadable)) throw error
    faults.add(file, error.line, null, error.expected)
    return false
  }
  if (header === null) faults.add(file, null, null, 'a header: the file is empty')
  else if (lines === 0) faults.add(file, null, null, 'at least one line below the header')
  return lines > 0 && isWhole
}

function lineOf(file: string, { line, cells }: Row, header: Map<string, number>, faults: Faults): Line {
  const cell = (column: string) => cells[header.get(column) ?? -1]?.trim() ?? ''
  return {
    number: line,
    cell,
    has: (column) => header.has(column),
    list: (column) =>
      cell(column)
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== ''),
    fault: (column, expected) => faults.add(file, line, column, expected),
  }
}

/** The place of each column, or null where the header is not what OneRoster asks for. */
function headerOf(file: string, { line, cells }: Row, { read, passed }: Columns, faults: Faults) {
  const names = cells.map((cell) => cell.trim())
  const separator = [';', '\t', '|'].find((sign) => names.length === 1 && names[0]?.includes(sign))
  if (separator !== undefined) {
    const shown = separator === '\t' ? 'a tab' : `“${separator}”`
    faults.add(file, line, null, `commas between the columns; here it is ${shown}`)
    return null
  }
  const before = faults.count
  const known = new Set([...read, ...passed])
  for (const name of read.filter((each) => !names.includes(each))) {
    const alike = names.find((each) => each.toLowerCase() === name.toLowerCase())
    const hint = alike === undefined ? '' : `; “${alike}” is spelt otherwise`
    faults.add(file, line, name, `this column${hint}`)
  }
  for (const [place, name] of names.entries()) {
    const isSpeltOtherwise = read.some((each) => each !== name && each.toLowerCase() === name.toLowerCase())
    if (names.indexOf(name) !== place) faults.add(file, line, name, 'each column once')
    else if (!known.has(name) && !name.startsWith('metadata.') && !isSpeltOtherwise) {
      faults.add(
        file,
        line,
        `number ${place + 1}`,
        'a column of OneRoster, or one that begins with “metadata.”',
      )
    }
  }
  return faults.count === before ? new Map(names.map((name, place) => [name, place])) : null
}
