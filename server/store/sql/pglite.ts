import { PGlite, type Transaction } from '@electric-sql/pglite'
import { Unavailable } from '../../problems'
import { type Duration, seconds } from '../../time'
import {
  asDocument,
  CannotOpen,
  type Connection,
  type Database,
  isOutOfReach,
  PLANS,
  type SqlValue,
} from './database'
import { literal } from './literal'

/** A disk that is full is not emptied sooner. */
const TRY_AGAIN: Duration = seconds(30)

/**
 * PostgreSQL in this process, in a folder of its own: one connection, so that units simply follow one another.
 * @param folder where the data lies; without it they are in memory and end with the process
 */
export async function openPglite(folder?: string): Promise<Database> {
  const db = await PGlite.create(folder).catch((error: unknown) => {
    throw new CannotOpen(String(error), { cause: error })
  })
  await db.exec(PLANS)
  /** The statements that the database keeps a plan of, with their names there. */
  const prepared = new Map<string, string>()

  async function nameOf(tx: Transaction, text: string, statement: (text: string) => string): Promise<string> {
    const known = prepared.get(text)
    if (known !== undefined) return known
    const name = `s${prepared.size}`
    await tx.exec(`prepare ${name} as ${statement(text)}`)
    prepared.set(text, name)
    return name
  }

  /** Asking by a plan that is kept takes half as long as `query`, which finds out anew what a statement means. */
  async function execute(
    tx: Transaction,
    text: string,
    values: readonly SqlValue[],
    statement = (text: string) => text,
  ) {
    const name = await nameOf(tx, text, statement)
    const given = values.length > 0 ? `(${values.map(literal).join(', ')})` : ''
    const [result] = await tx.exec(`execute ${name}${given}`)
    return result?.rows[0]
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
        inTurn(async (): Promise<Row[]> => JSON.parse((await execute(tx, text, values, asDocument))?.found)),
      change: (text, values = []) =>
        inTurn(async () => {
          await execute(tx, text, values)
        }),
      run: (script) =>
        inTurn(async () => {
          await tx.exec(script)
        }),
    }
  }
  /** Units that have the connection, or wait for it. */
  let units = 0
  const inTransaction: Database['unit'] = async (work) => {
    units += 1
    try {
      return await db.transaction(async (tx) => work(connectionOf(tx)))
    } catch (error) {
      throw isOutOfReach(error) ? new Unavailable(TRY_AGAIN / seconds(1), error) : error
    } finally {
      units -= 1
    }
  }

  return {
    unit: inTransaction,
    look: inTransaction,
    long: (_, work) => inTransaction(work),
    alone: (_, work) => inTransaction(work),
    read: <Row extends object>(text: string, values?: readonly SqlValue[]) =>
      inTransaction(({ query }) => query<Row>(text, values)),
    listen: async (channel, told) => {
      const stop = await db.listen(channel, () => told())
      return () => stop()
    },
    async tidy() {
      await db.exec('vacuum analyze')
    },
    load: () => ({ open: 1, idle: units === 0 ? 1 : 0, waiting: Math.max(0, units - 1), retries: 0 }),
    close: () => db.close(),
  }
}
