import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Exported, Table } from '../../bench/roster-export'
import { days } from '../../server/time'
import { NOW } from './ordinary-pupil'
import { broughtTo, emptyStore, filesOf, importing, person, summaryOf } from './roster'

const schools = ['oak', 'ash']
const classIds = schools.flatMap((school) =>
  ['a', 'b', 'c'].map((name) => ({ id: `${school}-${name}`, school })),
)

const somePupil = fc.record({
  grade: fc.constantFrom('0', 'KG', '03', '4', '7', '10'),
  name: fc.constantFrom('Ida', 'Åse', 'Bo'),
  classes: fc.uniqueArray(fc.constantFrom(...classIds.map(({ id }) => id)), { maxLength: 3 }),
  hasUsername: fc.boolean(),
})
const someTeacher = fc.record({
  role: fc.constantFrom('teacher', 'siteAdministrator'),
  classes: fc.uniqueArray(fc.constantFrom(...classIds.map(({ id }) => id)), { maxLength: 2 }),
})

/** Exports of the same two schools, with other people in other classes. */
const someExport: fc.Arbitrary<Exported> = fc
  .record({
    pupils: fc.dictionary(fc.constantFrom('p1', 'p2', 'p3', 'p4', 'p5', 'p6'), somePupil, { minKeys: 1 }),
    teachers: fc.dictionary(fc.constantFrom('t1', 't2', 't3'), someTeacher, { minKeys: 1 }),
    years: fc.array(fc.constantFrom('0', '3', '6'), { minLength: 6, maxLength: 6 }),
  })
  .map(({ pupils, teachers, years }) => ({
    schools: schools.map((id) => ({ id, name: id })),
    sessions: [{ id: 'y', schoolYear: '2027', startDate: '2026-08-01', endDate: '2027-07-01' }],
    classes: classIds.map(({ id, school }, place) => ({
      id,
      school,
      title: id,
      type: place % 3 === 2 ? 'scheduled' : 'homeroom',
      grades: years[place] ?? '1',
    })),
    people: [
      ...Object.entries(pupils).map(([id, { grade, name, hasUsername }]) =>
        person(id, name, id, 'student', {
          grade,
          ...(hasUsername ? { username: `pupi900${id.slice(1)}` } : {}),
        }),
      ),
      ...Object.entries(teachers).map(([id, { role }]) => person(id, 'T', id, role)),
    ],
    enrollments: [
      ...Object.entries(pupils).flatMap(([user, { classes }]) =>
        classes.map((each) => ({ class: each, user, role: 'student' })),
      ),
      ...Object.entries(teachers).flatMap(([user, { classes }]) =>
        classes.map((each) => ({ class: each, user, role: 'teacher' })),
      ),
      // A file is never empty.
      { class: 'oak-a', user: Object.keys(pupils)[0] ?? '', role: 'student' },
    ].map((each, place) => ({ ...each, id: `e${place}` })),
  }))

const someVersion = fc.constantFrom('1.1' as const, '1.2' as const)

/** Numbers that are the same each time. */
const numbers = () => {
  let at = 0
  return (limit: number) => {
    at += 7919
    return at % limit
  }
}

test('imported twice, there is nothing to do', async () => {
  await fc.assert(
    fc.asyncProperty(someExport, someVersion, async (exported, version) => {
      const into = emptyStore()
      const first = await importing({ files: filesOf(exported, version), into })
      expect(first.result.outcome).toBe('imported')
      const before = into.snapshot()
      const again = await importing({ files: filesOf(exported, version), into, now: NOW + days(40) })
      expect(again.result.outcome).toBe('nothingToDo')
      expect(into.snapshot()).toEqual(before)
    }),
  )
})

test('the order of the lines changes nothing', async () => {
  await fc.assert(
    fc.asyncProperty(
      someExport,
      someVersion,
      fc.infiniteStream(fc.nat()),
      async (exported, version, draw) => {
        const shuffled = (tables: Record<string, Table>) =>
          Object.fromEntries(
            Object.entries(tables).map(([file, { columns, rows }]) => [
              file,
              {
                columns,
                rows: rows
                  .map((row) => [draw.next().value ?? 0, row] as const)
                  .toSorted(([a], [b]) => a - b)
                  .map(([, row]) => row),
              },
            ]),
          )
        const one = await importing({ files: filesOf(exported, version), randomBelow: numbers() })
        const other = await importing({ files: filesOf(exported, version, shuffled), randomBelow: numbers() })
        expect(broughtTo(other.store.snapshot())).toEqual(broughtTo(one.store.snapshot()))
      },
    ),
  )
})

test('after one export and then another, everybody is as if only the other had been; a dry run says so before', async () => {
  await fc.assert(
    fc.asyncProperty(someExport, someExport, async (first, second) => {
      const into = emptyStore()
      await importing({ files: filesOf(first), into })
      const files = () => filesOf(second)
      const dry = await importing({ files: files(), into, dryRun: true })
      const real = await importing({ files: files(), into })
      expect(dry.result).toEqual(real.result)
      const { store: only } = await importing({ files: files() })
      const [here, there] = [broughtTo(into.snapshot()), broughtTo(only.snapshot())]
      for (const what of ['institutions', 'classes', 'teaching', 'enrolments', 'registrations'] as const) {
        expect(here[what]).toEqual(there[what])
      }
      const active = (store: typeof into) =>
        store
          .snapshot()
          .pupils.filter((pupil) => pupil.active)
          .map(({ name, year }) => `${name} ${year}`)
          .toSorted()
      expect(active(into)).toEqual(active(only))
      const { added, returned, moved, changed, unchanged } = summaryOf(real.result).pupils
      expect(added + returned + moved + changed + unchanged).toBe(active(only).length)
    }),
  )
})

test('usernames are always unique, also of those who are gone', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(someExport, { minLength: 1, maxLength: 3 }), async (exports) => {
      const into = emptyStore()
      for (const [day, exported] of exports.entries()) {
        await importing({
          files: filesOf(exported),
          into,
          now: NOW + days(day * 20),
          randomBelow: (limit) => Math.floor(Math.random() * Math.min(3, limit)),
        })
      }
      const { pupils, staff } = into.snapshot()
      const usernames = [...pupils, ...staff].map(({ username }) => username)
      expect(new Set(usernames).size).toBe(usernames.length)
    }),
  )
})
