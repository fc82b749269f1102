// node bench/roster.mjs: a municipality of 70,000 pupils into the memory store: time, and the process's largest memory.
// Three imports into one store: all of them, the same again, and a year later.
import { fork } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { runnerImport } from 'vite'

const PUPILS = Number(process.env.PUPILS ?? 70_000)
const MEGABYTE = 1024 * 1024
const SELF = process.argv[1] ?? ''

/** @param {string} file */
const load = (file) => runnerImport(file, { configFile: false, logLevel: 'warn' })

const megabytes = (/** @type {number} */ bytes) => Math.round(bytes / MEGABYTE)

if (process.argv[2] === 'write') await write(process.argv[3] ?? '')
else if (process.argv[2] === 'import') await importAll(process.argv[3] ?? '')
else {
  const folder = mkdtempSync(path.join(tmpdir(), 'elevadgang-municipality-'))
  try {
    await inProcess('write', folder)
    await inProcess('import', folder)
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
    fork(SELF, words).on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${words[0]} failed`))))
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

/** @param {string} folder */
async function importAll(folder) {
  /** @type {{ module: typeof import('../server/node-import') }} */
  const { module: command } = await load('./server/node-import.ts')
  /** @type {{ module: typeof import('../server/store/memory') }} */
  const { module: memory } = await load('./server/store/memory.ts')
  const store = memory.createMemoryStore(memory.noSchool)
  const open = async () => ({ target: store.roster, close: async () => undefined })

  /** @type {Record<string, unknown>[]} */
  const rows = []
  for (const [what, zip, ...more] of [
    ['dry run', 'now.zip', '--dry-run'],
    ['all are new', 'now.zip'],
    ['the same again', 'now.zip'],
    ['a year later', 'later.zip'],
  ]) {
    const started = performance.now()
    /** @type {string[]} */
    const said = []
    const screen = { isTerminal: false, write: (/** @type {string} */ text) => void said.push(text) }
    const code = await command.importCommand([path.join(folder, zip ?? ''), ...more], screen, open)
    const seconds = (performance.now() - started) / 1000
    if (code !== 0) throw new Error(said.join(''))
    // What the kernel saw at most, the store's own data included.
    rows.push({
      what,
      seconds: Math.round(seconds * 10) / 10,
      peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
    })
    console.log(`${what}: ${said.at(-1)}`)
  }
  console.table(rows)
  if (process.env.RESULTS) writeFileSync(process.env.RESULTS, `${JSON.stringify(rows, null, 2)}\n`)
}
