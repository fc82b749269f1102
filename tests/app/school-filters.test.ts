import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { plainPupil } from '../../server/schools/rows'
import type { Pupil } from '../../src/api/pupil-cache'
import {
  countFilters,
  everybody,
  filterPupils,
  policyFilters,
  sortColumns,
  statusFilters,
  type Wanted,
} from '../../src/features/pupils/filters'
import { addressOf, wantedAt } from '../../src/features/pupils/list-address'
import { type ClassAtSchool, filledUp, withChanges } from '../../src/features/whole-school/rows'

const classes: ClassAtSchool[] = [
  { id: 'c-2a', kind: 'class', name: '2.A', year: 2 },
  { id: 'c-10x', kind: 'class', name: '10.X', year: 10 },
  { id: 'g-tysk', kind: 'group', name: 'Tysk 8', year: null },
]

/** A pupil of 2.A about whom there is nothing to tell. */
const pupil = (name: string, different: Partial<Pupil> = {}): Pupil => ({
  ...Object.assign({}, plainPupil),
  id: `p-${name}`,
  name,
  year: 2,
  policy: 'indskoling',
  homeClass: { id: 'c-2a', name: '2.A' },
  classIds: ['c-2a'],
  ...different,
})

const inClass10 = { year: 10, policy: 'udskoling', homeClass: { id: 'c-10x', name: '10.X' } } as const

const asta = pupil('Asta Holm')
const blocked = pupil('Bertram Lund', {
  status: {
    ...plainPupil.status,
    block: { since: '2026-11-01T08:00:00Z', until: null, reason: { code: 'misuse' } },
  },
})
const local = pupil('Carla Nguyen', { status: { ...plainPupil.status, localLogin: true } })
const old = pupil('Åse Ørsted', {
  ...inClass10,
  classIds: ['c-10x', 'g-tysk'],
  changeBy: '2026-12-01T00:00:00Z',
})
const overridden = pupil('Östen Ek', {
  ...inClass10,
  classIds: ['c-10x'],
  policy: 'indskoling',
  policyOverridden: true,
  changeBy: '2027-02-01T00:00:00Z',
})
const nowhere = pupil('Xenia Uden', { homeClass: null, classIds: [], year: 3 })
const all = [asta, blocked, local, nowhere, old, overridden]

const names = (wanted: Partial<Wanted>) =>
  filterPupils(all, { ...everybody, ...wanted }).map(({ name }) => name)

describe('who is shown', () => {
  test('everybody, where nothing is asked for', () => {
    expect(names({})).toEqual(all.map(({ name }) => name))
  })

  test.each([
    ['a name', 'asta', ['Asta Holm']],
    ['letters as they are typed in a hurry', 'aase orsted', ['Åse Ørsted']],
    ['a class', '10.x', ['Åse Ørsted', 'Östen Ek']],
    ['a class and a name', '10.x ose', []],
    ['both in any order', 'aase 10', ['Åse Ørsted']],
    ['the middle of a name', 'guy', ['Carla Nguyen']],
    ['the beginning only, where it is short', 'gu', []],
    ['a class and the beginning of a name', '2a a', ['Asta Holm']],
    ['nothing but spaces', '  ', all.map(({ name }) => name)],
  ])('by %s', (_, text, expected) => {
    expect(names({ text })).toEqual(expected)
  })

  test('by class, and by group', () => {
    expect(names({ classId: 'c-10x' })).toEqual(['Åse Ørsted', 'Östen Ek'])
    expect(names({ classId: 'g-tysk' })).toEqual(['Åse Ørsted'])
  })

  test('by year, by policy, by a changed policy', () => {
    expect(names({ year: 3 })).toEqual(['Xenia Uden'])
    expect(names({ policy: 'udskoling' })).toEqual(['Åse Ørsted'])
    expect(names({ policy: 'overridden' })).toEqual(['Östen Ek'])
  })

  test('by any of several statuses, together with the rest', () => {
    expect(names({ statuses: ['blocked', 'localLogin'] })).toEqual(['Bertram Lund', 'Carla Nguyen'])
    expect(names({ statuses: ['blocked', 'localLogin'], text: 'b' })).toEqual(['Bertram Lund'])
    expect(names({ statuses: ['waiting'] })).toEqual([])
  })
})

describe('in which order', () => {
  test('by class as a Dane counts, those without a class last in either direction', () => {
    const sorted = (descending: boolean) => names({ sort: { by: 'class', descending } })
    expect(sorted(false).slice(3)).toEqual(['Åse Ørsted', 'Östen Ek', 'Xenia Uden'])
    expect(sorted(true).slice(0, 2)).toEqual(['Åse Ørsted', 'Östen Ek'])
    expect(sorted(true).at(-1)).toBe('Xenia Uden')
  })

  test('by the date of the next change, those without one last in either direction', () => {
    expect(names({ sort: { by: 'changeBy', descending: false } }).slice(0, 2)).toEqual([
      'Åse Ørsted',
      'Östen Ek',
    ])
    expect(names({ sort: { by: 'changeBy', descending: true } }).slice(0, 2)).toEqual([
      'Östen Ek',
      'Åse Ørsted',
    ])
  })

  test('by name backwards', () => {
    expect(names({ sort: { by: 'name', descending: true } })[0]).toBe('Östen Ek')
  })

  test('the list itself stays as it was', () => {
    const before = [...all]
    names({ sort: { by: 'name', descending: true } })
    expect(all).toEqual(before)
  })
})

describe('the number beside each choice', () => {
  test('is what the choice would show, all other filters being as they are', () => {
    const choices = fc.record({
      text: fc.constantFrom('', 'a', '10', 'holm'),
      classId: fc.constantFrom(null, 'c-2a', 'c-10x', 'g-tysk'),
      year: fc.constantFrom(null, 2, 3, 10),
      policy: fc.constantFrom(null, ...policyFilters),
      statuses: fc.subarray([...statusFilters]),
      sort: fc.constant(everybody.sort),
    })
    fc.assert(
      fc.property(choices, (wanted) => {
        const counts = countFilters(all, wanted)
        const shown = (change: Partial<Wanted>) => filterPupils(all, { ...wanted, ...change }).length
        for (const { id } of classes) expect(counts.classes.get(id) ?? 0).toBe(shown({ classId: id }))
        for (const year of [2, 3, 10]) expect(counts.years.get(year) ?? 0).toBe(shown({ year }))
        for (const policy of policyFilters) expect(counts.policies[policy]).toBe(shown({ policy }))
        for (const status of statusFilters) {
          expect(counts.statuses[status]).toBe(shown({ statuses: [status] }))
        }
      }),
    )
  })
})

describe('the address', () => {
  const anything: fc.Arbitrary<Wanted> = fc.record({
    text: fc.string({ unit: 'grapheme' }).map((text) => (text.trim() === '' ? '' : text)),
    classId: fc.constantFrom(null, 'birkeskolen-2a', 'c 1'),
    year: fc.constantFrom(null, 0, 10),
    policy: fc.constantFrom(null, ...policyFilters),
    statuses: fc.subarray([...statusFilters]),
    sort: fc.record({ by: fc.constantFrom(...sortColumns), descending: fc.boolean() }),
  })

  test('says all that is wanted, and leads back to it', () => {
    fc.assert(
      fc.property(anything, (wanted) => {
        const { search, hash } = addressOf(wanted)
        const url = new URL(`https://school.test/skoler/b${search}${hash}`)
        expect(wantedAt(url)).toEqual(wanted)
      }),
    )
  })

  test('is empty where everybody is wanted', () => {
    expect(addressOf(everybody)).toEqual({ search: '', hash: '' })
  })

  test('tells no server what was typed, which may be a name', () => {
    const { search, hash } = addressOf({ ...everybody, text: 'Asta Holm', statuses: ['blocked'] })
    expect(search).toBe('?status=spaerret')
    expect(hash).toBe('#Asta%20Holm')
  })

  test('leaves out what nobody knows', () => {
    const search = '?aargang=ti&politik=hemmelig&status=glad&status=venter&sort=-hoejde'
    expect(wantedAt({ search, hash: '#%E0%A4%A' })).toEqual({ ...everybody, statuses: ['waiting'] })
  })
})

describe('rows in few words', () => {
  const at = (latestEvent: number) => ({ latestEvent, serverTime: '2026-11-20T08:00:00Z' })
  const answer = { institution: { id: 'b', name: 'Birkeskolen' }, ...at(1) }

  test('are filled up with all that goes without saying', () => {
    const rows = [
      { id: 'p-1', name: 'Asta', year: 2, policy: 'indskoling' as const, homeClassId: 'c-2a' },
      {
        id: 'p-2',
        name: 'Bo',
        year: 8,
        policy: 'udskoling' as const,
        homeClassId: null,
        classIds: ['g-tysk'],
        status: { localLogin: true },
        can: { giveNewPassword: { allowed: false as const, reason: 'localLogin' as const } },
      },
    ]
    const { pupils } = filledUp({ ...answer, whole: true, classes, plain: plainPupil, rows })
    const [first, second] = pupils
    expect(first).toMatchObject({
      homeClass: { id: 'c-2a', name: '2.A' },
      classIds: ['c-2a'],
      status: plainPupil.status,
      can: plainPupil.can,
    })
    expect(second).toMatchObject({
      homeClass: null,
      classIds: ['g-tysk'],
      status: { ...plainPupil.status, localLogin: true },
      can: { ...plainPupil.can, giveNewPassword: { allowed: false, reason: 'localLogin' } },
    })
  })

  test('those who have not changed stay the very same objects', () => {
    const changed = { ...asta, policyOverridden: true }
    const school = { institution: answer.institution, classes, pupils: all, latestEvent: 1 }
    const next = withChanges(school, { whole: false, pupils: [changed], ...at(2) })
    expect(next.pupils[0]).toBe(changed)
    expect(next.pupils.slice(1).every((each, place) => each === all[place + 1])).toBe(true)
    expect(next.latestEvent).toBe(2)
    expect(withChanges(school, { whole: false, pupils: [], ...at(3) }).pupils).toBe(all)
  })
})
