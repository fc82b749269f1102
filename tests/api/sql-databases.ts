import { findPostgres, type Postgres, startPostgres } from '../../scripts/postgres.mjs'
import type { SchoolData } from '../../server/store/memory'
import { type Database, LOCKS } from '../../server/store/sql/database'
import { fillWith } from '../../server/store/sql/fill'
import { createSqlStore } from '../../server/store/sql/store'
import type { Store } from '../../server/store/store'

/** A PostgreSQL for one file of tests, or null where the machine has none. In CI nothing is left out. */
export async function postgresOfThisMachine(): Promise<Postgres | null> {
  const programs = findPostgres()
  if (programs) return startPostgres(programs)
  if (process.env.CI) throw new Error('There is no PostgreSQL on this machine, and CI leaves no test out')
  return null
}

/** Takes everything out of a database, also what nobody may take out: only tests begin anew. */
export const empty = (database: Database) =>
  database.alone(LOCKS.upkeep, async ({ query, run }) => {
    const tables = await query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables
       where schemaname = 'public' and tablename not in ('migrations', 'units')`,
    )
    await run(
      `set local session_replication_role = replica;
       truncate ${tables.map(({ name }) => name).join(', ')} restart identity`,
    )
  })

/** A store over this database in which there is this school and nothing else. */
export async function storeOver(database: Database, school: SchoolData): Promise<Store> {
  await empty(database)
  await database.unit((connection) => fillWith(connection, school))
  return createSqlStore(database)
}
