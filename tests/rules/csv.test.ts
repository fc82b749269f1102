import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { toCsv } from '../../server/csv'

const BOM = '\uFEFF'

/** Reads a file as Excel does in Danish: the cells of each row. */
function read(file: string): string[][] {
  expect(file.startsWith(BOM)).toBe(true)
  const rows: string[][] = []
  let row: string[] = []
  for (const [, quoted, plain = '', end] of file
    .slice(BOM.length)
    .matchAll(/(?:"((?:[^"]|"")*)"|([^;"\r\n]*))(;|\r\n)/g)) {
    row.push(quoted?.replaceAll('""', '"') ?? plain)
    if (end === ';') continue
    rows.push(row)
    row = []
  }
  return rows
}

describe('a file for a spreadsheet', () => {
  test('begins with the byte order mark of UTF-8, and has semicolons and CRLF', () => {
    const file = toCsv([
      ['Navn', 'Klasse'],
      ['Åse Ærø', '2.A'],
    ])
    expect(file).toBe(`${BOM}Navn;Klasse\r\nÅse Ærø;2.A\r\n`)
    expect([...new TextEncoder().encode(file).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  })

  test('quotes what would break a row, and nothing else', () => {
    expect(toCsv([['a;b', 'c"d', 'e\nf', 'g,h', '']])).toBe(`${BOM}"a;b";"c""d";"e\nf";g,h;\r\n`)
  })

  test.each(['=cmd', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1'])(
    'abuse case 22: %j is text and no formula',
    (name) => {
      expect(read(toCsv([[name, 'x']]))).toEqual([[`'${name}`, 'x']])
    },
  )

  test.each(['Anne-Marie', 'a=b', "O'Hara", "'=1", '3', ' =1', '😀', '<b>', '\u202Ehtam'])(
    '%j stays as it is',
    (name) => {
      expect(read(toCsv([[name]]))).toEqual([[name]])
    },
  )

  test('without rows there is nothing but the mark', () => {
    expect(toCsv([])).toBe(BOM)
  })

  test('whatever is written is read again, and no cell begins a formula', () => {
    const cell = fc.oneof(fc.string(), fc.constantFrom('=', '"', ';', '\r\n', '-"', "'=", '@;'))
    fc.assert(
      fc.property(fc.array(fc.array(cell, { minLength: 1 })), (rows) => {
        const found = read(toCsv(rows))
        expect(found.map((row) => row.length)).toEqual(rows.map((row) => row.length))
        for (const [row, cells] of rows.entries()) {
          for (const [place, text] of cells.entries()) {
            const written = found[row]?.[place] ?? ''
            expect(written).not.toMatch(/^[=+\-@\t\r\n]/)
            expect([text, `'${text}`]).toContain(written)
          }
        }
      }),
    )
  })
})
