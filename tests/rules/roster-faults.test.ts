import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvOf, type Table } from '../../bench/roster-export'
import { FAULTS_TOLD } from '../../server/roster/faults'
import { NOW } from './ordinary-pupil'
import { broughtTo, emptyStore, filesOf, importing, person, smallSchool } from './roster'

type Tables = Record<string, Table>
type Change = (tables: Tables) => Record<string, Table | string | Uint8Array>

const tableOf = (tables: Tables, file: string): Table => {
  const table = tables[file]
  if (!table) throw new Error(`there is no ${file}`)
  return table
}

/** The tables with these cells in a row of a file; the first is 0, below the header on line 1. */
const set =
  (file: string, row: number, cells: Record<string, string>): Change =>
  (tables) => {
    const { columns, rows } = tableOf(tables, file)
    return {
      ...tables,
      [file]: { columns, rows: rows.map((each, place) => (place === row ? { ...each, ...cells } : each)) },
    }
  }

/** The tables with the text of a file changed. */
const text =
  (file: string, change: (csv: string) => string | Uint8Array): Change =>
  (tables) => ({ ...tables, [file]: change(csvOf(tableOf(tables, file))) })

async function faultsOf(change: Change, version: '1.1' | '1.2' = '1.2') {
  const store = emptyStore()
  const before = store.snapshot()
  const { result, told } = await importing({ files: filesOf(smallSchool(), version, change), into: store })
  expect(result.outcome).toBe('faulty')
  expect(store.snapshot()).toEqual(before)
  return told.split('\n').slice(1, -2)
}

describe('a bad line is named, and nothing is written', () => {
  test.each<[string, Change, string]>([
    [
      'role',
      set('roles.csv', 0, { role: 'pirate' }),
      'roles.csv, line 2, column role: expected one of student, teacher',
    ],
    ['grade', set('users.csv', 4, { grades: '3.' }), 'users.csv, line 6, column grades: expected one of'],
    [
      'two grades',
      set('users.csv', 4, { grades: '3,4' }),
      'users.csv, line 6, column grades: expected one grade',
    ],
    [
      'status',
      set('users.csv', 3, { status: 'gone' }),
      'users.csv, line 5, column status: expected active, tobedeleted',
    ],
    [
      'no sourcedId',
      set('users.csv', 3, { sourcedId: '' }),
      'users.csv, line 5, column sourcedId: expected a text',
    ],
    [
      'a name',
      set('users.csv', 3, { givenName: ' ' }),
      'users.csv, line 5, column givenName: expected a text',
    ],
    [
      'username',
      set('users.csv', 3, { username: 'Ida' }),
      'users.csv, line 5, column username: expected four letters',
    ],
    [
      'the same username',
      set('users.csv', 3, { username: 'anek1001' }),
      'users.csv, line 5, column username: expected another one',
    ],
    [
      'enabled',
      set('users.csv', 3, { enabledUser: 'yes' }),
      'users.csv, line 5, column enabledUser: expected true or false',
    ],
    [
      'a double',
      set('users.csv', 3, { sourcedId: 't-ane' }),
      'users.csv, line 5, column sourcedId: expected another one',
    ],
    [
      'class type',
      set('classes.csv', 0, { classType: 'club' }),
      'classes.csv, line 2, column classType: expected one of homeroom, scheduled',
    ],
    [
      'org type',
      set('orgs.csv', 1, { type: 'skole' }),
      'orgs.csv, line 3, column type: expected one of school',
    ],
    [
      'class of no school',
      set('classes.csv', 0, { schoolSourcedId: 'elm' }),
      'classes.csv, line 2, column schoolSourcedId: expected the sourcedId of a line in orgs.csv',
    ],
    [
      'no such term',
      set('classes.csv', 0, { termSourcedIds: 'y27,y99' }),
      'classes.csv, line 2, column termSourcedIds: expected the sourcedId of a line in academicSessions.csv',
    ],
    [
      'nobody',
      set('enrollments.csv', 0, { userSourcedId: 'x' }),
      'enrollments.csv, line 2, column userSourcedId: expected the sourcedId of a line in users.csv',
    ],
    [
      'no class',
      set('enrollments.csv', 0, { classSourcedId: 'x' }),
      'enrollments.csv, line 2, column classSourcedId: expected the sourcedId of a line in classes.csv',
    ],
    [
      'no date',
      set('enrollments.csv', 0, { endDate: '30-02-2027' }),
      'enrollments.csv, line 2, column endDate: expected a date such as 2026-08-01',
    ],
    [
      'no such day',
      set('enrollments.csv', 0, { endDate: '2027-02-30' }),
      'enrollments.csv, line 2, column endDate: expected a date such as 2026-08-01',
    ],
    [
      'no school year',
      set('academicSessions.csv', 0, { schoolYear: '26/27' }),
      'academicSessions.csv, line 2, column schoolYear: expected a year',
    ],
    [
      'a pupil who teaches',
      set('enrollments.csv', 3, { role: 'teacher' }),
      'users.csv, line 5, column sourcedId: expected a pupil who is a teacher of no class',
    ],
    [
      'a teacher who learns',
      set('enrollments.csv', 0, { role: 'student' }),
      'users.csv, line 2, column sourcedId: expected one of the staff who is a pupil of no class',
    ],
    [
      'both',
      set('roles.csv', 0, { userSourcedId: 'p-1' }),
      'users.csv, line 5, column sourcedId: expected a user who is either',
    ],
    [
      'sign-in kind',
      (tables) =>
        text('users.csv', (csv) =>
          csv.replace('pronouns', 'metadata.elevadgang.signInKind').replace(/(p-1,.*),\r\n/, '$1,x\r\n'),
        )(tables),
      'users.csv, line 5, column metadata.elevadgang.signInKind: expected one of unilogin, local',
    ],
  ])('%s', async (_, change, expected) => {
    expect((await faultsOf(change)).join('\n')).toContain(expected)
  })

  test('a line whose user is wrong is no fault of the lines that refer to it', async () => {
    expect(await faultsOf(set('users.csv', 3, { givenName: '' }))).toHaveLength(1)
  })

  test('a pupil without a grade in a class without one', async () => {
    const told = await faultsOf(set('classes.csv', 1, { grades: '' }))
    expect(told).toEqual([
      'users.csv, line 7, column grades: expected a grade, or one homeroom class that has one',
    ])
  })

  test('a user without a line in roles.csv', async () => {
    const told = await faultsOf((tables) => ({
      ...tables,
      'roles.csv': { ...tableOf(tables, 'roles.csv'), rows: tableOf(tables, 'roles.csv').rows.slice(1) },
    }))
    expect(told).toEqual(['users.csv, line 2, column sourcedId: expected a line in roles.csv for this user'])
  })

  test('an enrollment at another school than its class', async () => {
    const exported = smallSchool()
    exported.schools.push({ id: 'ash', name: 'Ask' })
    const files = filesOf(exported, '1.2', set('enrollments.csv', 0, { schoolSourcedId: 'ash' }))
    const { told } = await importing({ files })
    expect(told).toContain(
      'enrollments.csv, line 2, column schoolSourcedId: expected the school that the class has',
    )
  })

  test('no value of the export is told: it might be somebody’s name', async () => {
    const told = await faultsOf(set('users.csv', 3, { grades: 'Hemmelig', username: 'Hemmelig', status: '' }))
    expect(told.join()).not.toContain('Hemmelig')
  })

  test(`more than ${FAULTS_TOLD} are counted`, async () => {
    const exported = smallSchool()
    for (let at = 0; at < FAULTS_TOLD + 1234; at++) {
      exported.people.push(person(`x-${at}`, 'A', 'B', 'student', { grade: 'x' }))
    }
    const { told } = await importing({ files: filesOf(exported) })
    expect(told).toContain('The export has 1,284 faults:')
    expect(told).toContain('and 1,234 more')
    expect(told.split('\n').filter((line) => line.startsWith('users.csv'))).toHaveLength(FAULTS_TOLD)
  })
})

describe('a file that is no OneRoster file is told so', () => {
  test.each<[string, Change, string]>([
    [
      'semicolons',
      text('users.csv', (csv) => csv.replaceAll(',', ';')),
      'users.csv, line 1: expected commas between the columns; here it is “;”',
    ],
    [
      'tabs',
      text('users.csv', (csv) => csv.replaceAll(',', '\t')),
      'users.csv, line 1: expected commas between the columns; here it is a tab',
    ],
    [
      'a column is missing',
      text('users.csv', (csv) => csv.replace('givenName', 'metadata.x')),
      'users.csv, line 1, column givenName: expected this column',
    ],
    [
      'spelt otherwise',
      text('users.csv', (csv) => csv.replace('givenName', 'GivenName')),
      'users.csv, line 1, column givenName: expected this column; “GivenName” is spelt otherwise',
    ],
    [
      'a column too many',
      text('users.csv', (csv) => csv.replace('pronouns', 'Fornavn')),
      'users.csv, line 1, column number 22: expected a column of OneRoster, or one that begins with “metadata.”',
    ],
    [
      'a column twice',
      text('users.csv', (csv) => csv.replace('pronouns', 'username')),
      'users.csv, line 1, column username: expected each column once',
    ],
    [
      'cells are missing',
      text('users.csv', (csv) => csv.replace(/p-1,.*/, 'p-1,active')),
      'users.csv, line 5: expected 22 cells, as in the header; there are 2',
    ],
    ['empty', text('users.csv', () => ''), 'users.csv: expected a header: the file is empty'],
    [
      'a header alone',
      text('users.csv', (csv) => csv.split('\r\n')[0] ?? ''),
      'users.csv: expected at least one line below the header',
    ],
    [
      'a quotation mark without an end',
      text('users.csv', (csv) => csv.replace('p-1,', '"p-1,')),
      'users.csv, line 5: expected quotation marks around a whole cell',
    ],
    [
      'a quotation mark inside',
      text('users.csv', (csv) => csv.replace('p-1,', 'p"1,')),
      'users.csv, line 5: expected quotation marks around a whole cell',
    ],
    [
      'Latin-1',
      text('users.csv', (csv) => Uint8Array.from([...csv].map((sign) => sign.charCodeAt(0)))),
      'users.csv, line 2: expected UTF-8; this looks like another encoding of æ, ø, å',
    ],
    [
      'UTF-16',
      text('users.csv', (csv) =>
        Uint8Array.from([0xff, 0xfe, ...[...csv].flatMap((sign) => [sign.charCodeAt(0), 0])]),
      ),
      'users.csv, line 1: expected UTF-8; this looks like UTF-16',
    ],
    [
      'a version',
      text('manifest.csv', (csv) => csv.replace('1.2', '1.0')),
      'manifest.csv, line 3, column value: expected oneroster.version 1.1 or 1.2',
    ],
    [
      'a delta',
      text('manifest.csv', (csv) => csv.replace('file.users,bulk', 'file.users,delta')),
      'expected file.users bulk: a whole export, no delta',
    ],
    [
      'a needed file is absent',
      text('manifest.csv', (csv) => csv.replace('file.users,bulk', 'file.users,absent')),
      'expected file.users bulk',
    ],
    [
      'no manifest',
      ({ 'manifest.csv': _, ...tables }) => tables,
      'manifest.csv: expected this file beside the others',
    ],
    [
      'a named file is missing',
      ({ 'roles.csv': _, ...tables }) => tables,
      'roles.csv: expected this file, as manifest.csv names it',
    ],
  ])('%s', async (_, change, expected) => {
    expect((await faultsOf(change)).join('\n')).toContain(expected)
  })

  test('two columns of 1.1 in a manifest of 1.2', async () => {
    const told = await faultsOf(
      text('manifest.csv', (csv) => csv.replace('oneroster.version,1.1', 'oneroster.version,1.2')),
      '1.1',
    )
    expect(told.join('\n')).toContain('expected file.roles bulk')
  })
})

describe('the same, written otherwise', () => {
  const plain = async (change: Change, end = '\r\n') => {
    const { store } = await importing({
      files: filesOf(smallSchool(), '1.2', change, end),
      randomBelow: () => 5,
    })
    return broughtTo(store.snapshot())
  }
  const same: Change = (tables) => tables

  test.each<[string, Change, string]>([
    ['LF', same, '\n'],
    ['a byte order mark', text('users.csv', (csv) => `\uFEFF${csv}`), '\r\n'],
    ['quotation marks', text('users.csv', (csv) => csv.replaceAll(/[^,\r\n]+/g, '"$&"')), '\r\n'],
    ['empty lines', text('users.csv', (csv) => `${csv.replaceAll('\r\n', '\r\n\r\n')}\r\n`), '\r\n'],
    ['no end of the last line', text('users.csv', (csv) => csv.trimEnd()), '\r\n'],
    [
      'columns in another order',
      (tables) => ({
        ...tables,
        'users.csv': {
          ...tableOf(tables, 'users.csv'),
          columns: tableOf(tables, 'users.csv').columns.toReversed(),
        },
      }),
      '\r\n',
    ],
    [
      'no sessions',
      text('manifest.csv', (csv) =>
        csv.replace('file.academicSessions,bulk', 'file.academicSessions,absent'),
      ),
      '\r\n',
    ],
  ])('%s', async (_, change, end) => expect(await plain(change, end)).toEqual(await plain(same)))

  test('lines are counted past line ends in quotation marks and empty lines', async () => {
    const told = await faultsOf(
      text('users.csv', (csv) =>
        csv.replace('p-1,', '\r\np-1,').replace('Kjær', '"Kj\r\nær"').replace(/p-4,,/, 'p-4,wrong,'),
      ),
    )
    expect(told).toEqual([
      'users.csv, line 2, column familyName: expected a text of 1 to 200 characters on one line',
      'users.csv, line 10, column status: expected active, tobedeleted or nothing',
    ])
  })
})

describe('always', () => {
  const word = fc.constantFrom(
    '',
    'x',
    ',',
    '"',
    '\n',
    'æ',
    'active',
    '3',
    'oak',
    'p-1',
    '\uFEFF',
    '=1',
    '🙂',
  )
  const cells = fc.array(word, { maxLength: 4 }).map((words) => words.join(''))

  test('whatever stands in a cell: it is imported whole, or told and nothing is', async () => {
    const tables = [
      'orgs.csv',
      'users.csv',
      'roles.csv',
      'classes.csv',
      'enrollments.csv',
      'academicSessions.csv',
    ]
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...tables),
        fc.nat(3),
        fc.nat(12),
        cells,
        async (file, row, column, value) => {
          const change: Change = (tables) =>
            set(file, row, { [tableOf(tables, file).columns[column] ?? 'sourcedId']: value })(tables)
          const store = emptyStore()
          const { result, told } = await importing({
            files: filesOf(smallSchool(), '1.2', change),
            into: store,
          })
          if (result.outcome !== 'faulty') return
          expect(store.snapshot()).toEqual(emptyStore().snapshot())
          expect(told).toContain(file.startsWith('academic') ? '.csv' : 'line')
        },
      ),
      { numRuns: 150 },
    )
  })

  test('whatever the bytes: nothing is thrown, nothing is written', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        const store = emptyStore()
        const files = filesOf(smallSchool(), '1.1', (tables) => ({ ...tables, 'users.csv': bytes }))
        const { result } = await importing({ files, into: store, now: NOW })
        expect(result.outcome).toBe('faulty')
        expect(store.snapshot()).toEqual(emptyStore().snapshot())
      }),
    )
  })
})
