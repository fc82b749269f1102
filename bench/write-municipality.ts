import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { municipality } from './municipality'
import { csvOf, tablesOf, zipOf } from './roster-export'

/** Writes a municipality's export as a zip. @returns how many lines it has below the headers, and its bytes unpacked */
export function writeMunicipality(folder: string, name: string, pupils: number, later: boolean) {
  const tables = tablesOf(municipality(pupils, later), '1.2')
  const files = Object.fromEntries(
    Object.entries(tables).map(([file, table]) => [file, new TextEncoder().encode(csvOf(table))]),
  )
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, name), zipOf(files))
  return {
    lines: Object.values(tables).reduce((sum, { rows }) => sum + rows.length, 0),
    bytes: Object.values(files).reduce((sum, { length }) => sum + length, 0),
  }
}
