// @vitest-environment node
// Follows the Containerfile's steps in a folder, as there is hardly ever a container engine where the tests run.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { csvOf, tablesOf, zipOf } from '../../bench/roster-export'
import { freePort } from '../../scripts/port.mjs'
import { files } from '../architecture/sources'
import { smallSchool } from '../rules/roster'

const WORKDIR = '/elevadgang/'
/** The lines of the file that say something, each as one. */
const lines = readFileSync('Containerfile', 'utf8')
  .replaceAll('\\\n', '')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))
const lastStage = lines.slice(lines.findLastIndex((line) => line.startsWith('FROM ')))
const wordsOf = (instruction: string, of = lines) =>
  of.flatMap((line) => (line.startsWith(`${instruction} `) ? [line.split(/\s+/).slice(1)] : []))
const listIn = (instruction: string) => {
  const line = lastStage.find((each) => each.startsWith(`${instruction} `)) ?? ''
  return z.array(z.string()).parse(JSON.parse(line.slice(line.indexOf('['))))
}
const image = Object.fromEntries(
  wordsOf('ENV', lastStage)
    .flat()
    .map((pair) => pair.split('=')),
)

/** What the last stage takes from the others, each with the place that it is given. */
const copied = wordsOf('COPY', lastStage).flatMap(([from = '', ...places]) => {
  const to = places.pop() ?? ''
  return places.map((place) => ({
    from,
    place: place.replace(WORKDIR, ''),
    to: to === './' ? path.basename(place) : to,
  }))
})

describe('the Containerfile', () => {
  test('copies what there is, and needs what the server needs', () => {
    const fromHere = wordsOf('COPY').filter(([first]) => !first?.startsWith('--from'))
    for (const place of fromHere.flatMap((words) => words.slice(0, -1))) expect(existsSync(place)).toBe(true)
    for (const { place } of copied) expect(existsSync(place), place).toBe(true)
    expect(copied.find(({ place }) => place === 'node_modules')?.from).toBe('--from=packages')
  })

  test('is of the Node that package.json wants, runs as nobody of importance, and says no secret', () => {
    const images = new Set(wordsOf('FROM').map(([name]) => name))
    expect([...images]).toEqual([expect.stringMatching(/^node:2[4-9]-[a-z]+-slim$/)])
    expect(wordsOf('USER', lastStage)).toEqual([['node']])
    expect(lines.join('\n')).not.toMatch(/^(ARG|ENV).*(KEY|SECRET|PASSWORD|DATABASE_URL)/m)
  })

  test('leaves out what git leaves out', () => {
    const leftOut = readFileSync('.dockerignore', 'utf8').split('\n')
    const ofGit = readFileSync('.gitignore', 'utf8')
      .split('\n')
      .filter((line) => line && !line.startsWith('bench/'))
    for (const line of ofGit) {
      const name = line.replace(/\/$/, '')
      expect(
        leftOut.some((each) => each === name || each === `**/${name}`),
        line,
      ).toBe(true)
    }
  })
})

test('each unit of systemd starts a program that is built', () => {
  const units = files.filter((file) => /^docs\/.*\.service$/.test(file))
  expect(units.length).toBeGreaterThan(1)
  for (const unit of units) {
    const [, program = ''] =
      readFileSync(unit, 'utf8').match(/^ExecStart=.* (dist-server\/[\w-]+\.js)/m) ?? []
    expect(existsSync(program), `${unit}: ${program}`).toBe(true)
  }
})

describe('what is in the image', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'elevadgang-image-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const app = path.join(folder, 'app')
  mkdirSync(app)
  for (const { place, to } of copied) {
    if (place !== 'node_modules') cpSync(place, path.join(app, to), { recursive: true })
  }
  const lock = z
    .object({ packages: z.record(z.string(), z.object({ dev: z.boolean().optional() })) })
    .parse(JSON.parse(readFileSync('package-lock.json', 'utf8')))
  // As `npm ci --omit=dev` would leave them; what lies within one of them comes along.
  const packages = Object.entries(lock.packages).filter(
    ([place, { dev }]) => dev !== true && /^node_modules\/(@[^/]+\/)?[^/]+$/.test(place) && existsSync(place),
  )
  for (const [place] of packages) {
    mkdirSync(path.dirname(path.join(app, place)), { recursive: true })
    symlinkSync(path.resolve(place), path.join(app, place))
  }

  const signIn = path.join(folder, 'sign-in.mjs')
  writeFileSync(
    signIn,
    `export const identity = { passwordMatches: async (username, password) => password === 'own ' + username }
     export const codes = { send: async () => {} }`,
  )
  const env = {
    PATH: process.env.PATH,
    // Or a package would find others beside where it really lies.
    NODE_OPTIONS: '--preserve-symlinks --preserve-symlinks-main',
    ...image,
    HOST: '127.0.0.1',
    DATA_FOLDER: path.join(folder, 'data'),
    SIGN_IN: signIn,
  }
  const run = (command: string, args: string[], more = {}) =>
    spawnSync(command, args, { cwd: app, env: { ...env, ...more }, encoding: 'utf8' })

  test('needs no package of development: imports a school, lets its teacher in, and its log is whole', {
    timeout: 90_000,
  }, async () => {
    expect(existsSync(path.join(app, 'node_modules/vite'))).toBe(false)
    const roster = path.join(folder, 'roster.zip')
    const tables = Object.entries(tablesOf(smallSchool(), '1.1'))
    const encoder = new TextEncoder()
    writeFileSync(
      roster,
      zipOf(Object.fromEntries(tables.map(([name, table]) => [name, encoder.encode(csvOf(table))]))),
    )
    const imported = run('node', ['dist-server/import.js', roster])
    expect([imported.status, imported.stderr]).toEqual([0, ''])

    const PORT = String(await freePort())
    const [command = '', ...args] = listIn('CMD')
    const server = spawn(command, args, {
      cwd: app,
      env: { ...env, PORT },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    try {
      const isReady = new Promise<void>((resolve, reject) => {
        server.stdout.on('data', (said) => String(said).includes('is ready') && resolve())
        server.once('exit', (code) => reject(new Error(`It ended with ${code}`)))
      })
      await isReady
      const [healthCommand = '', ...healthArgs] = listIn('HEALTHCHECK')
      expect(run(healthCommand, healthArgs, { PORT }).status).toBe(0)
      const answer = await fetch(`http://127.0.0.1:${PORT}/api/session`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ username: 'anek1001', password: 'own anek1001' }),
      })
      expect(answer.status).toBe(200)
      expect(answer.headers.getSetCookie().join()).toMatch(/^__Host-session=.*Secure/)
    } finally {
      server.kill('SIGTERM')
      if (server.exitCode === null) await once(server, 'exit')
    }
    expect(server.exitCode).toBe(0)
    expect(run('node', ['dist-server/after-restore.js', 'now']).stdout).toContain('takes no words')
    const checked = run('node', ['dist-server/verify-activity.js'])
    expect([checked.status, checked.stdout]).toEqual([0, expect.stringMatching(/untouched: 2 entries/)])
  })
})
