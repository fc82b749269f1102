import { Client, type ClientBase, Pool } from 'pg'
import { type Duration, seconds } from '../../time'
import {
  asDocument,
  type Connection,
  type Database,
  PLANS,
  type SqlValue,
  sqlStateOf,
  storable,
} from './database'

/** What two units that have met get from PostgreSQL: it could not put them into an order, or they wait for each other. */
const MET_ANOTHER = new Set(['40001', '40P01'])

/**
 * How a unit stands in line, try by try. At first it runs beside all others; whoever has met another queues with those
 * that have, too; who still got nowhere has the database alone, and so cannot fail again.
 */
const TRIES = [
  'row share',
  'share update exclusive',
  'share update exclusive',
  'share update exclusive',
  'exclusive',
] as const

/** Where no connection is free for so long, the database hangs: whoever asks is told, instead of waiting for good. */
const LONGEST_WAIT: Duration = seconds(10)

/**
 * Units are serialisable: PostgreSQL sees where two have met. It notes what each has looked at, and so a scan of a whole
 * table would meet everybody who writes into it.
 */
const EVERY_CONNECTION = `set default_transaction_isolation = 'serializable'; ${PLANS}`

/** Statements get short names, by which each connection keeps their plans. */
const names = new Map<string, string>()
function nameOf(text: string): string {
  const name = names.get(text) ?? `s${names.size}`
  names.set(text, name)
  return name
}

const documents = new Map<string, string>()
function documentOf(text: string): string {
  const document = documents.get(text) ?? asDocument(text)
  documents.set(text, document)
  return document
}

async function found<Row extends object>(
  at: Pick<ClientBase, 'query'>,
  text: string,
  values: readonly SqlValue[],
): Promise<Row[]> {
  const { rows } = await at.query({
    name: nameOf(text),
    text: documentOf(text),
    values: values.map(storable),
  })
  return JSON.parse(rows[0]?.found)
}

/** Sends one statement after the other, and remembers whether one of them has met another unit. */
function connectionOf(client: ClientBase) {
  let last: Promise<unknown> = Promise.resolve()
  let metAnother = false
  const inTurn = <T>(send: () => Promise<T>): Promise<T> => {
    const result = last.then(send)
    last = result.catch((error) => {
      metAnother ||= MET_ANOTHER.has(sqlStateOf(error) ?? '')
    })
    return result
  }
  const connection: Connection = {
    query: <Row extends object>(text: string, values: readonly SqlValue[] = []) =>
      inTurn(() => found<Row>(client, text, values)),
    change: (text, values = []) =>
      inTurn(async () => {
        await client.query({ name: nameOf(text), text, values: values.map(storable) })
      }),
    run: (script) =>
      inTurn(async () => {
        await client.query(script)
      }),
  }
  return {
    connection,
    metAnother: () => metAnother,
    /** When all that was sent is answered, also what nobody waited for. */
    settled: () => last,
  }
}

interface Opening {
  /** As in `postgresql://user:password@host/database`. */
  url: string
  /** How many units may run side by side; the others wait. */
  connections?: number
  /** Told where a connection that nobody uses breaks; the next unit opens another. */
  onBroken?: ((error: Error) => void) | undefined
}

/** A PostgreSQL server, which several processes may share. */
export function openPostgres({ url, connections = 10, onBroken }: Opening): Database {
  const pool = new Pool({
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: LONGEST_WAIT,
    onConnect: (client) => client.query(EVERY_CONNECTION),
  })
  pool.on('error', (error) => onBroken?.(error))
  // A connection may break while its unit is busy with something else: the unit finds out by its next statement, and
  // without a listener the whole process would end.
  pool.on('connect', (client) => client.on('error', () => {}))

  type Ended<T> = { result: T } | { error: unknown; again: boolean }

  /** @param begin opens the transaction */
  async function attempt<T>(begin: string, work: (connection: Connection) => Promise<T>): Promise<Ended<T>> {
    const client = await pool.connect()
    const { connection, metAnother, settled } = connectionOf(client)
    // A connection that could not be brought back out of the transaction is of no further use.
    let isBroken = true
    try {
      try {
        await connection.run(begin)
        const result = await work(connection)
        await settled()
        const { command } = await client.query('commit')
        isBroken = false
        // Work that goes on after an error of the database has written nothing.
        if (command === 'ROLLBACK') throw new Error('The transaction had failed before it was committed')
        return { result }
      } catch (error) {
        await settled()
        await client.query('rollback')
        isBroken = false
        return { error, again: metAnother() || MET_ANOTHER.has(sqlStateOf(error) ?? '') }
      }
    } catch (error) {
      return { error, again: false }
    } finally {
      client.release(isBroken)
    }
  }

  return {
    async unit(work) {
      let latest: unknown
      for (const line of TRIES) {
        const ended = await attempt(
          // The lock comes before everything that is looked at, so that who has waited sees what the others did.
          `begin; lock table units in ${line} mode`,
          work,
        )
        if ('result' in ended) return ended.result
        latest = ended.error
        if (!ended.again) break
      }
      throw latest
    },
    async alone(lock, work) {
      const ended = await attempt(
        `begin isolation level read committed; select pg_advisory_xact_lock(${lock})`,
        work,
      )
      if ('result' in ended) return ended.result
      throw ended.error
    },
    read: (text, values = []) => found(pool, text, values),
    async listen(channel, told, lost) {
      const client = new Client({ connectionString: url })
      let isOver = false
      const breaks = (error?: Error) => {
        if (isOver) return
        isOver = true
        if (error) onBroken?.(error)
        lost()
        client.end().catch(() => {})
      }
      client.on('notification', told)
      client.on('error', breaks)
      client.on('end', () => breaks())
      await client.connect()
      await client.query(`listen ${client.escapeIdentifier(channel)}`)
      return async () => {
        isOver = true
        await client.end()
      }
    },
    // A server does that by itself.
    tidy: async () => {},
    close: () => pool.end(),
  }
}
