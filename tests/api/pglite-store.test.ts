import { afterAll } from 'vitest'
import { migrate } from '../../server/store/sql/migrate'
import { openPglite } from '../../server/store/sql/pglite'
import { migrationsContract } from './migrations-contract'
import { MORNING } from './school-under-test'
import { sealingContract } from './sealing-contract'
import { sqlContract } from './sql-contract'
import { storeOver } from './sql-databases'
import { storeContract } from './store-contract'

const database = await openPglite()
await migrate(database, MORNING)
afterAll(() => database.close())

storeContract('PGlite', (school) => storeOver(database, school))
sqlContract('PGlite', database)
sealingContract('PGlite', database)
// Only one process may open a folder of PGlite.
migrationsContract('PGlite', database, async () => database)
