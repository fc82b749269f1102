import { expect, test } from 'vitest'
import { ALIAS_COLUMN, SIGN_IN_KIND_COLUMN } from '../../server/roster/columns'
import { USAGE } from '../../server/roster/command'
import { FAULTS_TOLD } from '../../server/roster/faults'
import { gradeMeanings } from '../../server/roster/mapping'
import { GONE_KEPT } from '../../server/roster/rules'
import { docTables } from '../../server/roster/tables'
import { exitCodes } from '../../server/roster/tell'
import { days } from '../../server/time'
import { read } from '../architecture/sources'

const doc = read('docs/oneroster.md')

test.each(docTables)('docs/oneroster.md has the table\n%s', (table) => expect(doc).toContain(table))

test('docs/oneroster.md names the columns, options, exit codes and bounds of the code', () => {
  for (const word of [ALIAS_COLUMN, SIGN_IN_KIND_COLUMN, ...(USAGE.match(/--[a-z-]+/g) ?? [])]) {
    expect(doc).toContain(`\`${word}`)
  }
  for (const code of Object.values(exitCodes)) expect(doc).toContain(`| ${code} | `)
  expect(doc).toContain(`Kept for ${GONE_KEPT / days(1)} days`)
  expect(doc).toContain(`The first ${FAULTS_TOLD} are told`)
})

test('every Danish year has its grade, with and without a nought before it', () => {
  expect(Object.entries(gradeMeanings).filter(([, year]) => typeof year === 'number')).toHaveLength(22)
  for (let year = 0; year <= 10; year++) {
    expect([gradeMeanings[String(year)], gradeMeanings[String(year).padStart(2, '0')]]).toEqual([year, year])
  }
})
