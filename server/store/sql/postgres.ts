import { Client, type ClientBase, DatabaseError, Pool } from 'pg'
import { Unavailable } from '../../problems'
import { type Duration, seconds } from '../../time'
import {
  asDocument,
  type Connection,
  type Database,
  isOutOfReach,
  PLANS,
  READS_ONLY,
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

/** The same for a long unit, which others meet by what it changes alone. */
const LONG_TRIES = ['row share', 'row share', 'row share', 'exclusive'] as const
/** Who waits longer for a connection is told to come again, before the page gives up by itself. */
const CONNECTION_WAIT: Duration = seconds(5)

/** What pg rejects with: a word of the database, or, without one, that the line to it is gone. */
const outOfReach = (error: unknown): unknown =>
  error instanceof DatabaseError && !isOutOfReach(error)
    ? error
    : new Unavailable(CONNECTION_WAIT / seconds(1), error)

async function ask<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked
  } catch (error) {
    throw outOfReach(error)
  }
}

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
  const { rows } = await ask(
    at.query({
      name: nameOf(text),
      text: documentOf(text),
      values: values.map(storable),
    }),
  )
  return JSON.parse(rows[0]?.found)
}

/** Notes what is sent, and whether one of the statements has met another unit or a database that only reads. */
function connectionOf(client: ClientBase) {
  let all: Promise<unknown> = Promise.resolve()
  let metAnother = false
  let readsOnly = false
  const noted = <T>(sent: Promise<T>): Promise<T> => {
    const ended = sent.catch((error) => {
      metAnother ||= MET_ANOTHER.has(sqlStateOf(error) ?? '')
      readsOnly ||= error instanceof Unavailable && READS_ONLY.has(sqlStateOf(error.cause) ?? '')
    })
    all = all.then(() => ended)
    return sent
  }
  const changed = async (asked: Promise<unknown>) => {
    await ask(asked)
  }
  const connection: Connection = {
    query: <Row extends object>(text: string, values: readonly SqlValue[] = []) =>
      noted(found<Row>(client, text, values)),
    change: (text, values = []) =>
      noted(changed(client.query({ name: nameOf(text), text, values: values.map(storable) }))),
    run: (script) => noted(changed(client.query(script))),
  }
  return {
    connection,
    metAnother: () => metAnother,
    readsOnly: () => readsOnly,
    /** When all that was sent is answered, also what nobody waited for. */
    settled: () => all,
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
    // A statement need not wait for the answer to the one before.
    pipeline: true,
    connectionTimeoutMillis: CONNECTION_WAIT,
    onConnect: (client) => client.query(EVERY_CONNECTION),
  })
  pool.on('error', (error) => onBroken?.(error))
  // One that breaks while a unit has it, between two statements, fails the next; unheard it would end the process.
  pool.on('connect', (client) => client.on('error', () => {}))

  let retries = 0
  type Ended<T> = { result: T } | { error: unknown; again: boolean }

  /** @param begin the statements that open the transaction */
  async function attempt<T>(
    begin: readonly string[],
    work: (connection: Connection) => Promise<T>,
  ): Promise<Ended<T>> {
    const client = await ask(pool.connect())
    const { connection, metAnother, readsOnly, settled } = connectionOf(client)
    // A connection that could not be brought back out of the transaction is of no further use.
    let isBroken = true
    try {
      try {
        const begun = Promise.all(begin.map((statement) => connection.change(statement)))
        const [, result] = await Promise.all([begun, work(connection)])
        await settled()
        const { command } = await ask(client.query('commit'))
        isBroken = false
        // Work that goes on after an error of the database has written nothing.
        if (command === 'ROLLBACK') throw new Error('The transaction had failed before it was committed')
        return { result }
      } catch (error) {
        await settled()
        await ask(client.query('rollback'))
        // Another connection may lead to the database that has taken over.
        isBroken = readsOnly()
        return { error, again: metAnother() || MET_ANOTHER.has(sqlStateOf(error) ?? '') }
      }
    } catch (error) {
      return { error, again: false }
    } finally {
      client.release(isBroken)
    }
  }

  /** @param begins the statements that open the transaction, try by try */
  async function inLine<T>(
    begins: readonly (readonly string[])[],
    work: (connection: Connection) => Promise<T>,
  ): Promise<T> {
    let latest: unknown
    for (const begin of begins) {
      const ended = await attempt(begin, work)
      if ('result' in ended) return ended.result
      latest = ended.error
      if (!ended.again) break
      retries += 1
    }
    throw latest
  }

  return {
    unit: (work) =>
      inLine(
        // The lock comes before everything that is looked at, so that who has waited sees what the others did.
        TRIES.map((line) => ['begin', `lock table units in ${line} mode`]),
        work,
      ),
    look: (work) => inLine([['begin isolation level repeatable read read only']], work),
    long: (table, work) =>
      inLine(
        LONG_TRIES.map((line) => [
          'begin isolation level repeatable read',
          `lock table ${table} in share row exclusive mode`,
          `lock table units in ${line} mode`,
        ]),
        work,
      ),
    async alone(lock, work) {
      const ended = await attempt(
        ['begin isolation level read committed', `select pg_advisory_xact_lock(${lock})`],
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
    load: () => ({
      open: pool.totalCount,
      idle: pool.idleCount,
      waiting: pool.waitingCount,
      retries,
    }),
    close: () => pool.end(),
  }
}
