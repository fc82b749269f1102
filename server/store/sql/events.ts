import {
  type BusEvent,
  createListeners,
  EVENTS_KEPT,
  type EventBus,
  type Told as Heard,
} from '../../events/bus'
import { seconds, type Timer } from '../../time'
import { type Connection, type Database, json, LOCKS } from './database'
import { oneAtATime } from './one-at-a-time'

const CHANNEL = 'elevadgang_events'

/** The session of whoever listens is over: told like a change, to every process. */
type Told = Heard | 'sessionsEnded'
interface EventRow {
  id: number
  what: Told
  ids: string[]
  /** Where the pupils are. */
  schools: string[]
}

/** Asked for once in each process, so that not everybody who listens has to. */
const EVENT = `id, what, ids, array(
  select institution_id from registrations where pupil_id = any(ids)
  union select c.institution_id from enrolments join classes c on c.id = class_id where pupil_id = any(ids)
) as schools from events`

/** How many writings pass before old events are taken out. */
const PRUNE_EVERY = 200

type NewEvent = Pick<EventRow, 'what' | 'ids'>

/** Adds events that others hear of at the commit; under the lock of events, until then. */
async function addEvents({ change }: Connection, rows: readonly NewEvent[]): Promise<void> {
  await change(
    `insert into events (what, ids)
     select what, array(select jsonb_array_elements_text(ids))
     from rows from (jsonb_to_recordset($1::jsonb) as (what text, ids jsonb))
       with ordinality as row(what, ids, place) order by place`,
    [json(rows)],
  )
  await change('select pg_notify($1, $2)', [CHANNEL, ''])
}

/**
 * Tells all processes, at the commit, that the rosters of these schools have changed. Nothing else is to follow in the
 * transaction: until its end nobody else tells anything.
 */
export async function tellOfRosters(
  connection: Connection,
  institutionIds: readonly string[],
): Promise<void> {
  await connection.run(`select pg_advisory_xact_lock(${LOCKS.events})`)
  await addEvents(connection, [{ what: 'rosters', ids: [...institutionIds] }])
}

const eventOf = ({ id, what, ids, schools }: EventRow & { what: Heard }): BusEvent =>
  what === 'rosters' ? { id, what, pupilIds: [], institutionIds: ids } : { id, what, pupilIds: ids, schools }

export interface SqlEventBus extends EventBus {
  /** Writes what is still to be told, and listens no more. */
  close(): Promise<void>
}

interface Opening {
  database: Database
  timer: Timer
  /** Told where the database cannot be reached; it is tried again by itself, and nothing is lost. */
  onTrouble?: ((error: unknown) => void) | undefined
}

/**
 * A bus for all processes on one database: what one publishes, all tell their listeners, in the same order and by the
 * same ids. An event is a row; a notification only says that there are new ones, so that one that goes astray is made
 * good by the next look. What comes together while a row is being written becomes one row.
 */
export async function openSqlEventBus({ database, timer, onTrouble }: Opening): Promise<SqlEventBus> {
  const known = await database.read<{ latest: number | null }>('select max(id) as latest from events')
  const latest = known[0]?.latest ?? 0
  const earlier = await database.read<EventRow>(`select ${EVENT} where id <= $1 order by id desc limit $2`, [
    latest,
    EVENTS_KEPT,
  ])
  const oldest = earlier.at(-1)?.id
  const listeners = createListeners(oldest === undefined ? 0 : oldest - 1)
  let readUpTo = listeners.latestId()
  for (const row of earlier.toReversed()) tell(row)

  function tell({ what, ...row }: EventRow) {
    readUpTo = row.id
    if (what === 'sessionsEnded') listeners.endSessions(row.ids)
    else listeners.deliver(eventOf({ what, ...row }))
  }

  const look = oneAtATime(async () => {
    const rows = await database.read<EventRow>(`select ${EVENT} where id > $1 order by id`, [readUpTo])
    for (const row of rows) tell(row)
  })

  const waiting = new Map<Told, Set<string>>()
  let writings = 0

  const write = oneAtATime(async () => {
    if (waiting.size === 0) return
    const rows = [...waiting].map(([what, ids]) => ({ what, ids: [...ids] }))
    waiting.clear()
    try {
      // Under a lock until the commit, so that ids become visible in their order and no listener passes one over.
      await database.alone(LOCKS.events, async (connection) => {
        const { change, run } = connection
        // What is told is in the database already: the word that it is there need not outlive a power cut.
        await run('set local synchronous_commit = off')
        await addEvents(connection, rows)
        writings += 1
        if (writings % PRUNE_EVERY === 0) {
          await change('delete from events where id <= (select max(id) from events) - $1', [2 * EVENTS_KEPT])
        }
      })
    } catch (error) {
      for (const { what, ids } of rows) for (const id of ids) add(what, id)
      throw error
    }
  })

  function add(what: Told, id: string) {
    waiting.set(what, (waiting.get(what) ?? new Set()).add(id))
  }
  function publish(what: Told, ids: readonly string[]) {
    if (ids.length === 0) return
    for (const id of ids) add(what, id)
    write().catch((error) => onTrouble?.(error))
  }

  let stopListening: (() => Promise<void>) | null = null
  const listen = oneAtATime(async () => {
    if (stopListening) return
    stopListening = await database.listen(
      CHANNEL,
      () => void look().catch((error) => onTrouble?.(error)),
      () => {
        stopListening = null
      },
    )
    // What was told before anybody listened here.
    await look()
  })
  await listen()
  const stopTrying = timer.every(seconds(1), () => {
    const missing = [...(stopListening ? [] : [listen]), ...(waiting.size > 0 ? [write] : [])]
    for (const again of missing) again().catch((error) => onTrouble?.(error))
  })

  return {
    ...listeners,
    publish,
    endSessions(refs) {
      // Those here at once; the others hear of it.
      listeners.endSessions(refs)
      publish('sessionsEnded', refs)
    },
    async close() {
      stopTrying()
      await write().catch((error) => onTrouble?.(error))
      await stopListening?.()
    },
  }
}
