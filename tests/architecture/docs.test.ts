import { existsSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { files, read, root, scriptsIn } from './sources'

/** What is written for people: it may name only what there is. */
const pages = files.filter((file) => /^([A-Z]+|docs\/.*)\.md$/.test(file))
const units = files.filter((file) => /^docs\/.*\.(service|timer|mjs)$/.test(file))
const told = [...pages, ...units, 'Containerfile']

const { scripts } = z
  .object({ scripts: z.record(z.string(), z.string()) })
  .parse(JSON.parse(read('package.json')))
const ofCode = scriptsIn('server', 'scripts', 'bench').map(read).join('\n')
const built = [
  ...(read('vite.config.ts').match(/input: \{([^}]*)\}/)?.[1] ?? '').matchAll(/^ *'?([\w-]+)'?:/gm),
].map(([, name]) => `dist-server/${name}.js`)

/** Variables of what stands beside Elevadgang: of systemd, of the shell's examples, of the example of a sign-in. */
const ofOthers = new Set(['EMPTY_DATABASE_URL', 'OWN_SIGN_IN', 'OWN_TEXT_MESSAGES', 'OWN_KEY'])

/** The anchors of a page's headings, as they are made of them. */
const anchorsOf = (page: string) =>
  [...read(page).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} -]/gu, '')
      .replaceAll(' ', '-'),
  )

describe.each(told)('%s', (file) => {
  const text = read(file)

  test('names only commands that there are', () => {
    const asked = [...text.matchAll(/\bnpm (?:run )?(?!ci\b|install\b)(?:-s )?([a-z][\w:-]*)/g)].map(
      ([, name]) => name,
    )
    const unknown = asked.filter((name) => name !== undefined && !(name in scripts))
    expect(unknown).toEqual([])
    const programs = text.match(/dist-server\/[\w-]+\.js/g) ?? []
    expect(programs.filter((program) => !built.includes(program))).toEqual([])
  })

  test('names only settings that are read somewhere', () => {
    const settings = [
      ...text.matchAll(/`([A-Z][A-Z\d]*(?:_[A-Z\d]+)+)`/g),
      ...text.matchAll(/\b([A-Z][A-Z\d]*_[A-Z\d_]+|PORT|HOST)=/g),
    ].map(([, name = '']) => name)
    const unread = settings.filter((name) => !ofOthers.has(name) && !new RegExp(`\\b${name}\\b`).test(ofCode))
    expect(unread).toEqual([])
  })

  test('leads only to files and headings that there are', () => {
    const links = [...text.matchAll(/\]\((?!https?:)([^)#\s]*)(?:#([^)\s]+))?\)/g)]
    const dead = links.flatMap(([link, place = '', anchor]) => {
      const to = place === '' ? file : path.posix.join(path.posix.dirname(file), place)
      const isThere =
        existsSync(path.join(root, to)) && (anchor === undefined || anchorsOf(to).includes(anchor))
      return isThere ? [] : [link]
    })
    expect(dead).toEqual([])
  })
})

test('what these tests look for is found where it is known to be', () => {
  expect(built).toContain('dist-server/verify-activity.js')
  expect(anchorsOf('docs/operation.md')).toContain('after-every-restore')
  expect(told).toEqual(
    expect.arrayContaining(['README.md', 'docs/municipality.md', 'docs/elevadgang.service']),
  )
})

test('every setting of the server is told in docs/production.md', () => {
  const settingsOfServer = `${read('server/environment.ts')}${read('server/production.ts')}`
  const known = [...settingsOfServer.matchAll(/(?:said|number)\('([A-Z_]+)'|env\.([A-Z_]+)/g)].map(
    ([, a, b]) => a ?? b ?? '',
  )
  expect(known.length).toBeGreaterThan(12)
  const page = read('docs/production.md')
  expect([...new Set(known)].filter((name) => !page.includes(name))).toEqual([])
})
