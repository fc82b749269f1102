// A municipality with teachers of its own classes, brought in as a school's own people are.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { runnerImport } from 'vite'

/** Five schools, with 45 teachers each. */
const PUPILS = 4_800

/** @param {string} file */
const load = (file) => runnerImport(file, { configFile: false, logLevel: 'warn' })

/**
 * Imports it where no server has started yet.
 * @param {import('./databases.mjs').Place} place
 * @param {{ wanted: number, password: string }} options
 * @returns {Promise<import('./visit.mjs').Person[]>} so many teachers
 */
export async function importTeachers(place, { wanted, password }) {
  /** @type {{ module: typeof import('./write-municipality') }} */
  const { module: writer } = await load('./bench/write-municipality.ts')
  /** @type {{ module: typeof import('../server/node-import') }} */
  const { module: command } = await load('./server/node-import.ts')
  /** @type {{ module: typeof import('../server/node-roster-target') }} */
  const { module: data } = await load('./server/node-roster-target.ts')

  const folder = mkdtempSync(path.join(tmpdir(), 'elevadgang-teachers-'))
  try {
    writer.writeMunicipality(folder, 'now.zip', PUPILS, false)
    /** @type {string[]} */
    const said = []
    const screen = { isTerminal: false, write: (/** @type {string} */ text) => void said.push(text) }
    const code = await command.importCommand([path.join(folder, 'now.zip')], screen, (dryRun) =>
      data.openRosterTarget({ env: place.env, root: folder, dryRun }),
    )
    if (code !== 0) throw new Error(said.join(''))
  } finally {
    rmSync(folder, { recursive: true })
  }
  const teachers = await place.look((ask) =>
    ask(`select username from staff where id in (select staff_id from teaching) order by id limit ${wanted}`),
  )
  if (teachers.length < wanted) throw new Error(`There are only ${teachers.length} teachers`)
  return teachers.map(({ username }) => ({ username: String(username), password }))
}
