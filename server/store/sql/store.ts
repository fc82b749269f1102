import type { Store } from '../store'
import { activity } from './activity'
import type { Database } from './database'
import { people } from './people'
import { pupils } from './pupils'
import { sessions } from './sessions'

/** The school's data in PostgreSQL, embedded or as a server; `migrate` comes first. */
export const createSqlStore = (database: Database): Store => ({
  transaction: (work) =>
    database.unit(async (connection) =>
      work({
        ...people(connection),
        ...pupils(connection),
        ...sessions(connection),
        ...activity(connection),
      }),
    ),
})
