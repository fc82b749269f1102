// The two places where data lie in earnest: a folder of an embedded database, and a PostgreSQL. For both, how to start
// the server over it, and how to look into it once no server is there.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Client } from 'pg'
import { findPostgres, startPostgres } from '../scripts/postgres.mjs'

export const KINDS = /** @type {const} */ (['embedded', 'postgresql'])
/** @typedef {typeof KINDS[number]} Kind */

/** @typedef {(text: string) => Promise<Record<string, unknown>[]>} Ask */

/**
 * @typedef {{
 *   env: NodeJS.ProcessEnv,
 *   postgres: import('../scripts/postgres.mjs').Postgres | null,
 *   look: <Found>(work: (ask: Ask) => Promise<Found>) => Promise<Found>,
 *   remove: () => Promise<void>
 * }} Place
 */

/**
 * @param {Kind} kind
 * @param {{ within?: string }} [options] within: the folder in which a new one is made
 * @returns {Promise<Place | null>} null where this machine has no PostgreSQL
 */
export async function newPlace(kind, { within = tmpdir() } = {}) {
  if (kind === 'embedded') {
    const folder = mkdtempSync(path.join(within, 'elevadgang-bench-'))
    return {
      env: { DATA_FOLDER: folder, DATABASE_URL: '' },
      postgres: null,
      async look(work) {
        const db = await PGlite.create(path.join(folder, 'database'))
        try {
          return await work(async (text) => (await db.query(text)).rows.map((row) => ({ ...Object(row) })))
        } finally {
          await db.close()
        }
      },
      remove: async () => rmSync(folder, { recursive: true, force: true }),
    }
  }
  const programs = findPostgres()
  if (!programs) return null
  const postgres = await startPostgres(programs, { durable: true, within })
  return {
    env: { DATABASE_URL: postgres.url, DATA_FOLDER: '' },
    postgres,
    async look(work) {
      const client = new Client({ connectionString: postgres.url })
      await client.connect()
      try {
        return await work(async (text) => (await client.query(text)).rows)
      } finally {
        await client.end()
      }
    },
    remove: () => postgres.stop(),
  }
}
