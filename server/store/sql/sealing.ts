import {
  BLOCK_TURNS,
  type Block,
  NO_BLOCK,
  nextBlock,
  type PlacedEntry,
  QUIET_BLOCK,
  type Sealing,
} from '../../activity/chain'
import { CLOCK_TRUSTED_AFTER, keptFrom } from '../../activity/retention'
import type { Duration, Instant } from '../../time'
import { type Connection, type Database, json, LOCKS } from './database'
import { oneAtATime } from './one-at-a-time'

const BLOCK = `number, sealed_at as "sealedAt", after_turn as "afterTurn", through_turn as "throughTurn", entries,
  latest_at as "latestAt", turns_hash as "turnsHash", turns, taken_out_through as "takenOutThrough",
  is_keyed as "isKeyed", previous, hash`

/** Blocks after this number, oldest first. */
export const blocksAfter = ({ query }: Connection, number: number, limit: number): Promise<Block[]> =>
  query<Block>(`select ${BLOCK} from activity_blocks where number > $1 order by number limit $2`, [
    number,
    limit,
  ])

export async function newestBlock({ query }: Connection): Promise<Block | null> {
  const [newest] = await query<Block>(`select ${BLOCK} from activity_blocks order by number desc limit 1`)
  return newest ?? null
}

/**
 * The entries of the turns after one and through another, in the order of the log. What is null is left out of a row, so
 * that a column that is added later, and is null for what was there before, changes no hash.
 */
export const entriesOfTurns = (
  { query }: Connection,
  after: number,
  through: number,
): Promise<PlacedEntry[]> =>
  query<PlacedEntry>(
    `select a.turn, a.at, a.request_id as "requestId", jsonb_strip_nulls(to_jsonb(a))::text as row, array(select o.institution_id from activity_of_schools o
       where o.turn = a.turn and o.place = a.place) as "toldAt"
     from activity a where a.turn > $1 and a.turn <= $2 order by a.turn, a.place`,
    [after, through],
  )

const addBlock = ({ change }: Connection, block: Block): Promise<void> =>
  change(
    `insert into activity_blocks (number, sealed_at, after_turn, through_turn, entries, latest_at, turns_hash,
       turns, taken_out_through, is_keyed, previous, hash)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
    [
      block.number,
      block.sealedAt,
      block.afterTurn,
      block.throughTurn,
      block.entries,
      block.latestAt,
      block.turnsHash,
      json(block.turns),
      block.takenOutThrough,
      block.isKeyed,
      block.previous,
      block.hash,
    ],
  )

/** The last turn that was given out, also to units that are still at work or were undone. */
export async function latestTurn(database: Database): Promise<number> {
  const [found] = await database.read<{ turn: number }>(
    'select case when is_called then last_value else 0 end as turn from activity_turns',
  )
  return found?.turn ?? 0
}

/** The transactions that are adding entries at this moment: each holds this lock from before it has its turn. */
async function writersNow(database: Database): Promise<string[]> {
  const writers = await database.read<{ id: string }>(
    `select distinct virtualtransaction as id from pg_locks where relation = 'activity'::regclass
       and database = (select oid from pg_database where datname = current_database())
       and mode = 'RowExclusiveLock'`,
  )
  return writers.map(({ id }) => id)
}

export interface Sealer {
  /** Seals what has been added, but for what is being added at this moment: that is left to the next time. */
  seal(): Promise<void>
}

/**
 * Seals entries behind the units of work that add them, which wait for nothing. Turns become visible out of order; so
 * a turn is sealed only once all units that may hold it or an earlier one have ended.
 */
export function createSealer(
  database: Database,
  sealing: Sealing,
  now: () => Instant,
  onSealed: (block: Block) => void = () => {},
): Sealer {
  /** A turn that was the latest, and who was adding entries then. */
  let mark: { turn: number; writers: readonly string[] } | null = null

  /** The block that was made; null where there was nothing to seal. */
  const sealOneBlock = (settledThrough: number): Promise<Block | null> =>
    database.alone(LOCKS.activity, async (connection) => {
      const newest = await newestBlock(connection)
      const last = newest ?? NO_BLOCK
      const throughTurn = Math.max(last.throughTurn, Math.min(settledThrough, last.throughTurn + BLOCK_TURNS))
      const isNew = throughTurn > last.throughTurn
      const isDue = newest !== null && now() - newest.sealedAt >= QUIET_BLOCK
      if (!isNew && !isDue) return null
      const entries = await entriesOfTurns(connection, last.throughTurn, throughTurn)
      const { takenOutThrough } = last
      const block = nextBlock(last, entries, { throughTurn, takenOutThrough, sealedAt: now() }, sealing)
      await addBlock(connection, block)
      return block
    })

  return {
    seal: oneAtATime(async () => {
      if (mark) {
        const atWork = new Set(await writersNow(database))
        if (mark.writers.some((writer) => atWork.has(writer))) return
      }
      let settledThrough = mark?.turn ?? 0
      // In this order: whoever adds entries and is not among the writers has a later turn, or has ended.
      const turn = await latestTurn(database)
      const writers = await writersNow(database)
      mark = writers.length > 0 ? { turn, writers } : null
      if (!mark) settledThrough = turn
      let block: Block | null
      do {
        block = await sealOneBlock(settledThrough)
        if (block) onSealed(block)
      } while (block && block.throughTurn < settledThrough)
    }),
  }
}

/** How many blocks one transaction empties. */
const BLOCKS_AT_ONCE = 200

/**
 * Takes out the entries that are older than the log is kept: always whole blocks, the oldest first. The blocks stay,
 * without what tells of single entries, and a new one says through which turn entries are gone.
 * @returns how many entries went
 */
export async function takeOutOldActivity(
  database: Database,
  { sealing, now, kept }: { sealing: Sealing; now: Instant; kept: Duration },
): Promise<number> {
  /** How many entries went; null where none is old enough. */
  const takeOutSome = () =>
    database.alone<number | null>(LOCKS.activity, async (connection) => {
      const newest = await newestBlock(connection)
      const [trusted] = await connection.query<{ at: Instant }>(
        'select sealed_at as at from activity_blocks where sealed_at <= $1 order by number desc limit 1',
        [now - CLOCK_TRUSTED_AFTER],
      )
      if (!newest || !trusted) return null
      const from = keptFrom(trusted.at, kept)
      const oldest = await connection.query<Pick<Block, 'throughTurn' | 'entries' | 'latestAt'>>(
        `select through_turn as "throughTurn", entries, latest_at as "latestAt" from activity_blocks
         where through_turn > $1 order by through_turn, number limit $2`,
        [newest.takenOutThrough, BLOCKS_AT_ONCE],
      )
      const firstKept = oldest.findIndex(({ latestAt }) => latestAt !== null && latestAt >= from)
      const old = firstKept === -1 ? oldest : oldest.slice(0, firstKept)
      const takenOutThrough = old.at(-1)?.throughTurn
      if (takenOutThrough === undefined) return null

      const { throughTurn } = newest
      await addBlock(
        connection,
        nextBlock(newest, [], { throughTurn, takenOutThrough, sealedAt: now }, sealing),
      )
      await connection.change('delete from activity_of_schools where turn <= $1', [takenOutThrough])
      await connection.change('delete from activity where turn <= $1', [takenOutThrough])
      await connection.change(
        'update activity_blocks set turns = null where through_turn > $1 and through_turn <= $2',
        [newest.takenOutThrough, takenOutThrough],
      )
      return old.reduce((sum, { entries }) => sum + entries, 0)
    })

  let all = 0
  for (;;) {
    const some = await takeOutSome()
    if (some === null) return all
    all += some
  }
}
