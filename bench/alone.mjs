// What takes long and is measured alone: npm run bench -- <name>.
import { writeFileSync } from 'node:fs'
import process from 'node:process'
import { run, Stop } from '../scripts/prepare.mjs'
import { KINDS } from './databases.mjs'

/** @typedef {{ soakMinutes: number, people: import('./visit.mjs').Person[] }} Options */
/** @typedef {(kind: import('./databases.mjs').Kind, options: Options) => Promise<object | null>} Measure */

const CRASHES = 20
const FUZZ_RUNS = '500'

/** @type {Record<string, Measure>} */
const overBothDatabases = {
  crash: async (kind, { people }) =>
    (await import('./crash.mjs')).measureCrashes(kind, {
      rounds: Number(process.env.ROUNDS ?? CRASHES),
      people,
    }),
  outage: async (kind, { people }) => (await import('./outage.mjs')).measureOutage(kind, { people }),
  full: async (kind, { people }) => (await import('./full.mjs')).measureFullDisk(kind, { people }),
  morning: async (kind, { people }) =>
    (await import('./morning.mjs')).measureMorning(kind, { password: people[0]?.password ?? '' }),
  soak: async (kind, { people, soakMinutes }) =>
    (await import('./soak.mjs')).measureSoak(kind, {
      minutes: soakMinutes,
      password: people[0]?.password ?? '',
    }),
}

/** @type {Record<string, { project: string, file: string, env: Record<string, string> }>} */
const longTests = {
  fuzz: {
    project: 'api',
    file: 'tests/api/fuzz',
    env: {
      FUZZ_RUNS: process.env.FUZZ_RUNS ?? FUZZ_RUNS,
      FUZZ_SEED: process.env.FUZZ_SEED ?? String(Date.now()),
    },
  },
  abuse: { project: 'api-over-http', file: 'tests/api/abuse', env: { SCHOOL_BEHIND: 'postgres' } },
}

/**
 * @param {string} name
 * @param {Options} options
 */
export async function measureAlone(name, options) {
  const test = longTests[name]
  if (test) {
    const vitest = ['node_modules/vitest/vitest.mjs', 'run', `--project=${test.project}`, test.file]
    console.log(test.env)
    process.exitCode = await run(process.execPath, vitest, test.env)
    return
  }
  const measure = overBothDatabases[name]
  if (!measure) {
    const names = [...Object.keys(overBothDatabases), ...Object.keys(longTests)]
    throw new Stop(`There is no "${name}" to measure alone. There are: ${names.join(', ')}.`)
  }
  for (const args of [[], ['--mode', 'server']]) {
    const code = await run(process.execPath, [
      'node_modules/vite/bin/vite.js',
      'build',
      '--logLevel',
      'warn',
      ...args,
    ])
    if (code !== 0) throw new Stop('A build failed: see the lines above.')
  }
  /** @type {Record<string, object | null>} */
  const results = {}
  for (const kind of KINDS) {
    console.log(`\n${name}, ${kind} …`)
    results[kind] = await measure(kind, options)
    console.log(results[kind] ?? 'LEFT OUT here')
  }
  writeFileSync(`bench/results-${name}.json`, `${JSON.stringify(results, null, 2)}\n`)
  console.log(`\nWritten to bench/results-${name}.json`)
}
