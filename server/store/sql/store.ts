import type { Store, UnitOfWork } from '../store'
import { activity } from './activity'
import type { Connection, Database } from './database'
import { people } from './people'
import { pupils } from './pupils'
import { sessions } from './sessions'

/** What is read and written through one transaction. */
export const unitOver = (connection: Connection): UnitOfWork => ({
  ...people(connection),
  ...pupils(connection),
  ...sessions(connection),
  ...activity(connection),
})

/** The school's data in PostgreSQL, embedded or as a server; `migrate` comes first. */
export const createSqlStore = (database: Database): Store => ({
  read: (work) => database.look(async (connection) => work(unitOver(connection))),
  transaction: (work) => database.unit(async (connection) => work(unitOver(connection))),
})
