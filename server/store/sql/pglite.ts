import { PGlite, type Transaction } from '@electric-sql/pglite'
import { type Connection, type Database, storable } from './database'

/**
 * PostgreSQL in this process, in a folder of its own: one connection, so that units simply follow one another.
 * @param folder where the data lies; without it they are in memory and end with the process
 */
export async function openPglite(folder?: string): Promise<Database> {
  const db = await PGlite.create(folder)

  const connectionOf = (tx: Transaction): Connection => ({
    query: async <Row extends object>(text: string, values: Parameters<Connection['query']>[1] = []) =>
      (await tx.query<Row>(text, values.map(storable))).rows,
    run: async (script) => {
      await tx.exec(script)
    },
  })
  const inTransaction: Database['unit'] = (work) => db.transaction(async (tx) => work(connectionOf(tx)))

  return {
    unit: inTransaction,
    alone: (_, work) => inTransaction(work),
    read: async <Row extends object>(text: string, values: Parameters<Connection['query']>[1] = []) =>
      (await db.query<Row>(text, values.map(storable))).rows,
    listen: async (channel, told) => {
      const stop = await db.listen(channel, () => told())
      return () => stop()
    },
    close: () => db.close(),
  }
}
