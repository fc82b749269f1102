import { Client } from 'pg'
import { afterAll, describe, expect, test } from 'vitest'
import { verifyActivity } from '../../server/activity/verify'
import { nodeSealing } from '../../server/node-activity-seal'
import { Unavailable } from '../../server/problems'
import { noSchool } from '../../server/store/memory'
import { chainSource } from '../../server/store/sql/chain-source'
import { migrate } from '../../server/store/sql/migrate'
import { openPostgres } from '../../server/store/sql/postgres'
import { createSealer } from '../../server/store/sql/sealing'
import { createSqlStore } from '../../server/store/sql/store'
import { migrationsContract } from './migrations-contract'
import { rosterContract } from './roster-contract'
import { rosterBesideOthers } from './roster-postgres'
import { MORNING } from './school-under-test'
import { sealingContract } from './sealing-contract'
import { sqlContract } from './sql-contract'
import { empty, postgresOfThisMachine, rosterStoreOver, storeOver } from './sql-databases'
import { storeContract } from './store-contract'

const postgres = await postgresOfThisMachine()
const open = () => openPostgres({ url: postgres?.url ?? '' })
const database = open()
if (postgres) await migrate(database, MORNING)
afterAll(async () => {
  await database.close()
  await postgres?.stop()
})

/** Something that is waited for until a test lets it go on. */
function held() {
  let resolve = () => {}
  const promise = new Promise<void>((done) => {
    resolve = done
  })
  return { promise, resolve }
}

describe.skipIf(postgres === null)('over a server', () => {
  storeContract('PostgreSQL', (school) => storeOver(database, school))
  rosterContract('PostgreSQL', (data) => rosterStoreOver(database, data))
  rosterBesideOthers(() => postgres?.url ?? '', database)
  sqlContract('PostgreSQL', database)
  sealingContract('PostgreSQL', database)

  test('a turn that is not visible yet is not passed over when later ones are sealed', async () => {
    await empty(database)
    const store = createSqlStore(database)
    const entry = {
      at: MORNING,
      actorId: null,
      actorRole: null,
      action: 'signIn',
      outcome: 'refused',
      reason: 'username-not-found',
      pupilId: null,
      institutionIds: [],
      requestId: 'r-1',
      source: 'page',
    } as const
    const { seal } = createSealer(database, nodeSealing(null), () => MORNING)
    const found = () => verifyActivity(chainSource(database), nodeSealing(null))
    const early = held()
    const hasTurn = held()
    const slow = store.transaction(async (unit) => {
      await unit.appendActivity([entry])
      hasTurn.resolve()
      await early.promise
    })
    await hasTurn.promise
    await store.transaction((unit) => unit.appendActivity([entry]))
    for (let time = 0; time < 3; time += 1) await seal()
    expect(await found()).toMatchObject({ blocks: 0, outside: { unsealed: 1 } })

    // Others may be writing when the first has ended: what was there with it is sealed all the same.
    early.resolve()
    await slow
    const next = held()
    const nextHasTurn = held()
    const another = store.transaction(async (unit) => {
      await unit.appendActivity([entry])
      nextHasTurn.resolve()
      await next.promise
    })
    await nextHasTurn.promise
    await seal()
    expect(await found()).toMatchObject({ faults: [], entries: 2 })
    next.resolve()
    await another
    await seal()
    expect(await found()).toMatchObject({ faults: [], entries: 3, outside: { unsealed: 0 } })
  })
  migrationsContract('PostgreSQL', database, async () => open())

  test('a database that has become a standby is out of reach for who writes, until another connection leads to one that is not', async () => {
    const store = await storeOver(database, noSchool)
    const operator = new Client({ connectionString: postgres?.url ?? '' })
    await operator.connect()
    await operator.query('alter database postgres set default_transaction_read_only = on')
    const late = open()
    const write = () => createSqlStore(late).transaction((unit) => unit.addToBucket('b', 1, MORNING))
    try {
      await expect(write()).rejects.toBeInstanceOf(Unavailable)
      expect(await createSqlStore(late).read((unit) => unit.bucketSince('b', 0))).toEqual([])
    } finally {
      await operator.query('alter database postgres reset default_transaction_read_only')
      await operator.end()
    }
    // Those from before still only read; no more than one of them is asked.
    await write().catch(() => {})
    await write()
    expect(await store.read((unit) => unit.bucketSince('b', 0))).toEqual([{ at: MORNING, count: 1 }])
    await late.close()
  })

  test('a standby refuses a unit as a whole, which is out of reach, too', async () => {
    // As it says it: "cannot use serializable mode in a hot standby".
    const refused = database.unit(({ run }) => run('do $$ begin raise feature_not_supported; end $$'))
    await expect(refused).rejects.toBeInstanceOf(Unavailable)
    expect(await database.read<{ one: number }>('select 1 as one')).toEqual([{ one: 1 }])
  })

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
