import { describe, expect, test } from 'vitest'
import { files, type Import, importLines, importsOf, isScript, read, scriptsIn } from './sources'

const everywhere = files.filter(isScript).flatMap((file) => importsOf(file))
const importsIn = (...folders: string[]) => scriptsIn(...folders).flatMap((file) => importsOf(file))

const isIn = (to: string, ...folders: string[]) =>
  folders.some((folder) => to === folder || to.startsWith(`${folder}/`))
const told = ({ from, kind, to }: Import) => `${from} → ${to} (${kind})`

const ours = ['src', 'server', 'mocks', 'tests', 'locales', 'scripts', 'bench']
const isPackage = (to: string) => !isIn(to, ...ours)

describe('the reader of imports', () => {
  test('knows every form', () => {
    const source = `
import { a, type B } from './a'
import type { C } from '../c'
import d, { e } from "d-package"
import * as f from './f.ts'
import g from './g.json'
import './h.scss'
import {
  i,
  j,
} from './deeper/i'
import type K from './k'
export { l } from './l'
export type { M } from './m'
export * from './n'
export * as o from './o'
export const p = 1
const q = await import('../q')
const r = lazy(() => import('./r'))
type S = typeof import('./s')
const t = new Worker(new URL('./t.ts', import.meta.url), { type: 'module' })
const text = "not from './nowhere'"
`
    expect(
      importsOf('src/room/file.ts', source)
        .map(({ to, kind }) => `${kind} ${to}`)
        .toSorted(),
    ).toEqual([
      'dynamic src/q',
      'dynamic src/room/r',
      'type src/c',
      'type src/room/k',
      'type src/room/m',
      'type src/room/s',
      'value d-package',
      'value src/room/a',
      'value src/room/deeper/i',
      'value src/room/f',
      'value src/room/g.json',
      'value src/room/h.scss',
      'value src/room/l',
      'value src/room/n',
      'value src/room/o',
      'worker src/room/t',
    ])
    expect(importLines(source)).toBe(12)
  })

  test('misses no import of any file', () => {
    for (const file of files.filter(isScript)) {
      const source = read(file)
      const found = importsOf(file, source).filter(({ kind }) => kind === 'value' || kind === 'type')
      // A type import inside an expression is found without a line of its own.
      const ownLines = found.length - [...source.matchAll(/typeof\s+import\(/g)].length
      if (file !== 'tests/architecture/imports.test.ts')
        expect([file, ownLines]).toEqual([file, importLines(source)])
    }
  })
})

/**
 * Which rooms of src each room may read, and no others. From left to right:
 * main → app → pages → features → ui; app, pages and features also read api and paths.
 */
const rooms: Record<string, readonly string[]> = {
  main: ['app', 'api', 'i18n', 'styles'],
  app: ['pages', 'pupil', 'features', 'ui', 'api', 'i18n', 'paths'],
  pages: ['features', 'ui', 'api', 'i18n', 'paths'],
  // A part that is fetched when it is needed brings its own styles.
  features: ['ui', 'api', 'i18n', 'paths', 'styles'],
  // The pupils' pages share nothing with the teacher's but the parts; they are fetched with their own styles.
  pupil: ['ui', 'api', 'i18n', 'paths', 'styles'],
  // A problem is told by parts of ui, and leads to its answer.
  api: ['ui', 'i18n', 'paths'],
  ui: [],
  i18n: [],
  paths: [],
  styles: [],
  'build-flags.d': [],
}

const roomOf = (file: string) => file.split('/')[1]?.replace(/\.(ts|tsx)$/, '') ?? ''
const featureOf = (to: string) => (isIn(to, 'src/features') ? to.split('/')[2] : undefined)

describe('src', () => {
  test('has rooms that this test knows', () => {
    const found = new Set(scriptsIn('src').map(roomOf))
    expect([...found].filter((room) => !(room in rooms))).toEqual([])
  })

  test('reads only to the right', () => {
    const wrong = importsIn('src').filter(({ from, to }) => {
      if (!isIn(to, 'src')) return false
      const [here, there] = [roomOf(from), roomOf(to)]
      return here !== there && !rooms[here]?.includes(there)
    })
    expect(wrong.map(told)).toEqual([])
  })

  test('has no feature that reads another', () => {
    const wrong = importsIn('src/features').filter(({ from, to }) => {
      const other = featureOf(to)
      return other !== undefined && other !== featureOf(from)
    })
    expect(wrong.map(told)).toEqual([])
  })

  test('takes only types from the server', () => {
    const wrong = importsIn('src').filter(({ to, kind }) => isIn(to, 'server') && kind !== 'type')
    expect(wrong.map(told)).toEqual([])
  })

  test('reads the mocks in four places only, by dynamic import, behind the build flag', () => {
    const toMocks = importsIn('src').filter(({ to }) => isIn(to, 'mocks'))
    expect(toMocks.map(told)).toEqual([
      'src/features/session/demo-phone.ts → mocks/staff-side/DemoPhone (dynamic)',
      'src/main.tsx → mocks/browser (dynamic)',
      'src/pages/demo-link.ts → mocks/demo/DemoLink (dynamic)',
      'src/pupil/demo-password.ts → mocks/pupil-side/DemoPassword (dynamic)',
      'src/pupil/demo-password.ts → mocks/pupil-side/kept-passwords (dynamic)',
    ])
    expect(read('src/main.tsx')).toMatch(/if \(__MOCKS__\) \{\n[^\n]*import\('\.\.\/mocks\/browser'\)/)
    const flagged = ['src/pages/demo-link.ts', 'src/pupil/demo-password.ts'].map(
      (file) => read(file).match(/__MOCKS__\n? *(\?|\) \{)\n?[^\n]*import\('\.\.\/\.\.\/mocks\//g)?.length,
    )
    expect(flagged).toEqual([1, 2])
    expect(read('src/features/session/demo-phone.ts')).toMatch(
      /__MOCKS__\n? *\?[^\n]*import\('(\.\.\/){3}mocks\//,
    )
  })

  test('reads the texts in i18n only', () => {
    const wrong = importsIn('src').filter(({ from, to }) => isIn(to, 'locales') && roomOf(from) !== 'i18n')
    expect(wrong.map(told)).toEqual([])
  })

  test('knows neither Node, MSW nor schemas', () => {
    const wrong = importsIn('src').filter(({ to }) => /^(node:|msw|zod$|zod\/|@hono\/)/.test(to))
    expect(wrong.map(told)).toEqual([])
  })
})

describe('server', () => {
  test('reads nothing of ours but itself, and the words of the files that it writes', () => {
    const wrong = importsIn('server').filter(
      ({ from, to }) =>
        !isPackage(to) &&
        !isIn(to, 'server') &&
        !(from === 'server/activity/table.ts' && /^locales\/(da|en)\/activity\.json$/.test(to)),
    )
    expect(wrong.map(told)).toEqual([])
  })

  test('knows no page: neither React nor MSW', () => {
    const wrong = importsIn('server').filter(({ to }) => /react|^msw|i18next|^vite/.test(to))
    expect(wrong.map(told)).toEqual([])
  })

  test('knows Node in the files that say so only', () => {
    const wrong = importsIn('server').filter(
      ({ from, to }) => /^(node:|@hono\/node-server)/.test(to) && !/^server\/node(-[a-z-]+)?\.ts$/.test(from),
    )
    expect(wrong.map(told)).toEqual([])
    expect(
      scriptsIn('server').filter((file) => /\bprocess\.\w|\b(Buffer|__dirname)\b/.test(read(file))),
    ).toEqual(['server/node-folder.ts', 'server/node.ts'])
  })

  test('knows databases in the SQL store only', () => {
    const wrong = importsIn('server').filter(
      ({ from, to }) => /^(pg$|@electric-sql\/)/.test(to) && !isIn(from, 'server/store/sql'),
    )
    expect(wrong.map(told)).toEqual([])
  })

  test('has rules that know neither Hono nor store, nor any package', () => {
    const rules = scriptsIn('server').filter((file) => file.endsWith('/rules.ts'))
    expect(rules.length).toBeGreaterThanOrEqual(4)
    const wrong = rules
      .flatMap((file) => importsOf(file))
      .filter(({ to }) => !/^server\/(people|time|[a-z-]+\/rules)$/.test(to))
    expect(wrong.map(told)).toEqual([])
  })

  test('has a store port that is types only, and no feature reads a store behind it', () => {
    expect(importsOf('server/store/store.ts').filter(({ kind }) => kind !== 'type')).toEqual([])
    const wrong = importsIn('server').filter(
      ({ from, to }) =>
        // An import opens the data by itself.
        from !== 'server/node-roster-target.ts' &&
        isIn(to, 'server/store') &&
        to !== 'server/store/store' &&
        !isIn(from, 'server/store') &&
        // What starts the server opens its store, and what the commands beside it do, they do to the data themselves.
        !/^server\/node-(main|start|existing-data|verify-activity|after-restore)\.ts$/.test(from),
    )
    expect(wrong.map(told)).toEqual([])
  })
})

describe('the others', () => {
  test('mocks read the server, themselves and the texts, never src', () => {
    const wrong = importsIn('mocks').filter(
      ({ to }) => !isPackage(to) && !isIn(to, 'server', 'mocks', 'locales'),
    )
    expect(wrong.map(told)).toEqual([])
  })

  test('nothing reads the tests', () => {
    const wrong = everywhere.filter(({ from, to }) => isIn(to, 'tests') && !isIn(from, 'tests'))
    expect(wrong.map(told)).toEqual([])
  })

  test("only main.tsx, the ways to the demo's page, phone and passwords, tests and benchmarks read the mocks", () => {
    const readers = [
      'src/main.tsx',
      'src/pages/demo-link.ts',
      'src/pupil/demo-password.ts',
      'src/features/session/demo-phone.ts',
    ]
    const wrong = everywhere.filter(
      ({ from, to }) =>
        isIn(to, 'mocks') && !readers.includes(from) && !isIn(from, 'mocks', 'tests', 'bench', 'scripts'),
    )
    expect(wrong.map(told)).toEqual([])
  })
})
