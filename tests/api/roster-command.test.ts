import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { csvOf, tablesOf, zipOf } from '../../bench/roster-export'
import { importCommand } from '../../server/node-import'
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
