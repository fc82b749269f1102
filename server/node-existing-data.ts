import { existsSync } from 'node:fs'
import { takeFolder } from './node-folder'
import { openingFault, StartFault, withoutPassword } from './node-start'
import type { Database } from './store/sql/database'
import { openPglite } from './store/sql/pglite'
import { openPostgres } from './store/sql/postgres'

/**
 * Gives the data that are there to `work`, without bringing anything up to date.
 * @param at as `readEnvironment` says
 * @throws StartFault where there are none, or they cannot be opened, in words for whoever asked.
 */
export async function withExistingData<T>(
  at: { url: string } | { folder: string },
  work: (database: Database) => Promise<T>,
): Promise<T> {
  if ('url' in at) {
    const database = openPostgres({ url: at.url, connections: 2 })
    return closing(database, withoutPassword(at.url), work, () => database.close())
  }
  // An embedded database would be made anew where there is none.
  if (!existsSync(at.folder)) throw new StartFault(`There are no data in ${at.folder}.`)
  const folder = takeFolder(at.folder)
  try {
    if (!existsSync(folder.database)) throw new StartFault(`There are no data in ${folder.path}.`)
    const database = await openPglite(folder.database)
    return await closing(database, folder.path, work, () => database.close())
  } catch (error) {
    throw openingFault(folder.path, error)
  } finally {
    folder.leave()
  }
}

async function closing<T>(
  database: Database,
  dataLieIn: string,
  work: (database: Database) => Promise<T>,
  close: () => Promise<void>,
): Promise<T> {
  try {
    return await work(database)
  } catch (error) {
    throw openingFault(dataLieIn, error)
  } finally {
    await close()
  }
}
