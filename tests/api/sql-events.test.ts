import { afterAll, afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { BusEvent } from '../../server/events/bus'
import type { Database } from '../../server/store/sql/database'
import { openSqlEventBus, type SqlEventBus } from '../../server/store/sql/events'
import { migrate } from '../../server/store/sql/migrate'
import { openPostgres } from '../../server/store/sql/postgres'
import type { Timer } from '../../server/time'
import { MORNING } from './school-under-test'
import { empty, postgresOfThisMachine } from './sql-databases'

const postgres = await postgresOfThisMachine()
const trouble: unknown[] = []
const open = () => openPostgres({ url: postgres?.url ?? '', onBroken: (error) => void trouble.push(error) })

/** Two processes on one database, as far as the bus is concerned. */
const databases = { here: open(), there: open() }
if (postgres) await migrate(databases.here, MORNING)
afterAll(async () => {
  for (const database of Object.values(databases)) await database.close()
  await postgres?.stop()
})

/** A second passes when a test says so. */
const ticks = new Set<() => void>()
const timer: Timer = {
  every(_, work) {
    ticks.add(work)
    return () => void ticks.delete(work)
  },
}
const tick = () => {
  for (const work of ticks) work()
}

/** A bus, and all that it has told. */
async function listening(database: Database) {
  const bus = await openSqlEventBus({ database, timer, onTrouble: (error) => void trouble.push(error) })
  const heard: BusEvent[] = []
  let wake = () => {}
  bus.subscribe((event) => {
    heard.push(event)
    wake()
  })
  opened.push(bus)
  return {
    bus,
    heard,
    /** Resolves once so many events have been told. */
    async has(count: number) {
      while (heard.length < count) {
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
      return heard
    },
  }
}
const opened: SqlEventBus[] = []

beforeEach(async () => {
  trouble.length = 0
  if (postgres) await empty(databases.here)
})
afterEach(async () => {
  for (const bus of opened.splice(0)) await bus.close()
})

describe.skipIf(postgres === null)('the bus over a database', () => {
  test('tells every process the same, in the same order and by the same ids', async () => {
    const here = await listening(databases.here)
    const there = await listening(databases.there)
    here.bus.publish('pupils', ['p-1', 'p-2'])
    await there.has(1)
    there.bus.publish('stepUpRequests', ['p-3'])
    await here.has(2)
    await there.has(2)
    expect(here.heard).toEqual(there.heard)
    expect(here.heard.map(({ what, pupilIds }) => [what, ...pupilIds])).toEqual([
      ['pupils', 'p-1', 'p-2'],
      ['stepUpRequests', 'p-3'],
    ])
    expect(here.bus.latestId()).toBe(there.bus.latestId())
  })

  test('says at which schools the pupils of an event are, also to who comes back to it later', async () => {
    const here = await listening(databases.here)
    await databases.here.unit(({ run }) =>
      run(`insert into institutions (id, name) values ('oak', 'Oak'), ('elm', 'Elm'), ('ash', 'Ash');
        insert into classes (id, institution_id, kind, name) values ('elm-a', 'elm', 'group', 'A');
        insert into pupils (id, username, name, year, sign_in_kind, active) values
          ('p-1', 'test1234', 'Test', 2, 'unilogin', true), ('p-2', 'test1235', 'Test', 2, 'unilogin', true);
        insert into registrations (pupil_id, institution_id) values ('p-1', 'oak'), ('p-2', 'ash');
        insert into enrolments (pupil_id, class_id) values ('p-1', 'elm-a')`),
    )
    here.bus.publish('pupils', ['p-1'])
    const [first] = await here.has(1)
    expect(first?.schools?.toSorted()).toEqual(['elm', 'oak'])
    here.bus.publish('pupils', ['p-2'])
    await here.has(2)
    const later = await listening(databases.there)
    expect(later.bus.since(first?.id ?? 0)?.map(({ schools }) => schools)).toEqual([['ash']])
  })

  test('misses nothing of what many publish at once', async () => {
    const buses = [await listening(databases.here), await listening(databases.there)]
    const ids = Array.from({ length: 200 }, (_, place) => `p-${place}`)
    for (const [place, id] of ids.entries()) {
      buses[place % 2]?.bus.publish('pupils', [id])
      if (place % 7 === 0) await new Promise<void>((resolve) => setImmediate(resolve))
    }
    const all = (heard: readonly BusEvent[]) => heard.flatMap(({ pupilIds }) => pupilIds)
    for (const { heard, has } of buses) {
      while (all(heard).length < ids.length) await has(heard.length + 1)
      expect(all(heard).toSorted()).toEqual(ids.toSorted())
      const order = heard.map(({ id }) => id)
      expect(order).toEqual(order.toSorted((a, b) => a - b))
    }
    expect(buses[0]?.heard).toEqual(buses[1]?.heard)
  })

  test('a process that starts later knows what was told before, for who comes back to it', async () => {
    const here = await listening(databases.here)
    here.bus.publish('pupils', ['p-1'])
    const [first] = await here.has(1)
    here.bus.publish('pupils', ['p-2'])
    await here.has(2)
    const later = await listening(databases.there)
    expect(later.bus.since(first?.id ?? 0)?.map(({ pupilIds }) => pupilIds)).toEqual([['p-2']])
    expect(later.bus.latestId()).toBe(here.bus.latestId())
    expect(later.heard).toEqual([])
    expect(later.bus.since(here.bus.latestId() + 1)).toBeNull()
  })

  test('ends the streams of a session wherever they are', async () => {
    const here = await listening(databases.here)
    const there = await listening(databases.there)
    let endedHere = 0
    const endedThere = new Promise<void>((resolve) => {
      there.bus.whenSessionEnds('ref-1', resolve)
    })
    here.bus.whenSessionEnds('ref-1', () => {
      endedHere += 1
    })
    there.bus.whenSessionEnds('ref-2', () => expect.unreachable())
    here.bus.endSessions(['ref-1'])
    expect(endedHere).toBe(1)
    await endedThere
    expect(there.heard).toEqual([])
  })

  test('makes good what was told while its line was broken', async () => {
    const here = await listening(databases.here)
    const there = await listening(databases.there)
    // Every listener's line, as when a network is cut.
    const cut = await databases.here.read<{ pid: number }>(
      `select pid, pg_terminate_backend(pid) from pg_stat_activity where query like 'listen %' and pid <> pg_backend_pid()`,
    )
    expect(cut).toHaveLength(2)
    while (trouble.length < 2) await new Promise<void>((resolve) => setImmediate(resolve))
    here.bus.publish('pupils', ['p-1'])
    tick()
    await here.has(1)
    await there.has(1)
    there.bus.publish('pupils', ['p-2'])
    expect((await here.has(2)).map(({ pupilIds }) => pupilIds)).toEqual([['p-1'], ['p-2']])
  })

  test('keeps what is to be told until the database is there again', async () => {
    const here = await listening(databases.here)
    await postgres?.kill()
    here.bus.publish('pupils', ['p-1'])
    while (trouble.length < 2) await new Promise<void>((resolve) => setImmediate(resolve))
    expect(here.heard).toEqual([])
    await postgres?.restart()
    tick()
    expect((await here.has(1)).map(({ pupilIds }) => pupilIds)).toEqual([['p-1']])
  })
})
