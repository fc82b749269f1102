import { parse } from 'csv-parse'

/** One line's cells. */
export interface Row {
  /** The first is 1. */
  line: number
  cells: readonly string[]
}

/** A file that cannot be read on from here. */
export class Unreadable extends Error {
  readonly line: number
  readonly expected: string

  constructor(line: number, expected: string) {
    super(expected)
    this.line = line
    this.expected = expected
  }
}

/** No line of a roster is as long, in bytes; one that is has a quotation mark that nothing ends. */
const LONGEST_LINE = 64 * 1024

const QUOTES = 'quotation marks around a whole cell, each of those inside it doubled'

const lineBreaksIn = (text: string) => text.split('\n').length - 1

/**
 * Reads a CSV file as it comes, in batches of rows. Lines end by LF or CRLF; a byte order mark is passed over.
 * @throws Unreadable where the bytes are no UTF-8 or the quotation marks do not match.
 */
export async function* rowsIn(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<readonly Row[]> {
  const parser = parse({ bom: true, relax_column_count: true, max_record_size: LONGEST_LINE })
  let failure: Error | null = null
  parser.on('error', (error) => {
    failure = error
  })
  const ended = new Promise<void>((resolve) => {
    parser.on('end', resolve).on('close', resolve)
  })

  let line = 1
  const taken = (): Row[] => {
    const rows: Row[] = []
    for (let cells: string[] | null = parser.read(); cells !== null; cells = parser.read()) {
      // An empty line is read as one empty cell.
      if (cells.length > 1 || cells[0] !== '') rows.push({ line, cells })
      line += 1
      for (const cell of cells) if (cell.includes('\n')) line += lineBreaksIn(cell)
    }
    if (failure) throw new Unreadable(line, QUOTES)
    return rows
  }

  const check = utf8Check()
  for await (const chunk of bytes) {
    check(chunk, line)
    parser.write(chunk)
    yield taken()
  }
  check(null, line)
  parser.end()
  const last: Row[] = []
  // The end comes only when everything before it was taken.
  parser.on('readable', () => {
    if (!failure) last.push(...taken())
  })
  await ended
  if (failure) throw new Unreadable(line, QUOTES)
  yield last
}

/** Refuses what is no UTF-8, naming the line as nearly as it is known. */
function utf8Check() {
  const strict = new TextDecoder('utf-8', { fatal: true })
  let isFirst = true
  return (chunk: Uint8Array | null, line: number) => {
    if (isFirst && chunk && (chunk[0] === 0xff || chunk[0] === 0xfe)) {
      throw new Unreadable(1, 'UTF-8; this looks like UTF-16')
    }
    isFirst = false
    try {
      strict.decode(chunk ?? new Uint8Array(), { stream: chunk !== null })
    } catch {
      const [before = ''] = new TextDecoder().decode(chunk ?? new Uint8Array()).split('\uFFFD')
      throw new Unreadable(line + lineBreaksIn(before), 'UTF-8; this looks like another encoding of æ, ø, å')
    }
  }
}
