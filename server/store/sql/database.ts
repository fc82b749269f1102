import type { DatabaseLoad } from '../store'

/** What a statement may be given. Lists become arrays of PostgreSQL; documents are given as text of JSON. */
export type SqlValue = string | number | boolean | null | readonly string[]

/** One transaction's way to the database. What is asked side by side travels together, and is carried out in turn. */
export interface Connection {
  /**
   * What a statement finds.
   * @param text a constant: the database keeps its plan; what differs goes into `values` as $1, $2 …
   */
  query<Row extends object>(text: string, values?: readonly SqlValue[]): Promise<Row[]>
  /** A statement that writes, and finds nothing. */
  change(text: string, values?: readonly SqlValue[]): Promise<void>
  /** Several statements at once, without values. */
  run(script: string): Promise<void>
}

/** PostgreSQL, embedded or as a server: the little that the SQL store asks of either. */
export interface Database {
  /**
   * One unit of work in a transaction of its own. Units on the same data follow one another: where two have met, one
   * is undone and `work` called again, so it may change nothing outside its transaction that a second call does not
   * set right.
   * @throws whatever `work` throws, after everything is undone.
   */
  unit<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /** Statements that only read, and see one moment. It waits for no unit, and none for it. */
  look<T>(work: (connection: Connection) => Promise<T>): Promise<T>
  /**
   * A long unit beside all others: it sees the data as they were when it began, and where another unit has meanwhile
   * changed what it changes, it begins anew, at last alone. Those of the same table follow one another.
   * @param table a table that nothing else writes into
   */
  long<T>(table: string, work: (connection: Connection) => Promise<T>): Promise<T>
  /** A transaction that only one process at a time may be in, of those that give the same lock. */
  alone<T>(lock: number, work: (connection: Connection) => Promise<T>): Promise<T>
  /** One statement that reads. */
  read<Row extends object>(text: string, values?: readonly SqlValue[]): Promise<Row[]>
  /**
   * Calls `told` for each notification on the channel, from any process, and `lost` where the line breaks and
   * notifications may be missed. @returns how to stop.
   */
  listen(channel: string, told: () => void, lost: () => void): Promise<() => Promise<void>>
  /** Makes room where rows were taken out, and counts anew what plans are made by. */
  tidy(): Promise<void>
  load(): DatabaseLoad
  close(): Promise<void>
}

/**
 * Said to every connection: all that is looked for has an index, whatever is known of a table's size. So rows are found
 * one by one along it, and a table is never gone through as a whole, not even to join it: after an import the plans are
 * the right ones at once, and what a unit has looked at meets few others. A plan is the same whatever is asked for, so
 * that it is made once.
 */
export const PLANS = `set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off; set jit = off;
  set plan_cache_mode = force_generic_plan`

/** The locks of `alone`: any numbers, as long as they differ. */
export const LOCKS = { migrations: 7_201, events: 7_202, upkeep: 7_203, activity: 7_206 } as const

const unstorable = /[\0\p{Surrogate}]/gu

/** PostgreSQL keeps neither the sign nought nor half of a sign; in their place stands the sign for such. */
const storableText = (text: string) => text.replace(unstorable, '\uFFFD')

export function storable(value: SqlValue): SqlValue {
  if (typeof value === 'string') return storableText(value)
  return Array.isArray(value) ? value.map(storableText) : value
}

/** A document as a value. */
export const json = (document: object | null): string | null =>
  document === null
    ? null
    : JSON.stringify(document, (_, value) => (typeof value === 'string' ? storableText(value) : value))

/**
 * The statement that finds the same as one document: the database writes it and the platform reads it much faster than
 * a driver takes rows apart, and moments, lists and documents arrive as what they are.
 */
export const asDocument = (text: string): string =>
  `select coalesce(json_agg(found_row), '[]')::text as found from (${text}) as found_row`

/** The code that PostgreSQL gives with an error, such as `40001`. */
export const sqlStateOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null

/** What a database that only reads answers to a unit: that it may not write, or, as a standby, that it has none in order. */
export const READS_ONLY: ReadonlySet<string> = new Set(['25006', '0A000'])

/**
 * Errors of the database that pass by themselves: its connections, its room, its stops and starts, its disk, and that it
 * has become a standby.
 */
const PASSING = /^(08|53|57P|58)/

export function isOutOfReach(error: unknown): boolean {
  const code = sqlStateOf(error) ?? ''
  return PASSING.test(code) || READS_ONLY.has(code)
}

/** The files of an embedded database are there, and no database comes of them. */
export class CannotOpen extends Error {}
