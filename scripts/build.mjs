// Builds what a start needs, once: a build remembers of which sources it was made.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import process from 'node:process'
import { run, Stop } from './prepare.mjs'

/** The folder of each build that vite.config.ts knows, by its mode. */
const FOLDERS = { production: 'dist', server: 'dist-server', demo: 'dist-demo' }

/** All that a build may read. The lock file stands for the packages. */
const SOURCES = [
  ...['src', 'server', 'mocks', 'locales', 'scripts', 'bench'],
  ...['index.html', 'package.json', 'package-lock.json', 'tsconfig.json', 'vite.config.ts'],
]

/** Lies in the folder of a build, which is emptied when another begins. */
const NOTE = '.built-of'

const VITE = 'node_modules/vite/bin/vite.js'

/**
 * Builds each of these, unless it was built of these very sources.
 * @param {(keyof typeof FOLDERS)[]} modes
 */
export async function buildOnce(...modes) {
  const sources = hashOf(SOURCES)
  for (const mode of modes) {
    const note = path.join(FOLDERS[mode], NOTE)
    if (existsSync(note) && readFileSync(note, 'utf8') === sources) continue
    if (!existsSync(VITE)) {
      throw new Stop(
        `${FOLDERS[mode]} is missing, or was built of other sources than these, and the packages to build with are not here.\n` +
          'Build with npm ci && npm run build, here or elsewhere, and bring dist and dist-server along.',
      )
    }
    console.log(`Building ${FOLDERS[mode]} (${mode}) …`)
    const vite = [VITE, 'build', '--logLevel', 'warn', '--mode', mode]
    const code = await run(process.execPath, vite, { NODE_ENV: 'production' })
    if (code !== 0) throw new Stop('The build failed: see the lines above.')
    writeFileSync(note, sources)
  }
}

/** @param {string[]} places files and folders */
function hashOf(places) {
  const hash = createHash('sha256')
  for (const file of places.flatMap(filesIn)) hash.update(`\0${file}\0`).update(readFileSync(file))
  return hash.digest('hex')
}

/**
 * @param {string} place
 * @returns {string[]}
 */
function filesIn(place) {
  if (path.extname(place)) return [place]
  return readdirSync(place, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .sort()
}
