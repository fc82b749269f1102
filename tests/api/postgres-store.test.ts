import { Client } from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { migrate } from '../../server/store/sql/migrate'
import { openPostgres } from '../../server/store/sql/postgres'
import { migrationsContract } from './migrations-contract'
import { MORNING } from './school-under-test'
import { sqlContract } from './sql-contract'
import { postgresOfThisMachine, storeOver } from './sql-databases'
import { storeContract } from './store-contract'

const postgres = await postgresOfThisMachine()
const open = () => openPostgres({ url: postgres?.url ?? '' })
const database = open()
if (postgres) await migrate(database, MORNING)
afterAll(async () => {
  await database.close()
  await postgres?.stop()
})

describe.skipIf(postgres === null)('over a server', () => {
  storeContract('PostgreSQL', (school) => storeOver(database, school))
  sqlContract('PostgreSQL', database)
  migrationsContract('PostgreSQL', database, async () => open())

  test('a connection that breaks while its unit is busy elsewhere fails the unit, and nothing else', async () => {
    const watcher = new Client({ connectionString: postgres?.url ?? '' })
    await watcher.connect()
    const unit = database.unit(async ({ query }) => {
      const [backend] = await query<{ pid: number }>('select pg_backend_pid() as pid')
      await watcher.query('select pg_terminate_backend($1)', [backend?.pid])
      // Nothing is asked of it until it is gone; a process without ears for that would end here.
      const isThere = async () => {
        const found = await watcher.query('select from pg_stat_activity where pid = $1', [backend?.pid])
        return found.rows.length > 0
      }
      while (await isThere());
      return query('select 1')
    })
    await expect(unit).rejects.toThrow()
    await watcher.end()
    expect(await database.read<{ one: number }>('select 1 as one')).toEqual([{ one: 1 }])
  })
})
