// npm test: every check, in order, each with the time it took. `npm test -- api browser` runs only those parts.
import { existsSync, readFileSync, rmSync } from 'node:fs'
import process from 'node:process'
import { ensureChromium } from './chromium.mjs'
import { ensurePostgres } from './postgres.mjs'
import { prepare, run, runScript, Stop } from './prepare.mjs'

const PARTS = ['check', 'api', 'app', 'build', 'browser']

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

/** @type {Count} */
const total = { passed: 0, failed: 0, skipped: 0 }
/** @type {string[]} */
const failures = []
/** @type {string[]} */
const leftOut = []

runScript(async () => {
  const asked = process.argv.slice(2)
  const unknown = asked.find((part) => !PARTS.includes(part))
  if (unknown) throw new Stop(`There is no part called "${unknown}". The parts are: ${PARTS.join(', ')}.`)
  /** @param {string} part */
  const wants = (part) => asked.length === 0 || asked.includes(part)

  const ready = await step('Node and packages', async () => {
    await prepare()
    return { code: 0, count: { passed: 0, failed: 0, skipped: 0 } }
  })
  if (ready) await runParts(wants)

  if (failures.length > 0) {
    console.log(`\nFailed:\n${failures.map((name) => `- ${name}`).join('\n')}`)
    process.exitCode = 1
  }
  if (leftOut.length > 0) {
    console.log(`\nLEFT OUT:\n${leftOut.map((part) => `- ${part}`).join('\n')}`)
  }
  const skipped = total.skipped > 0 ? `, ${total.skipped} skipped` : ''
  console.log(`\n${total.passed} passed, ${total.failed} failed${skipped}`)
})

/** @param {(part: string) => boolean} wants */
async function runParts(wants) {
  if (wants('check')) {
    await step('Types (tsc)', () => tool('typescript/bin/tsc', '--noEmit'))
    await step('Lint and format (biome)', () =>
      tool('@biomejs/biome/bin/biome', 'check', '--error-on-warnings'),
    )
  }

  if (wants('api')) await step('PostgreSQL', postgres)
  const projects = ['api', 'app'].filter(wants)
  if (projects.length > 0) {
    await step(`Tests in Node: ${projects.join(' and ')} (vitest)`, () =>
      vitest([...projects, ...(wants('api') ? ['api-over-http'] : [])]),
    )
  }

  if (wants('build')) {
    const built =
      (await step('Production build (vite)', () => build())) &&
      (await step('Server build (vite)', () => build('--mode', 'server')))
    if (built) await step('Tests of the build (vitest)', () => vitest(['build']))
    else fail('Tests of the build: not run, as there is no build')
  }

  if (wants('browser')) {
    const built = await step('Demo build (vite)', () => build('--mode', 'demo'))
    if (built) await step('Tests in Chromium (playwright)', playwright)
    else fail('Tests in Chromium: not run, as there is no demo build')
  }
}

/**
 * Runs one step and adds what it counted: its tests, or the step itself where it holds none.
 * @param {string} name
 * @param {() => Promise<{ code: number, count?: Count }>} work
 * @returns {Promise<boolean>} whether it passed
 */
async function step(name, work) {
  console.log(`\n── ${name}`)
  const started = performance.now()
  const { code, count = { passed: code === 0 ? 1 : 0, failed: 0, skipped: 0 } } = await work().catch(stopped)
  const ok = code === 0 && count.failed === 0

  total.passed += count.passed
  total.failed += count.failed
  total.skipped += count.skipped
  // A step can fail without a failing test: a crash, an error outside of any test, nothing to run.
  if (!ok && count.failed === 0) total.failed += 1
  if (!ok) failures.push(name)

  const seconds = ((performance.now() - started) / 1000).toFixed(1)
  console.log(`── ${name}: ${ok ? 'passed' : 'FAILED'} in ${seconds} s`)
  return ok
}

/**
 * An expected failure fails its step only.
 * @param {unknown} error
 * @returns {{ code: number, count?: Count }}
 */
function stopped(error) {
  if (!(error instanceof Stop)) throw error
  console.error(`\n${error.message}`)
  return { code: 1 }
}

/** @param {string} reason */
function fail(reason) {
  console.log(`\n── ${reason}`)
  failures.push(reason)
  total.failed += 1
}

/**
 * @param {string} script path below node_modules
 * @param {string[]} args
 */
async function tool(script, ...args) {
  return { code: await run(process.execPath, [`node_modules/${script}`, ...args]) }
}

/** @param {string[]} args */
const build = (...args) => tool('vite/bin/vite.js', 'build', '--logLevel', 'warn', ...args)

/** @param {string[]} projects */
async function vitest(projects) {
  const { code, report } = await withReport('test-results/vitest.json', [
    'node_modules/vitest/vitest.mjs',
    'run',
    ...projects.map((project) => `--project=${project}`),
  ])
  if (!report) return { code }

  /** @type {{ status: string, assertionResults: unknown[] }[]} */
  const files = report.testResults
  const neverRan = files.filter((file) => file.status === 'failed' && file.assertionResults.length === 0)
  const count = {
    passed: report.numPassedTests,
    failed: report.numFailedTests + neverRan.length,
    skipped: report.numPendingTests + report.numTodoTests,
  }
  return { code, count }
}

async function postgres() {
  const programs = await ensurePostgres()
  if (!programs) {
    leftOut.push('The store over a PostgreSQL server, its backup and restore: there is none on this machine.')
  }
  return { code: 0, count: { passed: 0, failed: 0, skipped: 0 } }
}

async function playwright() {
  const chromium = await ensureChromium()
  const { code, report } = await withReport(
    'test-results/playwright.json',
    ['node_modules/@playwright/test/cli.js', 'test'],
    { CHROMIUM_PATH: chromium },
  )
  if (!report) return { code }

  const { expected, unexpected, flaky, skipped } = report.stats
  return { code, count: { passed: expected, failed: unexpected + flaky, skipped } }
}

/**
 * @param {string} file where the tool writes its report
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} [env]
 */
async function withReport(file, args, env) {
  rmSync(file, { force: true })
  const code = await run(process.execPath, args, env)
  return { code, report: existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined }
}
