import { createEventBus, type EventBus } from '../../events/bus'
import type { Clock, Timer } from '../../time'
import type { SchoolData } from '../memory'
import type { Store } from '../store'
import { type Database, LOCKS } from './database'
import { openSqlEventBus } from './events'
import { fillWith, isEmpty } from './fill'
import { migrate } from './migrate'
import { openPglite } from './pglite'
import { openPostgres } from './postgres'
import { createSqlStore } from './store'
import { keepUp } from './upkeep'

interface Opening {
  /** A server's address, or the folder of an embedded database, which only this process may open. */
  at: { url: string } | { folder: string }
  clock: Clock
  timer: Timer
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
  close(): Promise<void>
}

/** Opens the database, brought to this program's version, with the store over it and the bus of its events. */
export async function openSqlStore({
  at,
  clock,
  timer,
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
    const stopUpkeep = keepUp(database, { now: clock.now, timer, onTrouble })
    return {
      store: createSqlStore(database),
      events: shared ?? createEventBus(clock.now()),
      isNew,
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
