import { describe, expect, test } from 'vitest'
import { openRosterTarget } from '../../server/node-roster-target'
import type { RosterTarget, RosterUnit } from '../../server/roster/target'
import { type Database, LOCKS } from '../../server/store/sql/database'
import { openSqlEventBus } from '../../server/store/sql/events'
import { versionOf } from '../../server/store/sql/migrate'
import { openPostgres } from '../../server/store/sql/postgres'
import { createSqlRoster } from '../../server/store/sql/roster'
import { days, systemTimer } from '../../server/time'
import { NOW } from '../rules/ordinary-pupil'
import { filesOf, importInto, inClass, person, smallSchool, summaryOf, without } from '../rules/roster'
import { apiOver } from './roster-api-contract'
import type { RosterStore } from './roster-contract'
import { rosterStoreOver } from './sql-databases'

/** The same target, with something between the comparison and what is written, or after. */
const withApply = (
  store: RosterStore,
  change: (apply: RosterUnit['apply']) => RosterUnit['apply'],
): { roster: RosterTarget } => ({
  roster: {
    ...store.roster,
    change: (source, work) =>
      store.roster.change(source, (unit) => work({ ...unit, apply: change(unit.apply) })),
  },
})

/** What imports mean beside everything else that goes on in a server's database. */
export function rosterBesideOthers(url: () => string, database: Database) {
  const imported = async () => {
    const store = await rosterStoreOver(database, {})
    await importInto(store, { files: filesOf(smallSchool()) })
    return store
  }
  const idOf = async (store: RosterStore, sourcedId: string) =>
    (await store.snapshot()).rosterLinks.find((each) => each.sourcedId === sourcedId)?.id ?? ''
  const moved = () => filesOf(inClass(smallSchool(), 'p-2', '3b'))

  describe('an import beside others', () => {
    test('two at once: one follows the other, and nobody is there twice', async () => {
      const store = await rosterStoreOver(database, {})
      const other = openPostgres({ url: url() })
      try {
        const exported = smallSchool()
        for (let at = 0; at < 30; at += 1) {
          exported.people.push(person(`m-${at}`, 'Mia', 'M', 'student', { grade: '5' }))
        }
        const there = { ...store, roster: createSqlRoster(other) }
        const results = await Promise.all([
          importInto(store, { files: filesOf(exported) }),
          importInto(there, { files: filesOf(exported) }),
        ])
        expect(results.map(({ result }) => result.outcome).toSorted()).toEqual(['imported', 'nothingToDo'])
        const { pupils, staff } = await store.snapshot()
        expect(pupils).toHaveLength(34)
        const usernames = [...pupils, ...staff].map(({ username }) => username)
        expect(new Set(usernames).size).toBe(usernames.length)
      } finally {
        await other.close()
      }
    })

    test('two sources at once make no username twice', async () => {
      const store = await rosterStoreOver(database, {})
      const exported = (school: string) => {
        const all = smallSchool()
        all.people = Array.from({ length: 20 }, (_, at) =>
          person(`p-${at}`, 'Mia', 'M', 'student', { grade: '5' }),
        )
        all.enrollments = [{ class: '3a', user: 'p-1', role: 'student' }]
        all.schools = [{ id: 'oak', name: school }]
        return filesOf(all)
      }
      // Both are as likely to draw the same numbers.
      const drawing = () => {
        let at = 0
        return (limit: number) => {
          at += 1
          return at % limit
        }
      }
      await Promise.all(
        ['north', 'south'].map((source) =>
          importInto(store, { files: exported(source), source, randomBelow: drawing() }),
        ),
      )
      const { pupils } = await store.snapshot()
      expect(pupils).toHaveLength(40)
      expect(new Set(pupils.map(({ username }) => username)).size).toBe(40)
    })

    test('what others decide of a pupil meanwhile stands, and the import begins anew', async () => {
      const store = await imported()
      const id = await idOf(store, 'p-1')
      let begun = 0
      const meanwhile = withApply(store, (apply) => async (...given) => {
        begun += 1
        if (begun === 1) {
          await store.transaction(async (unit) => {
            const [ida] = await unit.pupils([id])
            if (ida) await unit.savePupil({ ...ida, policyOverride: 'indskoling', policyNote: 'Billeder' })
          })
        }
        await apply(...given)
      })
      const older = smallSchool()
      older.people = older.people.map((each) => (each.id === 'p-1' ? { ...each, grade: '4' } : each))
      await importInto(meanwhile, { files: filesOf(older), now: NOW + days(1) })
      expect(begun).toBe(2)
      const ida = (await store.snapshot()).pupils.find((each) => each.id === id)
      // With a policy of the pupil's own, the higher stage starts nothing.
      expect(ida).toMatchObject({
        year: 4,
        policyOverride: 'indskoling',
        policyNote: 'Billeder',
        movedUpAt: null,
      })
    })

    test('nobody waits for it who looks, or writes about others', async () => {
      const store = await imported()
      const [ida, eva] = [await idOf(store, 'p-1'), await idOf(store, 'p-3')]
      let seen: unknown
      const slow = withApply(store, (apply) => async (...given) => {
        await apply(...given)
        seen = await store.transaction(async (unit) => {
          const [pupil] = await unit.pupils([eva])
          if (pupil) await unit.savePupil({ ...pupil, policyNote: 'Meanwhile' })
          return (await unit.classesOfPupils([ida])).get(ida)?.length
        })
      })
      await importInto(slow, { files: filesOf(without(smallSchool(), 'p-1')) })
      // What is not yet committed is not seen.
      expect(seen).toBe(2)
      const { pupils } = await store.snapshot()
      expect(pupils.find(({ id }) => id === eva)?.policyNote).toBe('Meanwhile')
      expect(pupils.find(({ id }) => id === ida)?.active).toBe(false)
    })

    test('one whose process dies before the end has written nothing, and the next one may begin', async () => {
      const store = await imported()
      const before = await store.snapshot()
      const dying = withApply(store, (apply) => async (...given) => {
        await apply(...given)
        await database.read(
          `select pg_terminate_backend(pid) from pg_locks
           where relation = 'roster_links'::regclass and mode = 'ShareRowExclusiveLock'`,
        )
      })
      await expect(importInto(dying, { files: moved() })).rejects.toThrow()
      expect(await store.snapshot()).toEqual(before)
      expect(summaryOf((await importInto(store, { files: moved() })).result).pupils.moved).toBe(1)
    })

    test('a dry run changes nothing of a database of an earlier program, and says so', async () => {
      const opening = { env: { DATABASE_URL: url() }, root: '/', dryRun: true }
      const version = await versionOf(database)
      await database.alone(LOCKS.migrations, ({ run }) =>
        run(`delete from migrations where version = ${version}`),
      )
      try {
        await expect(openRosterTarget(opening)).rejects.toThrow('is of an earlier version')
        expect(await versionOf(database)).toBe(version - 1)
      } finally {
        await database.alone(LOCKS.migrations, ({ run }) =>
          run(`insert into migrations (version, name, at) values (${version}, 'newest', 1)`),
        )
      }
    })

    test('the pages of its schools are told by every process, and an administrator’s asks for the whole list', async () => {
      const store = await imported()
      const bus = await openSqlEventBus({ database, timer: systemTimer })
      try {
        const { said, administrator, signIn, call, idOf: idIn } = apiOver(store, bus)
        const [oak, head, ane] = [
          await idIn('oak'),
          await administrator('t-head', 'oak'),
          await signIn('anek1001'),
        ]
        const stream = (await call('GET /events', ane)).body?.getReader()
        // The first beat says that the stream has begun.
        await stream?.read()
        const { latestEvent } = JSON.parse(await said(200, `GET /schools/${oak}/pupils`, head))
        const told = new Promise((resolve) => {
          bus.subscribe(resolve)
        })
        await importInto(store, { files: filesOf(without(smallSchool(), 'p-1')) })

        expect(await told).toMatchObject({ what: 'rosters', pupilIds: [], institutionIds: [oak] })
        const look = new TextDecoder().decode((await stream?.read())?.value)
        expect(look).toContain('event: look')
        expect(look).toContain('data: {}')
        await stream?.cancel()
        const list = JSON.parse(
          await said(200, `GET /schools/${oak}/pupils?changedSince=${latestEvent}`, head),
        )
        expect(list.whole).toBe(true)
        expect(list.rows.map(({ name }: { name: string }) => name)).not.toContain('Ida Holm')
      } finally {
        await bus.close()
      }
    })
  })
}
