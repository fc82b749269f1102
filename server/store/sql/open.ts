import { type Block, SEALING, type Sealing } from '../../activity/chain'
import { createEventBus, type EventBus } from '../../events/bus'
import type { Clock, Duration, Timer } from '../../time'
import type { SchoolData } from '../memory'
import type { DatabaseLoad, Store } from '../store'
import { type Database, LOCKS } from './database'
import { openSqlEventBus } from './events'
import { fillWith, isEmpty } from './fill'
import { migrate } from './migrate'
import { openPglite } from './pglite'
import { openPostgres } from './postgres'
import { createSealer } from './sealing'
import { createSqlStore } from './store'
import { keepUp } from './upkeep'

interface Opening {
  /** A server's address, or the folder of an embedded database, which only this process may open. */
  at: { url: string } | { folder: string }
  clock: Clock
  timer: Timer
  /** How the activity log is sealed, and how long it is kept. */
  activity: { sealing: Sealing; kept: Duration }
  /** Told of each block that seals the log. */
  onSealed?: ((block: Block) => void) | undefined
  /** The schools to begin with where there is none yet. */
  newSchool?: (() => SchoolData) | undefined
  /** Told where the database cannot be reached; what is not an answer to anybody is tried again by itself. */
  onTrouble?: ((error: unknown) => void) | undefined
}

export interface OpenedStore {
  store: Store
  events: EventBus
  /** Whether there was no school, so that `newSchool` came in. */
  isNew: boolean
  /** @throws where the database does not answer. */
  check(): Promise<void>
  /** Whether a pupil's password is kept by a hash that begins otherwise. */
  hasHashesBesides(beginning: string): Promise<boolean>
  load(): DatabaseLoad
  close(): Promise<void>
}

/** Opens the database, brought to this program's version, with the store over it and the bus of its events. */
export async function openSqlStore({
  at,
  clock,
  timer,
  activity,
  onSealed,
  newSchool,
  onTrouble,
}: Opening): Promise<OpenedStore> {
  const database: Database =
    'url' in at ? openPostgres({ url: at.url, onBroken: onTrouble }) : await openPglite(at.folder)
  try {
    await migrate(database, clock.now())
    const isNew = newSchool !== undefined && (await fillIfEmpty(database, newSchool))
    // An embedded database has no other process to hear of.
    const shared = 'url' in at ? await openSqlEventBus({ database, timer, onTrouble }) : null
    const stopUpkeep = keepUp(database, { now: clock.now, timer, activity, onTrouble })
    const { seal } = createSealer(database, activity.sealing, clock.now, onSealed)
    const stopSealing = timer.every(SEALING, () => void seal().catch((error) => onTrouble?.(error)))
    return {
      store: createSqlStore(database),
      events: shared ?? createEventBus(clock.now()),
      isNew,
      load: database.load,
      check: async () => {
        await database.read('select 1')
      },
      async hasHashesBesides(beginning) {
        const [found] = await database.read<{ found: boolean }>(
          'select exists (select from pupil_passwords where not starts_with(hash, $1)) as found',
          [beginning],
        )
        return found?.found === true
      },
      async close() {
        stopUpkeep()
        stopSealing()
        await seal().catch((error) => onTrouble?.(error))
        await shared?.close()
        await database.close()
      },
    }
  } catch (error) {
    await database.close()
    throw error
  }
}

const fillIfEmpty = (database: Database, newSchool: () => SchoolData) =>
  database.alone(LOCKS.upkeep, async (connection) => {
    if (!(await isEmpty(connection))) return false
    await fillWith(connection, newSchool())
    return true
  })
