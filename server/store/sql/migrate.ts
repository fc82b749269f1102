import type { Instant } from '../../time'
import { type Database, LOCKS } from './database'
import { type Migration, migrations } from './migrations/all'

/**
 * Brings the database to this program's version: all steps that are missing, or none of them. Processes that start
 * side by side wait for the first.
 * @returns the names of the steps that were taken.
 * @throws where the database is of a newer program.
 */
export const migrate = (
  database: Database,
  now: Instant,
  steps: readonly Migration[] = migrations,
): Promise<string[]> =>
  database.alone(LOCKS.migrations, async (connection) => {
    await connection.run(
      'create table if not exists migrations (version integer primary key, name text not null, at bigint not null)',
    )
    const [latest] = await connection.query<{ version: number }>(
      'select version from migrations order by version desc limit 1',
    )
    const done = latest?.version ?? 0
    if (done > steps.length) {
      throw new Error(
        `The database is of version ${done}, and this program knows ${steps.length}. Start a newer Elevadgang, or restore the data of before.`,
      )
    }
    const missing = steps.slice(done)
    for (const [place, { name, script }] of missing.entries()) {
      await connection.run(script)
      await connection.change('insert into migrations (version, name, at) values ($1, $2, $3)', [
        done + place + 1,
        name,
        now,
      ])
    }
    return missing.map(({ name }) => name)
  })

/** Whether a database, which may be empty or of an earlier program, has a chain over its activity log. */
export async function knowsSealing(database: Database): Promise<boolean> {
  const [found] = await database.read<{ known: boolean }>(
    `select to_regclass('activity_blocks') is not null as known`,
  )
  return found?.known === true
}
