// Looks at the finished production build in dist/: `npm test -- build` makes it first.
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { brotliDecompressSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { demoPasswords } from '../../mocks/demo-passwords'
import { BARS, sizes } from '../../scripts/sizes.mjs'

const demoPassword = new RegExp(
  ['demo-pupil-passwords', ...Object.values(demoPasswords).map(({ password }) => password)].join('|'),
)

const CLASS_PAGE = 'src/pages/class/ClassPage.tsx'
/** The pages, and the texts of one language, which are fetched beside them. */
const PUPIL_PAGES = ['src/pupil/PupilApp.tsx', 'src/i18n/pupil-texts.ts', 'locales/da/pupilPages.json']

const html = readFileSync('dist/index.html', 'utf8')
const files = readdirSync('dist', { recursive: true, encoding: 'utf8' })
const texts = files
  .filter((file) => /\.(js|css|html|json|svg)$/.test(file))
  .map((file) => [file, readFileSync(path.join('dist', file), 'utf8')] as const)

describe('what a person downloads', () => {
  const found = sizes('dist', { classPage: CLASS_PAGE, pupilPages: PUPIL_PAGES })

  test.each(Object.entries(BARS))('%s is at most %d', (name, bar) => {
    expect(found[name as keyof typeof BARS]).toBeLessThanOrEqual(bar)
  })

  test('the pages are where these figures look for them', () => {
    for (const source of [CLASS_PAGE, ...PUPIL_PAGES]) expect(existsSync(source), source).toBe(true)
    expect(found.pupilPagesJs).toBeGreaterThan(found.frontPageJs)
    expect(found.pupilPagesCss).toBeGreaterThan(0)
  })

  test('the font leaves the line to the first script', () => {
    expect(html).toMatch(/rel="modulepreload"/)
    expect(html).not.toMatch(/as="font"/)
  })
})

describe('what a browser that takes Brotli gets', () => {
  const compressed = files.filter((file) => file.endsWith('.br'))

  test('is there for each script and style', () => {
    const expected = files.filter((file) => /\.(js|css)$/.test(file)).map((file) => `${file}.br`)
    expect(compressed).toEqual(expect.arrayContaining(expected))
  })

  test.each(compressed)('%s is the very file beside it', (file) => {
    const whole = brotliDecompressSync(readFileSync(path.join('dist', file)))
    expect(whole.equals(readFileSync(path.join('dist', file.slice(0, -'.br'.length))))).toBe(true)
  })
})

describe('what the build may not hold', () => {
  test.each([
    ['the mocks', /mockServiceWorker|\bmsw\b|SharedWorker/],
    ['the demo school', /Elevadgang-2026|lone4821|demo-school|Birkeskolen/],
    ['the passwords of the demo', demoPassword],
    ['the page of both sides', /demo-(tour|stage|clock)|begge sider|both sides/],
    ['the schemas of the server', /ZodError|invalid_union/],
    ['the server', /Malformed JSON in request body|from ?["']node:/],
    ['source maps', /sourceMappingURL/],
  ])('%s', (_, trace) => {
    const holding = texts.filter(([, text]) => trace.test(text)).map(([file]) => file)
    expect(holding).toEqual([])
  })

  test('scripts or styles written into the page, which its Content-Security-Policy forbids', () => {
    const page = new DOMParser().parseFromString(html, 'text/html')
    expect([...page.querySelectorAll('script:not([src]), style, [style]')]).toEqual([])
    expect(html).not.toMatch(/ on\w+=/)
  })
})

describe('the server that production starts', () => {
  /** A file of the build with all that it brings along. */
  function broughtAlong(file: string, seen = new Set<string>()): Set<string> {
    if (seen.has(file)) return seen
    seen.add(file)
    const script = readFileSync(path.join('dist-server', file), 'utf8')
    for (const [, other = ''] of script.matchAll(/["'](\.{1,2}\/[^"']+\.js)["']/g)) {
      broughtAlong(path.join(path.dirname(file), other), seen)
    }
    return seen
  }
  const textOf = (entry: string) =>
    [...broughtAlong(entry)].map((file) => readFileSync(path.join('dist-server', file), 'utf8')).join('\n')
  const ofTheDemo = /Elevadgang-2026|lone4821|Birkeskolen|pbkdf2/

  test('has nobody of the demo in it, and so none of its passwords, nor have the commands beside it', () => {
    expect(textOf('production.js')).toMatch(/SIGN_IN is missing/)
    for (const entry of ['production.js', 'import.js', 'verify-activity.js', 'after-restore.js']) {
      expect(textOf(entry)).not.toMatch(ofTheDemo)
    }
    // The trace is the right one.
    expect(textOf('demo.js')).toMatch(ofTheDemo)
  })
})
