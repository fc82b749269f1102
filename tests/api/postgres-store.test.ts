import { afterAll, describe } from 'vitest'
import { migrate } from '../../server/store/sql/migrate'
import { openPostgres } from '../../server/store/sql/postgres'
import { migrationsContract } from './migrations-contract'
import { rosterContract } from './roster-contract'
import { rosterBesideOthers } from './roster-postgres'
import { MORNING } from './school-under-test'
import { sqlContract } from './sql-contract'
import { postgresOfThisMachine, rosterStoreOver, storeOver } from './sql-databases'
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
  rosterContract('PostgreSQL', (data) => rosterStoreOver(database, data))
  rosterBesideOthers(() => postgres?.url ?? '', database)
  sqlContract('PostgreSQL', database)
  migrationsContract('PostgreSQL', database, async () => open())
})
