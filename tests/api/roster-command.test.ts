import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, describe, expect, test } from 'vitest'
import { csvOf, tablesOf, zipOf } from '../../bench/roster-export'
import { importCommand } from '../../server/node-import'
import { openRosterTarget } from '../../server/node-roster-target'
import type { RosterTarget } from '../../server/roster/target'
import { createMemoryStore, noSchool } from '../../server/store/memory'
import { smallSchool } from '../rules/roster'

const folder = mkdtempSync(path.join(tmpdir(), 'elevadgang-roster-'))
afterAll(() => rmSync(folder, { recursive: true }))

const files = Object.fromEntries(
  Object.entries(tablesOf(smallSchool(), '1.1')).map(([name, table]) => [
    name,
    new TextEncoder().encode(csvOf(table)),
  ]),
)
const written = (name: string, content: Uint8Array) => {
  const place = path.join(folder, name)
  mkdirSync(path.dirname(place), { recursive: true })
  writeFileSync(place, content)
  return place
}
for (const [name, content] of Object.entries(files)) written(`folder/${name}`, content)
const zip = (name: string, inside: (name: string) => string, more: Record<string, Uint8Array> = {}) =>
  written(
    name,
    zipOf({
      ...Object.fromEntries(Object.entries(files).map(([file, bytes]) => [inside(file), bytes])),
      ...more,
    }),
  )

async function command(words: readonly string[], { isTerminal = false } = {}) {
  const store = createMemoryStore(noSchool)
  const said: string[] = []
  const screen = { isTerminal, write: (text: string) => void said.push(text) }
  const code = await importCommand(words, screen, async () => ({
    target: store.roster,
    close: async () => undefined,
  }))
  return { code, said: said.join(''), pupils: store.snapshot().pupils.length }
}

describe('npm run import', () => {
  test.each([
    ['a folder', () => path.join(folder, 'folder')],
    ['a zip', () => zip('roster.zip', (name) => name)],
    ['a zip with a folder in it', () => zip('deep.zip', (name) => `export/${name}`)],
    [
      'a zip that a Mac has made',
      () =>
        zip('mac.zip', (name) => name, {
          '__MACOSX/users.csv': new Uint8Array(9),
          '._users.csv': new Uint8Array(9),
        }),
    ],
  ])('reads %s', async (_, place) => {
    const { code, said, pupils } = await command([place()])
    expect([code, pupils]).toEqual([0, 4])
    expect(said).toContain('Reading users.csv\n')
    expect(said).toContain('Done: all of it is written.')
  })

  test('with --dry-run writes nothing', async () => {
    const { code, said, pupils } = await command([path.join(folder, 'folder'), '--dry-run'])
    expect([code, pupils]).toEqual([0, 0])
    expect(said).toContain('A dry run: nothing was written.')
  })

  test('tells faults, ends with 1, and says no name', async () => {
    const users = new TextDecoder().decode(files['users.csv']).replace(',idah2001,', ',Ida,')
    written('faulty/users.csv', new TextEncoder().encode(users))
    for (const [name, content] of Object.entries(files)) {
      if (name !== 'users.csv') written(`faulty/${name}`, content)
    }
    const { code, said, pupils } = await command([path.join(folder, 'faulty')])
    expect([code, pupils]).toEqual([1, 0])
    expect(said).toContain('users.csv, line 5, column username: expected four letters and four digits')
    expect(said).not.toMatch(/Ida|Holm|anek1001/)
  })

  test.each([
    ['nothing', [], 'npm run import --'],
    ['an option that there is none of', ['x.zip', '--force'], 'npm run import --'],
    ['two exports', ['x.zip', 'y.zip'], 'npm run import --'],
    ['what is not there', [path.join(folder, 'none.zip')], 'There is nothing at'],
    ['what is no zip', [path.join(folder, 'folder', 'users.csv')], 'neither a folder nor a whole zip file'],
  ])('asked for %s, says so and ends with 2', async (_, words, said) => {
    const answer = await command(words)
    expect(answer.code).toBe(2)
    expect(answer.said).toContain(said)
  })

  test('a damaged zip is told, and nothing is written', async () => {
    const whole = zipOf(files)
    const damaged = written(
      'damaged.zip',
      whole.map((byte, at) => (at > 400 && at < 600 ? byte ^ 0x55 : byte)),
    )
    const { code, pupils } = await command([damaged])
    expect([code === 0, pupils]).toEqual([false, 0])
  })

  test('a zip with a file twice is refused', async () => {
    const { code, said } = await command([
      zip('twice.zip', (name) => name, { 'x/users.csv': new Uint8Array(3) }),
    ])
    expect(code).toBe(2)
    expect(said).toContain('has users.csv twice')
  })

  test('on a terminal draws a bar over itself; elsewhere a line for each part', async () => {
    const { said } = await command([path.join(folder, 'folder')], { isTerminal: true })
    expect(said).toMatch(/\rReading users\.csv +█{24} 100 %\n/)
    expect((await command([path.join(folder, 'folder')])).said).not.toMatch(/[\r█]/)
  })
})

/** A new embedded database is made from nothing, which takes longer than other tests may. */
const NEW_FOLDER = { timeout: 90_000 }

describe('npm run import, to where the environment says', () => {
  async function commandIn(env: Record<string, string>, ...words: string[]) {
    const said: string[] = []
    const screen = { isTerminal: false, write: (text: string) => void said.push(text) }
    const code = await importCommand([path.join(folder, 'folder'), ...words], screen, (dryRun) =>
      openRosterTarget({ env, root: folder, dryRun }),
    )
    return { code, said: said.join('') }
  }

  test('a folder is filled, and left for the server; a dry run makes none', NEW_FOLDER, async () => {
    const env = { DATA_FOLDER: 'data' }
    expect((await commandIn(env, '--dry-run')).said).toContain('A dry run: nothing was written.')
    expect(existsSync(path.join(folder, 'data'))).toBe(false)
    expect(await commandIn(env)).toMatchObject({ code: 0, said: expect.stringContaining('Done') })
    expect(existsSync(path.join(folder, 'data', 'in-use-by'))).toBe(false)
    expect((await commandIn(env, '--dry-run')).said).toContain('Nothing to do')
  })

  test('a folder that a server has is left alone, and it is said which', async () => {
    mkdirSync(path.join(folder, 'held', 'database'), { recursive: true })
    // Whoever runs this test runs meanwhile.
    writeFileSync(path.join(folder, 'held', 'in-use-by'), String(process.ppid))
    for (const words of [[], ['--dry-run']]) {
      const { code, said } = await commandIn({ DATA_FOLDER: 'held' }, ...words)
      expect(code).toBe(2)
      expect(said).toContain(`in use by another Elevadgang (process ${process.ppid})`)
    }
  })

  test.each([
    ['what is no address', 'mysql://x', 'DATABASE_URL is no address of PostgreSQL'],
    [
      'where nothing listens',
      'postgresql://somebody:secret@127.0.0.1:1/school',
      'The database at 127.0.0.1:1/school cannot be opened',
    ],
  ])('a DATABASE_URL of %s is told, without its password', async (_, DATABASE_URL, words) => {
    const { code, said } = await commandIn({ DATABASE_URL })
    expect(code).toBe(2)
    expect(said).toContain(words)
    expect(said).not.toContain('secret')
  })

  test('a database that fails while it is imported to ends with 4', async () => {
    const { roster } = createMemoryStore(noSchool)
    const target: RosterTarget = {
      ...roster,
      change: async () => {
        throw new Error('no space left on device')
      },
    }
    const said: string[] = []
    const screen = { isTerminal: false, write: (text: string) => void said.push(text) }
    const open = async () => ({ target, close: async () => undefined })
    expect(await importCommand([path.join(folder, 'folder')], screen, open)).toBe(4)
    expect(said.join('')).toContain('The import broke off: no space left on device')
  })
})
