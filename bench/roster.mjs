// node bench/roster.mjs: a municipality of 70,000 pupils: time, and the importing process's largest memory.
// Into PostgreSQL, whose writes reach the disk as in earnest; then into the memory store, which lies in the same
// process; then with everybody who is there read from a file, which leaves the memory of the import alone.
import { fork } from 'node:child_process'
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { createInterface } from 'node:readline'
import { runnerImport } from 'vite'
import { findPostgres, startPostgres } from '../scripts/postgres.mjs'

const PUPILS = Number(process.env.PUPILS ?? 70_000)
const MEGABYTE = 1024 * 1024
const KINDS = /** @type {const} */ (['institutions', 'classes', 'staff', 'pupils'])
const SELF = process.argv[1] ?? ''

/** @param {string} file */
const load = (file) => runnerImport(file, { configFile: false, logLevel: 'warn' })

const megabytes = (/** @type {number} */ bytes) => Math.round(bytes / MEGABYTE)

if (process.argv[2] === 'write') await write(process.argv[3] ?? '')
else if (process.argv[2] === 'import') await importAll(process.argv[3] ?? '')
else if (process.argv[2] === 'alone') await importAlone(process.argv[3] ?? '')
else if (process.argv[2] === 'postgres') await importToPostgres(...process.argv.slice(3))
else {
  const folder = mkdtempSync(path.join(tmpdir(), 'elevadgang-municipality-'))
  try {
    await inProcess('write', folder)
    await importAllToPostgres(folder)
    await inProcess('import', folder)
    await inProcess('alone', folder)
  } finally {
    rmSync(folder, { recursive: true })
  }
}

/**
 * Each part in a process of its own, so that its memory is its own.
 * @param {string[]} words
 * @returns {Promise<void>}
 */
function inProcess(...words) {
  return new Promise((resolve, reject) => {
    // As much memory as npm run import gives it; the memory store would need more.
    const execArgv = words[0] === 'import' ? [] : ['--max-old-space-size=384']
    fork(SELF, words, { execArgv }).on('exit', (code) =>
      code === 0 ? resolve() : reject(new Error(`${words[0]} failed`)),
    )
  })
}

/** @param {string} folder */
async function write(folder) {
  /** @type {{ module: typeof import('./write-municipality') }} */
  const { module } = await load('./bench/write-municipality.ts')
  for (const [name, later] of /** @type {const} */ ([
    ['now.zip', false],
    ['later.zip', true],
  ])) {
    const { lines, bytes } = module.writeMunicipality(folder, name, PUPILS, later)
    console.log(`${name}: ${PUPILS} pupils, ${lines} lines, ${megabytes(bytes)} MB unpacked`)
  }
}

/** @typedef {import('../server/roster/target').RosterTarget} RosterTarget */
/** @typedef {import('../server/node-roster-target').OpenTarget} OpenTarget */

/** @param {string} folder */
async function importAllToPostgres(folder) {
  const programs = findPostgres()
  if (!programs) return console.log('No PostgreSQL on this machine, so that part is left out.')
  const postgres = await startPostgres(programs, { durable: true })
  try {
    for (const [what, zip] of [
      ['all are new', 'now.zip'],
      ['the same again', 'now.zip'],
      ['a year later', 'later.zip'],
    ]) {
      await inProcess('postgres', folder, postgres.url, `PostgreSQL: ${what}`, zip ?? '')
    }
  } finally {
    await postgres.stop()
  }
}

/** One import, in a process as npm run import has it. */
async function importToPostgres(folder = '', url = '', what = '', zip = '') {
  /** @type {{ module: typeof import('../server/node-roster-target') }} */
  const { module: data } = await load('./server/node-roster-target.ts')
  const open = () => data.openRosterTarget({ env: { DATABASE_URL: url }, root: folder, dryRun: false })
  await measure(folder, open, [[what, zip]])
}

/**
 * @param {string} folder
 * @param {() => Promise<OpenTarget>} open
 * @param {string[][]} imports what it is called, the zip, options
 */
async function measure(folder, open, imports) {
  /** @type {{ module: typeof import('../server/node-import') }} */
  const { module: command } = await load('./server/node-import.ts')
  const rows = []
  for (const [what, zip = '', ...more] of imports) {
    const started = performance.now()
    /** @type {string[]} */
    const said = []
    const screen = { isTerminal: false, write: (/** @type {string} */ text) => void said.push(text) }
    const code = await command.importCommand([path.join(folder, zip), ...more], screen, open)
    if (code !== 0) throw new Error(said.join(''))
    const seconds = Math.round((performance.now() - started) / 100) / 10
    // What the kernel saw at most so far.
    rows.push({ what, seconds, peakMb: Math.round(process.resourceUsage().maxRSS / 1024) })
    console.log(`${what}: ${said.at(-1)}`)
  }
  console.table(rows)
}

/** @param {string} folder */
async function importAll(folder) {
  /** @type {{ module: typeof import('../server/store/memory') }} */
  const { module: memory } = await load('./server/store/memory.ts')
  const store = memory.createMemoryStore(memory.noSchool)
  const open = async () => ({ target: store.roster, close: async () => undefined })
  await measure(folder, open, [['all are new', 'now.zip']])
  await store.roster.change('default', async (unit) => {
    for (const kind of KINDS) {
      const file = createWriteStream(path.join(folder, kind))
      for await (const batch of unit[kind]()) file.write(`${JSON.stringify(batch)}\n`)
      await new Promise((resolve) => file.end(() => resolve(null)))
    }
  })
  await measure(folder, open, [
    ['the same again', 'now.zip'],
    ['a year later', 'later.zip'],
  ])
}

/** @param {string} folder */
async function importAlone(folder) {
  /** @param {string} kind */
  async function* batches(kind) {
    for await (const line of createInterface(createReadStream(path.join(folder, kind))))
      yield JSON.parse(line)
  }
  /** @type {RosterTarget} */
  const target = {
    change: (_, work) =>
      work({
        institutions: () => batches('institutions'),
        classes: () => batches('classes'),
        staff: () => batches('staff'),
        pupils: () => batches('pupils'),
        usernameHolders: async () => new Map(),
        apply: async () => undefined,
      }),
    removeWhoIsOver: async () => undefined,
  }
  await measure(folder, async () => ({ target, close: async () => undefined }), [
    ['alone: the same again', 'now.zip'],
    ['alone: a year later', 'later.zip'],
  ])
}
