import { expect, test } from 'vitest'
import { groupsOf, sheetsOf } from '../../src/features/take-away/groups'

const pupil = (name: string, className: string | null, schoolName = 'Birkeskolen') => ({
  name,
  className,
  schoolName,
})

test('each class of each school is printed by itself, 2.A before 10.X, and who is in none comes last', () => {
  const groups = groupsOf([
    pupil('Ida', '10.X'),
    pupil('Bo', null),
    pupil('Asta', '2.A'),
    pupil('Aksel', '2.A', 'Søndervang Skole'),
    pupil('Åge', '2.A'),
  ])
  expect(
    groups.map(({ title, schoolName, rows }) => [schoolName, title, rows.map(({ name }) => name)]),
  ).toEqual([
    ['Birkeskolen', '2.A', ['Asta', 'Åge']],
    ['Birkeskolen', '10.X', ['Ida']],
    ['Birkeskolen', null, ['Bo']],
    ['Søndervang Skole', '2.A', ['Aksel']],
  ])
})

test('what is named is printed as one, in its order', () => {
  const groups = groupsOf([pupil('Ida', '8.B'), pupil('Bo', null), pupil('Asta', '8.A')], 'Tysk 8')
  expect(groups).toHaveLength(1)
  expect(groups[0]).toMatchObject({
    title: 'Tysk 8',
    rows: [{ name: 'Ida' }, { name: 'Bo' }, { name: 'Asta' }],
  })
})

test.each([
  [0, 8, []],
  [1, 8, [1]],
  [8, 8, [8]],
  [9, 8, [8, 1]],
  [26, 8, [8, 8, 8, 2]],
  [3, 1, [1, 1, 1]],
])('%d slips, %d on a sheet', (count, perSheet, sizes) => {
  const slips = Array.from({ length: count }, (_, place) => place)
  const sheets = sheetsOf(slips, perSheet)
  expect(sheets.map((sheet) => sheet.length)).toEqual(sizes)
  expect(sheets.flat()).toEqual(slips)
})
