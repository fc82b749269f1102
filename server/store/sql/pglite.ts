import { PGlite, type Transaction } from '@electric-sql/pglite'
import type { Connection, Database, SqlValue } from './database'
import { literal } from './literal'

/**
 * PostgreSQL in this process, in a folder of its own: one connection, so that units simply follow one another.
 * @param folder where the data lies; without it they are in memory and end with the process
 */
export async function openPglite(folder?: string): Promise<Database> {
  const db = await PGlite.create(folder)
  /** The statements that the database keeps a plan of, with their names there. */
  const prepared = new Map<string, string>()

  async function nameOf(tx: Transaction, text: string): Promise<string> {
    const known = prepared.get(text)
    if (known !== undefined) return known
    const name = `s${prepared.size}`
    await tx.exec(`prepare ${name} as ${text}`)
    prepared.set(text, name)
    return name
  }

  /** Asking by a plan that is kept takes half as long as `query`, which finds out anew what a statement means. */
  async function execute<Row extends object>(
    tx: Transaction,
    text: string,
    values: readonly SqlValue[],
  ): Promise<Row[]> {
    const name = await nameOf(tx, text)
    const given = values.length > 0 ? `(${values.map(literal).join(', ')})` : ''
    const [result] = await tx.exec(`execute ${name}${given}`)
    // What a statement answers is said where it stands; for `exec` the driver has no way to be told.
    return Object.getOwnPropertyDescriptor(result, 'rows')?.value ?? []
  }

  function connectionOf(tx: Transaction): Connection {
    let last: Promise<unknown> = Promise.resolve()
    const inTurn = <T>(send: () => Promise<T>): Promise<T> => {
      const result = last.then(send)
      last = result.catch(() => {})
      return result
    }
    return {
      query: <Row extends object>(text: string, values: readonly SqlValue[] = []) =>
        inTurn(() => execute<Row>(tx, text, values)),
      run: (script) =>
        inTurn(async () => {
          await tx.exec(script)
        }),
    }
  }
  const inTransaction: Database['unit'] = (work) => db.transaction(async (tx) => work(connectionOf(tx)))

  return {
    unit: inTransaction,
    alone: (_, work) => inTransaction(work),
    read: <Row extends object>(text: string, values?: readonly SqlValue[]) =>
      inTransaction(({ query }) => query<Row>(text, values)),
    listen: async (channel, told) => {
      const stop = await db.listen(channel, () => told())
      return () => stop()
    },
    close: () => db.close(),
  }
}
