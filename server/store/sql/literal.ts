import { type SqlValue, storable } from './database'

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`

/** An array as PostgreSQL writes it. */
const arrayOf = (items: readonly string[]) =>
  `{${items.map((item) => `"${item.replace(/[\\"]/g, '\\$&')}"`).join(',')}}`

/** A value as it stands in a statement, where backslashes mean themselves, as the standard has it. */
export function literal(given: SqlValue): string {
  const value = storable(given)
  if (value === null) return 'null'
  if (typeof value === 'string') return quoted(value)
  return quoted(typeof value === 'object' ? arrayOf(value) : String(value))
}
