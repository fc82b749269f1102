import { describe, expect, test } from 'vitest'
import type { Exported } from '../../bench/roster-export'
import { GONE_KEPT } from '../../server/roster/rules'
import type { RosterTarget } from '../../server/roster/target'
import { isUsername } from '../../server/session/username'
import type { Store } from '../../server/store/store'
import { days } from '../../server/time'
import { blockSince, MOMENT, NOW } from '../rules/ordinary-pupil'
import {
  broughtTo,
  filesOf,
  type Importing,
  importInto,
  inClass,
  person,
  type RosterData,
  smallSchool,
  some,
  summaryOf,
  without,
} from '../rules/roster'
import { rosterApiContract } from './roster-api-contract'

/** A store that is imported to, and all that is in it. */
export interface RosterStore extends Store {
  readonly roster: RosterTarget
  snapshot(): Promise<RosterData>
}
export type OpenRosterStore = (data: Partial<RosterData>) => Promise<RosterStore>

const idOf = async (store: RosterStore, sourcedId: string) => {
  const link = (await store.snapshot()).rosterLinks.find((each) => each.sourcedId === sourcedId)
  if (!link) throw new Error(`${sourcedId} is not here`)
  return link.id
}
const pupilIn = async (store: RosterStore, sourcedId: string) => {
  const id = await idOf(store, sourcedId)
  const found = (await store.snapshot()).pupils.find((each) => each.id === id)
  if (!found) throw new Error(`${sourcedId} is no pupil`)
  return found
}
const staffIn = async (store: RosterStore, sourcedId: string) => {
  const id = await idOf(store, sourcedId)
  const found = (await store.snapshot()).staff.find((each) => each.id === id)
  if (!found) throw new Error(`${sourcedId} is not of the staff`)
  return found
}
/** The sourcedIds of the pupils whom this teacher finds in own classes. */
const pupilsOf = async (store: RosterStore, teacher: string) => {
  const staffId = await idOf(store, teacher)
  const links = (await store.snapshot()).rosterLinks
  return store.transaction(async (unit) => {
    const classes = await unit.classesTaughtBy(staffId)
    const ids = (await unit.pupilsInClasses(classes.map(({ id }) => id))).map(({ pupil }) => pupil.id)
    return ids.flatMap((id) => links.find((link) => link.id === id)?.sourcedId ?? []).toSorted()
  })
}

const withPerson = (
  exported: Exported,
  id: string,
  change: Partial<Exported['people'][number]>,
): Exported => ({
  ...exported,
  people: exported.people.map((each) => (each.id === id ? { ...each, ...change } : each)),
})
export function rosterContract(name: string, open: OpenRosterStore) {
  rosterApiContract(name, open)
  describe(`${name}: an import`, () => {
    /** Into a new store where none is given. */
    const importing = async ({ into, ...rest }: Importing & { into?: RosterStore }) =>
      importInto(into ?? (await open({})), rest)

    /** The small school, as imported. */
    const imported = async (exported = smallSchool()) => (await importing({ files: filesOf(exported) })).store

    describe.each(['1.1', '1.2'] as const)('an export of OneRoster %s', (version) => {
      test('brings schools, classes, staff and pupils, and who is where', async () => {
        const { store, result, told } = await importing({ files: filesOf(smallSchool(), version) })
        const { schools, classes, staff, pupils } = summaryOf(result)
        expect([schools, classes, staff, pupils].map(some)).toEqual([
          { added: 1 },
          { added: 3 },
          { added: 3 },
          { added: 4 },
        ])
        expect(told).toContain('Done')
        const brought = broughtTo(await store.snapshot())
        expect(brought.classes.map((row) => JSON.parse(row))).toEqual([
          { id: '3a', institutionId: 'oak', kind: 'class', name: '3.A', year: 3 },
          { id: '3b', institutionId: 'oak', kind: 'class', name: '3.B', year: 3 },
          { id: 'music', institutionId: 'oak', kind: 'group', name: 'Musik', year: null },
        ])
        expect(brought.teaching).toEqual(['["t-ane","3a"]', '["t-bo","3b"]', '["t-head","music"]'])
        expect(brought.enrolments).toHaveLength(5)
        expect(brought.registrations).toEqual(
          ['p-1', 'p-2', 'p-3', 'p-4'].map((id) => JSON.stringify([id, 'oak'])),
        )
        expect(await pupilsOf(store, 't-ane')).toEqual(['p-1', 'p-2'])
      })

      test('makes pupils who have never signed in, with the years of their grades or classes', async () => {
        const { store } = await importing({ files: filesOf(smallSchool(), version) })
        expect(await pupilIn(store, 'p-1')).toMatchObject({
          username: 'idah2001',
          name: 'Ida Holm',
          alias: null,
          year: 3,
          signInKind: 'unilogin',
          policyOverride: null,
          passwordSetAt: null,
          movedUpAt: null,
          block: null,
          active: true,
        })
        expect((await pupilIn(store, 'p-3')).year).toBe(3)
        expect((await pupilIn(store, 'p-2')).username).toMatch(/^soer\d{4}$/)
        expect(await pupilIn(store, 'p-4')).toMatchObject({ signInKind: 'local', username: 'max@oak.dk' })
      })

      test('a headmaster is user administrator, and a teacher where an enrollment says so', async () => {
        const { store } = await importing({ files: filesOf(smallSchool(), version) })
        expect((await staffIn(store, 't-head')).roles.map(({ role }) => role).toSorted()).toEqual([
          'teacher',
          'userAdministrator',
        ])
        expect((await staffIn(store, 't-ane')).roles).toEqual([
          { institutionId: await idOf(store, 'oak'), role: 'teacher' },
        ])
        expect(isUsername((await staffIn(store, 't-bo')).username)).toBe(true)
      })
    })

    test('the ids say nothing of the sourcedIds, and fit into an address', async () => {
      const { newRosterId } = await import('../../server/roster/command')
      const { store } = await importing({ files: filesOf(smallSchool()), newId: newRosterId })
      const { pupils, classes, staff, institutions } = await store.snapshot()
      for (const { id } of [...pupils, ...classes, ...staff, ...institutions]) {
        expect(id).toMatch(/^[ipcs]-[0-9a-f]{16}$/)
      }
    })

    describe('imported again', () => {
      test('the same export says that there is nothing to do, and writes nothing', async () => {
        const store = await imported()
        const before = await store.snapshot()
        const { result, told } = await importing({
          files: filesOf(smallSchool()),
          into: store,
          now: NOW + days(1),
        })
        expect(result.outcome).toBe('nothingToDo')
        expect(told).toContain('Nothing to do')
        expect(await store.snapshot()).toEqual(before)
      })

      test('a username that was made stays, whatever the name is now', async () => {
        const store = await imported()
        const { username } = await pupilIn(store, 'p-2')
        const renamed = withPerson(smallSchool(), 'p-2', { familyName: 'Holst' })
        const { result } = await importing({ files: filesOf(renamed), into: store })
        expect(some(summaryOf(result).pupils)).toEqual({ changed: 1, unchanged: 3 })
        expect(await pupilIn(store, 'p-2')).toMatchObject({ username, name: 'Søren Holst' })
      })

      test('a pupil who has moved to another class has other teachers at once', async () => {
        const store = await imported()
        const { result } = await importing({
          files: filesOf(inClass(smallSchool(), 'p-2', '3b')),
          into: store,
        })
        expect(some(summaryOf(result).pupils)).toEqual({ moved: 1, unchanged: 3 })
        expect(await pupilsOf(store, 't-ane')).toEqual(['p-1'])
        expect(await pupilsOf(store, 't-bo')).toEqual(['p-2', 'p-3', 'p-4'])
      })

      test('a class that is gone takes its enrolments along, and its pupils stay at the school', async () => {
        const store = await imported()
        const exported = smallSchool()
        const { result } = await importing({
          files: filesOf({
            ...exported,
            classes: exported.classes.filter(({ id }) => id !== 'music'),
            enrollments: exported.enrollments.filter((each) => each.class !== 'music'),
          }),
          into: store,
        })
        expect(some(summaryOf(result).classes)).toEqual({ removed: 1, unchanged: 2 })
        expect((await store.snapshot()).classes.map(({ name }) => name)).toEqual(['3.A', '3.B'])
        expect((await store.snapshot()).pupils.every(({ active }) => active)).toBe(true)
      })

      test('touches neither policy, block nor password', async () => {
        const store = await imported()
        const ida = await pupilIn(store, 'p-1')
        await store.transaction(async (unit) => {
          await unit.savePupil({
            ...ida,
            policyOverride: 'indskoling',
            policyNote: 'Billeder',
            block: blockSince(NOW),
            passwordSetAt: NOW,
          })
          await unit.savePassword({
            pupilId: ida.id,
            policy: 'indskoling',
            hash: 'h',
            setAt: NOW,
          })
        })
        const { passwords } = await store.snapshot()
        await importing({
          files: filesOf(withPerson(smallSchool(), 'p-1', { grade: '5', givenName: 'Idda' })),
          into: store,
        })
        expect(await pupilIn(store, 'p-1')).toMatchObject({
          name: 'Idda Holm',
          year: 5,
          policyOverride: 'indskoling',
          policyNote: 'Billeder',
          block: blockSince(NOW),
          passwordSetAt: NOW,
          movedUpAt: null,
        })
        expect((await store.snapshot()).passwords).toEqual(passwords)
      })

      test('a pupil whose stage is a higher one has moved up now; within the stage not', async () => {
        const store = await imported()
        const older = withPerson(withPerson(smallSchool(), 'p-1', { grade: '4' }), 'p-2', { grade: '2' })
        await importing({ files: filesOf(older), into: store, now: NOW + days(3) })
        expect(await pupilIn(store, 'p-1')).toMatchObject({ year: 4, movedUpAt: NOW + days(3) })
        expect(await pupilIn(store, 'p-2')).toMatchObject({ year: 2, movedUpAt: null })
      })

      test('a teacher who is gone is inactive and teaches nobody; one who returns is the same', async () => {
        const store = await imported()
        const { id, username } = await staffIn(store, 't-bo')
        await importing({ files: filesOf(without(smallSchool(), 't-bo')), into: store })
        expect(await staffIn(store, 't-bo')).toMatchObject({ active: false, roles: [] })
        expect(await pupilsOf(store, 't-bo')).toEqual([])
        const { result } = await importing({
          files: filesOf(smallSchool()),
          into: store,
          now: NOW + days(400),
        })
        expect(some(summaryOf(result).staff)).toEqual({ returned: 1, unchanged: 2 })
        expect(await staffIn(store, 't-bo')).toMatchObject({ id, username, active: true })
        expect(await pupilsOf(store, 't-bo')).toEqual(['p-3', 'p-4'])
      })

      test('an export without the column of aliases takes no protection away; an empty cell does', async () => {
        const alias = (value: string) =>
          withPerson(smallSchool(), 'p-2', { more: { 'metadata.elevadgang.alias': value } })
        const store = await imported(alias('Elev 31'))
        expect(await pupilIn(store, 'p-2')).toMatchObject({ alias: 'Elev 31' })
        expect((await pupilIn(store, 'p-2')).username).toMatch(/^elev\d{4}$/)
        await importing({ files: filesOf(smallSchool()), into: store })
        expect((await pupilIn(store, 'p-2')).alias).toBe('Elev 31')
        await importing({ files: filesOf(alias('')), into: store })
        expect((await pupilIn(store, 'p-2')).alias).toBe(null)
      })

      test('a school renamed keeps its id and its local login', async () => {
        const store = await imported()
        const data = await store.snapshot()
        const withDomain = await open({
          ...data,
          institutions: data.institutions.map((each) => ({ ...each, localLoginDomain: 'oak.dk' })),
        })
        await importing({
          files: filesOf({ ...smallSchool(), schools: [{ id: 'oak', name: 'Egen' }] }),
          into: withDomain,
        })
        expect((await withDomain.snapshot()).institutions).toEqual([
          { id: await idOf(store, 'oak'), name: 'Egen', localLoginDomain: 'oak.dk' },
        ])
      })
    })

    describe('a pupil who is gone', () => {
      const gone = async () => {
        const store = await imported()
        const ida = await pupilIn(store, 'p-1')
        const { id } = ida
        await store.transaction(async (unit) => {
          await unit.savePassword({ pupilId: id, policy: 'indskoling', hash: 'h', setAt: NOW })
          await unit.savePupil({ ...ida, passwordSetAt: NOW })
          await unit.saveStepUp({ pupilId: id, startedAt: NOW, startedBy: 's', endedAt: null })
        })
        const { result } = await importing({ files: filesOf(without(smallSchool(), 'p-1')), into: store })
        expect(some(summaryOf(result).pupils)).toEqual({ gone: 1, unchanged: 3 })
        return { store, id }
      }

      test('is inactive at once, without a way in, and nobody finds the pupil', async () => {
        const { store, id } = await gone()
        expect((await pupilIn(store, 'p-1')).active).toBe(false)
        expect(await pupilsOf(store, 't-ane')).toEqual(['p-2'])
        expect((await store.snapshot()).stepUps.find(({ pupilId }) => pupilId === id)?.endedAt).toBe(NOW)
        await store.transaction(async (unit) => expect(await unit.pupilByUsername('idah2001')).toBe(null))
      })

      test('a moment before 30 days have passed is the same one again, with the password', async () => {
        const { store, id } = await gone()
        const later = NOW + GONE_KEPT - MOMENT
        const { result } = await importing({ files: filesOf(smallSchool()), into: store, now: later })
        expect(some(summaryOf(result).pupils)).toEqual({ returned: 1, unchanged: 3 })
        expect(await pupilIn(store, 'p-1')).toMatchObject({
          id,
          active: true,
          username: 'idah2001',
          passwordSetAt: NOW,
        })
        expect((await store.snapshot()).passwords).toHaveLength(1)
        expect(await pupilsOf(store, 't-ane')).toEqual(['p-1', 'p-2'])
      })

      test('is kept while 30 days have not passed, and removed with everything once they have', async () => {
        const { store, id } = await gone()
        const files = () => filesOf(without(smallSchool(), 'p-1'))
        const before = await importing({ files: files(), into: store, now: NOW + GONE_KEPT - MOMENT })
        expect(before.result.outcome).toBe('nothingToDo')
        expect((await store.snapshot()).pupils).toHaveLength(4)
        const after = await importing({ files: files(), into: store, now: NOW + GONE_KEPT })
        expect(some(summaryOf(after.result).pupils)).toEqual({ removed: 1, unchanged: 3 })
        const { pupils, passwords, stepUps, rosterLinks } = await store.snapshot()
        expect([pupils.length, passwords.length, stepUps.length]).toEqual([3, 0, 0])
        expect(rosterLinks.some((link) => link.id === id)).toBe(false)
      })

      test('returning after 30 days is somebody new, under the old username and without a password', async () => {
        const { store, id } = await gone()
        const { result } = await importing({
          files: filesOf(smallSchool()),
          into: store,
          now: NOW + GONE_KEPT,
        })
        expect(some(summaryOf(result).pupils)).toEqual({ added: 1, removed: 1, unchanged: 3 })
        expect((await pupilIn(store, 'p-1')).id).not.toBe(id)
        expect(await pupilIn(store, 'p-1')).toMatchObject({ username: 'idah2001', passwordSetAt: null })
        expect((await store.snapshot()).passwords).toEqual([])
      })

      test.each([
        ['marked tobedeleted', { more: { status: 'tobedeleted' } }],
        ['not enabled', { more: { enabledUser: 'false' } }],
      ])('may be in the export still, %s', async (_, change) => {
        const store = await imported()
        const { result } = await importing({
          files: filesOf(withPerson(smallSchool(), 'p-1', change)),
          into: store,
        })
        expect(some(summaryOf(result).pupils)).toEqual({ gone: 1, unchanged: 3 })
      })
    })

    test('a new sourcedId with the same username is the same pupil', async () => {
      const store = await imported()
      const { id } = await pupilIn(store, 'p-1')
      const renumbered = JSON.parse(JSON.stringify(smallSchool()).replaceAll('"p-1"', '"p-1-new"'))
      const { result } = await importing({ files: filesOf(renumbered), into: store })
      expect(some(summaryOf(result).pupils)).toEqual({ changed: 1, unchanged: 3 })
      expect((await pupilIn(store, 'p-1-new')).id).toBe(id)
      expect((await importing({ files: filesOf(renumbered), into: store })).result.outcome).toBe(
        'nothingToDo',
      )
    })

    describe('usernames', () => {
      const clash = (username: string) => withPerson(smallSchool(), 'p-3', { username })

      test('may change hands within an export', async () => {
        const both = withPerson(smallSchool(), 'p-2', { username: 'soer1111' })
        const store = await imported(both)
        const swapped = withPerson(withPerson(both, 'p-2', { username: 'idah2001' }), 'p-1', {
          username: 'soer1111',
        })
        await importing({ files: filesOf(swapped), into: store })
        expect([(await pupilIn(store, 'p-1')).username, (await pupilIn(store, 'p-2')).username]).toEqual([
          'soer1111',
          'idah2001',
        ])
      })

      test('of somebody who came otherwise stay theirs, and nothing is written', async () => {
        const other = await importing({ files: filesOf(smallSchool()), source: 'elsewhere' })
        const before = await other.store.snapshot()
        const { result, told } = await importing({ files: filesOf(clash('evax3333')), into: other.store })
        expect(result.outcome).toBe('faulty')
        expect(told).toContain(
          'users.csv, line 5, column username: expected a username that nobody else here has',
        )
        expect(await other.store.snapshot()).toEqual(before)
      })

      test('that are made are nobody’s of the staff either, of whatever source', async () => {
        const elsewhere = smallSchool()
        elsewhere.people = [person('t-eva', 'Eva', 'X', 'teacher', { username: 'evax1000' })]
        elsewhere.enrollments = [{ class: '3a', user: 't-eva', role: 'teacher' }]
        const { store } = await importing({ files: filesOf(elsewhere), source: 'elsewhere' })
        const here = smallSchool()
        here.people = [person('p-9', 'Eva', 'X', 'student', { grade: '1' })]
        here.enrollments = [{ class: '3a', user: 'p-9', role: 'student' }]
        const numbers = [0, 7]
        await importing({ files: filesOf(here), into: store, randomBelow: () => numbers.shift() ?? 8 })
        expect((await pupilIn(store, 'p-9')).username).toBe('evax1007')
      })

      test('that are made are tried until free', async () => {
        const store = await imported(clash('evax1000'))
        const more = {
          ...clash('evax1000'),
          people: [...clash('evax1000').people, person('p-9', 'Eva', 'X', 'student', { grade: '1' })],
        }
        const numbers = [0, 0, 7]
        const { result } = await importing({
          files: filesOf(more),
          into: store,
          randomBelow: () => numbers.shift() ?? 8,
        })
        expect(some(summaryOf(result).pupils)).toEqual({ added: 1, unchanged: 4 })
        expect((await pupilIn(store, 'p-9')).username).toBe('evax1007')
      })
    })

    describe('schools that are not in the export', () => {
      const two = (): Exported => {
        const exported = smallSchool()
        return {
          ...exported,
          schools: [...exported.schools, { id: 'ash', name: 'Askeskolen' }],
          classes: [
            ...exported.classes,
            { id: '1x', title: '1.X', type: 'homeroom', school: 'ash', grades: '1' },
          ],
          people: [
            ...exported.people.map((each) =>
              each.id === 'p-1' || each.id === 't-ane'
                ? { ...each, roles: [...each.roles, ...each.roles.map(({ role }) => ({ role, org: 'ash' }))] }
                : each,
            ),
            {
              ...person('p-ash', 'Liv', 'Ask', 'student', { grade: '1' }),
              roles: [{ role: 'student', org: 'ash' }],
            },
          ],
          enrollments: [
            ...exported.enrollments,
            { class: '1x', user: 'p-ash', role: 'student' },
            { class: '1x', user: 'p-1', role: 'student' },
            { class: '1x', user: 't-ane', role: 'teacher' },
          ],
        }
      }

      test('keep their people, also those who are at both', async () => {
        const store = await imported(two())
        const before = broughtTo(await store.snapshot())
        const { result } = await importing({ files: filesOf(smallSchool()), into: store })
        expect(result.outcome).toBe('nothingToDo')
        expect(broughtTo(await store.snapshot())).toEqual(before)
      })

      test('keep a pupil who leaves only the school that is in it', async () => {
        const store = await imported(two())
        const { result } = await importing({ files: filesOf(without(smallSchool(), 'p-1')), into: store })
        expect(some(summaryOf(result).pupils)).toEqual({ moved: 1, unchanged: 3 })
        expect((await pupilIn(store, 'p-1')).active).toBe(true)
        expect(await pupilsOf(store, 't-ane')).toEqual(['p-1', 'p-2', 'p-ash'])
        expect(broughtTo(await store.snapshot()).registrations).toContain('["p-1","ash"]')
        expect(broughtTo(await store.snapshot()).registrations).not.toContain('["p-1","oak"]')
      })

      test('a school that is marked tobedeleted loses its people', async () => {
        const store = await imported(two())
        const closing = two()
        closing.schools = closing.schools.map((each) =>
          each.id === 'ash' ? { ...each, more: { status: 'tobedeleted' } } : each,
        )
        const { result } = await importing({ files: filesOf(closing), into: store })
        expect(some(summaryOf(result).pupils)).toEqual({ gone: 1, moved: 1, unchanged: 3 })
        expect(some(summaryOf(result).classes)).toEqual({ removed: 1, unchanged: 3 })
      })

      test('two systems may give the same sourcedIds to different people', async () => {
        const store = await imported()
        const other = JSON.parse(
          JSON.stringify(smallSchool())
            .replaceAll('idah2001', '')
            .replaceAll('anek1001', '')
            .replaceAll('max@', 'may@'),
        )
        const { result } = await importing({ files: filesOf(other), into: store, source: 'other' })
        expect(some(summaryOf(result).pupils)).toEqual({ added: 4 })
        expect((await store.snapshot()).pupils).toHaveLength(8)
      })
    })

    describe('nothing is half done', () => {
      test('a dry run says the same and writes nothing', async () => {
        const store = await imported()
        const before = await store.snapshot()
        const files = () => filesOf(without(inClass(smallSchool(), 'p-2', '3b'), 'p-1'))
        const dry = await importing({ files: files(), into: store, dryRun: true })
        expect(await store.snapshot()).toEqual(before)
        const real = await importing({ files: files(), into: store })
        expect(dry.result).toEqual(real.result)
        expect(dry.told).toContain('A dry run: nothing was written.')
      })

      test('a store that fails in the middle is as before', async () => {
        const store = await imported()
        const before = await store.snapshot()
        const failing = store.roster.change('default', async (unit) => {
          await importing({
            files: filesOf(without(smallSchool(), 'p-1')),
            into: { ...store, roster: { ...store.roster, change: (_, work) => work(unit) } },
          })
          throw new Error('the disk is full')
        })
        await expect(failing).rejects.toThrow('the disk is full')
        expect(await store.snapshot()).toEqual(before)
      })

      test('an import that breaks off while it writes has written nothing, not even into the log', async () => {
        const store = await imported()
        const before = await store.snapshot()
        let parts = 0
        const breaking: RosterTarget = {
          ...store.roster,
          change: (source, work) =>
            store.roster.change(source, (unit) =>
              work({
                ...unit,
                apply: (changes, told, now) =>
                  unit.apply(changes, told, now, () => {
                    parts += 1
                    throw new Error('the disk is full')
                  }),
              }),
            ),
        }
        const files = filesOf(without(inClass(smallSchool(), 'p-2', '3b'), 'p-1'))
        await expect(importInto({ roster: breaking }, { files })).rejects.toThrow('the disk is full')
        expect(parts).toBe(1)
        expect(await store.snapshot()).toEqual(before)
      })

      test('so many gone that it is rarely meant: nothing, until somebody says that it is right', async () => {
        const many = smallSchool()
        for (let at = 0; at < 20; at++)
          many.people.push(person(`m-${at}`, 'Mia', 'M', 'student', { grade: '5' }))
        const store = await imported(many)
        const { result, told } = await importing({ files: filesOf(smallSchool()), into: store })
        expect(result.outcome).toBe('tooManyGone')
        expect(told).toContain('--many-gone')
        expect((await store.snapshot()).pupils.every(({ active }) => active)).toBe(true)
        await importing({ files: filesOf(smallSchool()), into: store, manyGone: true })
        expect((await store.snapshot()).pupils.filter(({ active }) => active)).toHaveLength(4)
      })
    })

    test('classes of the year before are left out, and those of this year stay until the next begins', async () => {
      const exported = smallSchool()
      exported.sessions.push({
        id: 'y26',
        schoolYear: '2026',
        startDate: '2025-08-01',
        endDate: '2026-07-01',
      })
      exported.classes = exported.classes.map((each) => ({ ...each, more: { termSourcedIds: 'y27' } }))
      exported.classes.push({
        id: 'old',
        title: '2.A',
        type: 'homeroom',
        school: 'oak',
        more: { termSourcedIds: 'y26' },
      })
      exported.enrollments.push({ class: 'old', user: 'p-1', role: 'student' })
      const names = async (day: string) => {
        const { store } = await importing({ files: filesOf(exported), now: Date.parse(day) })
        return (await store.snapshot()).classes.map(({ name }) => name)
      }
      expect(await names('2026-09-01T10:00:00Z')).toEqual(['3.A', '3.B', 'Musik'])
      expect(await names('2027-07-15T10:00:00Z')).toEqual(['3.A', '3.B', 'Musik'])
      expect(await names('2026-07-31T21:59:59Z')).not.toContain('Musik')
      expect(await names('2026-07-31T22:00:00Z')).toContain('Musik')
    })

    test('an enrollment counts from its first day up to, and without, its last', async () => {
      const exported = smallSchool()
      exported.enrollments = exported.enrollments.map((each) =>
        each.user === 'p-2' ? { ...each, more: { beginDate: '2026-11-20', endDate: '2026-11-21' } } : each,
      )
      const at = async (moment: string) => {
        const { store } = await importing({ files: filesOf(exported), now: Date.parse(moment) })
        return pupilsOf(store, 't-ane')
      }
      expect(await at('2026-11-19T22:59:59Z')).toEqual(['p-1'])
      expect(await at('2026-11-19T23:00:00Z')).toEqual(['p-1', 'p-2'])
      expect(await at('2026-11-20T22:59:59Z')).toEqual(['p-1', 'p-2'])
      expect(await at('2026-11-20T23:00:00Z')).toEqual(['p-1'])
    })

    test('who is none of ours is counted, not brought', async () => {
      const exported = smallSchool()
      exported.people.push(
        person('mum', 'Mor', 'Holm', 'guardian'),
        person('aide', 'Pia', 'Aide', 'aide'),
        person('helper', 'Per', 'Helper', 'aide'),
        person('small', 'Bitte', 'Lille', 'student', { grade: 'PK' }),
        person('big', 'Store', 'Stine', 'student', { grade: '12' }),
      )
      exported.enrollments.push({ class: '3a', user: 'helper', role: 'teacher' })
      const { store, result, told } = await importing({ files: filesOf(exported) })
      expect(some(summaryOf(result).staff)).toEqual({ added: 4 })
      expect((await staffIn(store, 'helper')).roles.map(({ role }) => role)).toEqual(['teacher'])
      expect(told).toContain('2  users without a role that we know at a school of the export')
      expect(told).toContain('2  pupils below 0. or above 10. klasse')
      expect(told).not.toMatch(/Holm|Pia|idah2001/)
    })

    test('it says what it reads, compares and writes', async () => {
      const { doings } = await importing({ files: filesOf(smallSchool()), into: await open({}) })
      expect([...new Set(doings)]).toEqual([
        ...['orgs', 'academicSessions', 'users', 'roles', 'classes', 'enrollments'].map(
          (file) => `Reading ${file}.csv`,
        ),
        'Comparing',
        'Writing',
      ])
    })
  })
}
