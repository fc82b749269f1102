// Finds a PostgreSQL of this machine, and starts a throwaway server of it for tests and the bench.
import { spawn } from 'node:child_process'
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { freePort } from './port.mjs'
import { run, Stop } from './prepare.mjs'

const isRoot = process.getuid?.() === 0
const HOST = '127.0.0.1'
const USER = 'elevadgang'

/** @typedef {{ url: string, stop: () => Promise<void>, kill: () => Promise<void>, restart: () => Promise<void> }} Postgres */

/** @returns {string | undefined} the folder of a PostgreSQL's programs, of the newest version that is here */
export function findPostgres() {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const folders = [
    ...(process.env.POSTGRES_BIN ? [process.env.POSTGRES_BIN] : []),
    ...versions.map((version) => path.join(debian, version, 'bin')),
    ...(process.env.PATH ?? '').split(path.delimiter),
  ]
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(path.join(folder, name))))
}

/**
 * @returns {Promise<string | undefined>} the folder of the programs, installed now if need be and possible
 * @throws {Stop} in CI, where nothing may be left out
 */
export async function ensurePostgres() {
  const found = findPostgres()
  if (found) return found
  if (isRoot && existsSync('/etc/debian_version')) {
    console.log("Installing Debian's postgresql …")
    const quietly = { DEBIAN_FRONTEND: 'noninteractive' }
    await run('apt-get', ['-qq', 'update'], quietly)
    // Only the programs: the package would start a server of its own.
    await run('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', 'postgresql-common'], quietly)
    await run('sh', ['-c', 'echo "create_main_cluster = false" >> /etc/postgresql-common/createcluster.conf'])
    await run('apt-get', ['-qq', 'install', '-y', '--no-install-recommends', 'postgresql'], quietly)
  }
  const installed = findPostgres()
  if (!installed && process.env.CI) {
    throw new Stop(
      'The tests over PostgreSQL need its programs (initdb, postgres), and CI leaves nothing out.',
    )
  }
  return installed
}

/**
 * A server with a new folder of data, on a free port of this machine, as a user who is not root.
 * @param {string} programs
 * @param {{ durable?: boolean, within?: string }} [options] durable: writes reach the disk, as in earnest; within: the
 *   folder in which that of the data is made
 * @returns {Promise<Postgres>}
 */
export async function startPostgres(programs, { durable = false, within = tmpdir() } = {}) {
  const folder = mkdtempSync(path.join(within, 'elevadgang-postgres-'))
  const owner = isRoot ? someoneElse() : undefined
  if (owner) chownSync(folder, owner.uid, owner.gid)
  const data = path.join(folder, 'data')
  const port = await freePort()
  /** @type {import('node:child_process').SpawnOptions} */
  const options = { ...owner, cwd: folder, env: { ...process.env, LC_ALL: 'C' } }

  const made = spawn(
    path.join(programs, 'initdb'),
    ['-D', data, '-U', USER, '-A', 'trust', '-E', 'UTF8', '--no-sync'],
    { ...options, stdio: ['ignore', 'ignore', 'inherit'] },
  )
  const code = await new Promise((resolve) => made.on('close', resolve))
  if (code !== 0) throw new Stop('initdb could not make a database: see the lines above.')

  let server = await start()
  async function start() {
    const child = spawn(
      path.join(programs, 'postgres'),
      ['-D', data, '-p', String(port), '-h', HOST, '-k', folder, '-c', `fsync=${durable ? 'on' : 'off'}`],
      { ...options, stdio: ['ignore', 'ignore', 'pipe'] },
    )
    process.once('exit', () => child.kill('SIGQUIT'))
    await new Promise((resolve, reject) => {
      let said = ''
      child.stderr?.on('data', (text) => {
        said += text
        if (said.includes('ready to accept connections')) resolve(undefined)
      })
      child.on('error', reject)
      child.on('close', () => reject(new Error(`PostgreSQL did not start:\n${said}`)))
    })
    return child
  }
  /** @param {NodeJS.Signals} signal */
  const end = (signal) =>
    new Promise((resolve) => {
      if (server.exitCode !== null || server.signalCode !== null) return resolve(undefined)
      server.on('close', () => resolve(undefined))
      server.kill(signal)
    })
  return {
    url: `postgresql://${USER}@${HOST}:${port}/postgres`,
    async stop() {
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
    /** As when the machine it is on loses its power. */
    async kill() {
      await end('SIGQUIT')
    },
    async restart() {
      server = await start()
    },
  }
}

/** PostgreSQL refuses to run as root. */
function someoneElse() {
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
  const [, , uid, gid] =
    ['postgres', 'nobody'].flatMap((name) => users.filter(([user]) => user === name))[0] ?? []
  if (!uid || !gid)
    throw new Stop('PostgreSQL does not run as root, and there is no user postgres or nobody.')
  return { uid: Number(uid), gid: Number(gid) }
}
