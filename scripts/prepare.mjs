// Runs before node_modules exist, so it may import nothing but Node's own modules.
import { spawn } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import process from 'node:process'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('..', import.meta.url))

/** An expected failure: its message says what happened and what to do, so no stack trace is shown. */
export class Stop extends Error {}

/** Makes the checkout ready to run: the right Node and the packages of the lock file. */
export async function prepare() {
  process.chdir(root)
  checkNode()
  await installPackages()
}

function checkNode() {
  const wanted = JSON.parse(readFileSync('package.json', 'utf8')).engines.node
  if (!satisfies(process.versions.node, wanted)) {
    throw new Stop(
      `Elevadgang needs Node ${wanted}, and this is Node ${process.versions.node}.\n` +
        'Install a newer Node (nodejs.org, or your version manager) and run the command again.',
    )
  }
}

/**
 * Understands the two forms that package.json uses: "^1.2.3" and ">=1.2.3", joined by "||".
 * @param {string} version
 * @param {string} range
 */
function satisfies(version, range) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return range.split('||').some((part) => {
    const [from = 0, fromMinor = 0] = (part.match(/\d+/g) ?? []).map(Number)
    if (part.includes('^')) return major === from && minor >= fromMinor
    return major > from || (major === from && minor >= fromMinor)
  })
}

async function installPackages() {
  const installed = 'node_modules/.package-lock.json'
  if (existsSync(installed) && statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs) return

  console.log('Installing packages (npm ci) …')
  const code = await run('npm', ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'])
  if (code !== 0) throw new Stop('The packages could not be installed: see the lines from npm above.')
}

/**
 * Runs a command with its output shown, and answers its exit code.
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<number>}
 */
export function run(command, args, env = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'inherit', 'inherit'],
      env: { ...process.env, ...env },
      // On Windows npm and npx are scripts, which only a shell can start.
      shell: process.platform === 'win32',
    })
    child.on('error', (error) => {
      console.error(`${command} could not be started: ${error.message}`)
      resolve(127)
    })
    child.on('close', (code) => resolve(code ?? 1))
  })
}

/**
 * Runs a script's main function; an expected failure becomes a plain message.
 * @param {() => Promise<void>} main
 */
export async function runScript(main) {
  try {
    await main()
  } catch (error) {
    console.error(error instanceof Stop ? `\n${error.message}` : error)
    process.exitCode = 1
  }
}
