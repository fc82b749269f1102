import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { EnvironmentFault, readEnvironment } from './environment'
import { takeFolder } from './node-folder'
import type { RosterTarget } from './roster/target'
import { createMemoryStore, noSchool } from './store/memory'
import type { Database } from './store/sql/database'
import { migrate, versionOf } from './store/sql/migrate'
import { migrations } from './store/sql/migrations/all'
import { openPglite } from './store/sql/pglite'
import { openPostgres } from './store/sql/postgres'
import { createSqlRoster } from './store/sql/roster'
import { systemClock } from './time'

/** Whoever asks for an import is told this as it is. */
export class NoTarget extends Error {}

/** Where the command imports to, and how it is let go of. */
export interface OpenTarget {
  target: RosterTarget
  close(): Promise<void>
}

interface Opening {
  env: Readonly<Record<string, string | undefined>>
  /** The folder that a folder of data is named from: that of the server. */
  root: string
  /** Nothing is to be written, not even an empty database. */
  dryRun: boolean
}

const nobodyYet = (): OpenTarget => ({
  target: createMemoryStore(noSchool).roster,
  close: async () => undefined,
})

/**
 * The data that the server has, by the same variables of the environment.
 * @throws NoTarget where they cannot be opened, in words for whoever has asked.
 */
export async function openRosterTarget({ env, root, dryRun }: Opening): Promise<OpenTarget> {
  const at = placeIn(env)
  if ('url' in at) {
    const database = openPostgres({ url: at.url, connections: 2 })
    const { host, pathname } = new URL(at.url)
    return opened(database, dryRun, `The database at ${host}${pathname}`, () => database.close())
  }
  const path = resolve(root, at.folder)
  if (dryRun && !existsSync(join(path, 'database'))) return nobodyYet()
  const folder = inWords(() => takeFolder(path))
  try {
    const database = await openPglite(folder.database)
    return await opened(database, dryRun, `The database in ${path}`, async () => {
      await database.close()
      folder.leave()
    })
  } catch (error) {
    folder.leave()
    throw error
  }
}

/** What else the server is told is not for an import to check. */
function placeIn({ DATABASE_URL, DATA_FOLDER }: Opening['env']) {
  try {
    return readEnvironment({ DATABASE_URL, DATA_FOLDER }).database
  } catch (error) {
    throw error instanceof EnvironmentFault ? new NoTarget(error.message) : error
  }
}

async function opened(
  database: Database,
  dryRun: boolean,
  called: string,
  close: () => Promise<void>,
): Promise<OpenTarget> {
  try {
    const version = await versionOf(database)
    if (dryRun && version === 0) {
      await close()
      return nobodyYet()
    }
    if (dryRun && version < migrations.length) {
      throw new NoTarget(
        `${called} is of an earlier version, and a dry run changes nothing: start the server on it once, then look again.`,
      )
    }
    await migrate(database, systemClock.now())
    return { target: createSqlRoster(database), close }
  } catch (error) {
    await close()
    if (error instanceof NoTarget) throw error
    throw new NoTarget(`${called} cannot be opened: ${reasonOf(error)}`)
  }
}

/** An error in words; a connection that is refused has only a code. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if (error.message !== '') return error.message
  return 'code' in error ? String(error.code) : error.name
}

function inWords<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw new NoTarget(reasonOf(error))
  }
}
