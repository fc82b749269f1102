// npm run bench: measures the production build against the bars, beside the least that its packages cost.
// npm run bench -- crash (soak, morning, outage, full, fuzz, abuse): one thing alone that takes long; see bench/alone.mjs.
import { writeFileSync } from 'node:fs'
import os from 'node:os'
import process from 'node:process'
import { ensureChromium } from './chromium.mjs'
import { prepare, run, runScript, Stop } from './prepare.mjs'
import { BARS } from './sizes.mjs'

const PASSWORD = 'Elevadgang-2026'
const lone = { username: 'lone4821', password: PASSWORD }
const colleagues = ['mads5512', 'bodi2259', 'sofi6603', 'omar7310'].map((username) => ({
  username,
  password: PASSWORD,
}))
const bodil = { username: 'bodi2259', password: PASSWORD }
const kent = { username: 'kent1904', password: PASSWORD }
const SERVER = 'dist-server/server.js'
const RUNS = Number(process.env.RUNS ?? 5)
const SOAK_MINUTES = Number(process.env.SOAK_MINUTES ?? 1)

/** @typedef {{ what: string, floor?: number, found: number, bar?: number }} Row */

runScript(async () => {
  await prepare()
  const [alone] = process.argv.slice(2)
  if (alone !== undefined) {
    const { measureAlone } = await import('../bench/alone.mjs')
    return measureAlone(alone, { soakMinutes: SOAK_MINUTES, people: [lone, ...colleagues] })
  }
  process.env.CHROMIUM_PATH = await ensureChromium()
  await build()

  const { makeCertificate, serveFolder, startServer } = await import('../bench/servers.mjs')
  const { certificate, remove } = makeCertificate()
  if (!certificate) console.log('No openssl here, so no HTTP/2: the pages are measured over HTTP/1.1.')
  const servers = {
    app: await startServer(SERVER, certificate),
    floor: await serveFolder('dist-bench/floor', certificate),
    api: await startServer(SERVER),
    apiFloor: await startServer('bench/floor/server.mjs'),
    slowLaptop: await startServer(SERVER),
    wholeSchool: await startServer(SERVER),
    school: await startServer(SERVER, certificate, { PUPILS: '5000' }),
    // Without TLS: what other than the page asks there, too.
    schoolPlain: await startServer(SERVER, undefined, { PUPILS: '5000' }),
    smallSchool: await startServer(SERVER, certificate, { PUPILS: '50' }),
  }
  try {
    const results = await measure(servers)
    const protocol = certificate ? 'HTTP/2' : 'HTTP/1.1'
    const machine = { cores: os.cpus().length, node: process.version, load: os.loadavg()[0] }
    writeFileSync('bench/results.json', `${JSON.stringify({ protocol, machine, ...results }, null, 2)}\n`)
    print(rowsOf(results))
    console.log('\nWritten to bench/results.json')
  } finally {
    for (const server of Object.values(servers)) server.stop()
    remove()
  }
})

async function build() {
  console.log('Building the app, the server and the floor …')
  const vite = ['node_modules/vite/bin/vite.js', 'build', '--logLevel', 'warn']
  for (const args of [[], ['--mode', 'server'], ['bench/floor']]) {
    const code = await run(process.execPath, [...vite, ...args])
    if (code !== 0) throw new Stop('A build failed: see the lines above.')
  }
}

/**
 * @typedef {import('../bench/servers.mjs').ApiServer} ApiServer
 * @param {Record<'app' | 'api' | 'apiFloor' | 'slowLaptop' | 'wholeSchool' | 'school' | 'schoolPlain' | 'smallSchool', ApiServer> & Record<'floor', import('../bench/servers.mjs').Server>} servers
 */
async function measure(servers) {
  const { measureLoad } = await import('../bench/load.mjs')
  const { measureInteractions } = await import('../bench/interactions.mjs')
  const { measureApi } = await import('../bench/api.mjs')
  const { measureLive } = await import('../bench/live.mjs')
  const { measureSchoolInteractions, measureSchoolLoad, measureSchoolMemory } = await import(
    '../bench/school.mjs'
  )
  const { CPU_SLOWDOWN, visit } = await import('../bench/visit.mjs')

  const classPath = await visit({ origin: servers.app.origin, as: lone }, async (page) => {
    const { classes } = await (await page.request.get('/api/classes')).json()
    return `/klasser/${classes[0].id}`
  })

  console.log(`Loading each page ${RUNS} times on a slow line …`)
  const loads = {
    floor: await measureLoad({ origin: servers.floor.origin, path: '/', runs: RUNS }),
    front: await measureLoad({ origin: servers.app.origin, path: '/', runs: RUNS }),
    classes: await measureLoad({ origin: servers.app.origin, path: '/mine-klasser', as: lone, runs: RUNS }),
    class: await measureLoad({ origin: servers.app.origin, path: classPath, as: lone, runs: RUNS }),
    pupils: await measureLoad({ origin: servers.app.origin, path: '/elev', runs: RUNS }),
  }
  console.log('Using the class page …')
  const interactions = await measureInteractions({ origin: servers.app.origin, path: classPath, as: lone })
  console.log('Asking the API …')
  const people = [lone, bodil]
  const api = {
    floor: await measureApi({ origin: servers.apiFloor.origin, people }),
    app: await measureApi({ origin: servers.api.origin, people }),
  }
  console.log('Letting a class ask its teacher at once …')
  const asking = { as: lone, colleagues }
  const live = {
    slowLaptop: await measureLive({
      ...asking,
      origin: servers.slowLaptop.origin,
      listeners: 1,
      cpuSlowdown: CPU_SLOWDOWN,
    }),
    wholeSchool: await measureLive({
      ...asking,
      origin: servers.wholeSchool.origin,
      listeners: 200,
      cpuSlowdown: 1,
    }),
  }
  console.log(`Looking at a school of 5,000, ${SOAK_MINUTES} min of it scrolling …`)
  const school = {
    smallMs: await measureSchoolLoad(servers.smallSchool, { as: kent, runs: RUNS }),
    loadMs: await measureSchoolLoad(servers.school, { as: kent, runs: RUNS }),
    interactions: await measureSchoolInteractions(servers.schoolPlain, { as: kent }),
    ...(await measureSchoolMemory(servers.schoolPlain, { as: kent, teacher: lone, minutes: SOAK_MINUTES })),
  }
  return { loads, interactions, api, live, school }
}

/**
 * @param {Awaited<ReturnType<typeof measure>>} results
 * @returns {Row[]}
 */
function rowsOf({
  loads: { floor, ...pages },
  interactions,
  api: { floor: apiFloor, app: api },
  live,
  school,
}) {
  const { slowLaptop, wholeSchool } = live

  const names = { front: 'front page', classes: 'my classes', class: 'class page', pupils: 'pupils’ pages' }
  const loads = Object.entries(pages).flatMap(([key, page]) => {
    const name = names[/** @type {keyof typeof names} */ (key)]
    /** @type {Row[]} */
    const rows = [
      {
        what: 'JS, kB gz',
        floor: floor.jsKb,
        found: page.jsKb,
        bar: { front: BARS.frontPageJs, pupils: BARS.pupilPagesJs }[key] ?? BARS.classPageJs,
      },
      { what: 'CSS, kB gz', floor: floor.cssKb, found: page.cssKb, bar: BARS.css },
      { what: 'fonts, kB', floor: floor.fontsKb, found: page.fontsKb, bar: BARS.fonts },
      { what: 'fonts, files', floor: floor.fontFiles, found: page.fontFiles, bar: BARS.fontFiles },
      { what: 'requests', floor: floor.requests, found: page.requests, bar: 10 },
      { what: 'first paint, ms', floor: floor.fcpMs, found: page.fcpMs },
      {
        what: 'largest paint, ms',
        floor: floor.lcpMs,
        found: page.lcpMs,
        ...(key === 'class' ? { bar: Math.round(floor.lcpMs * 1.25) } : {}),
      },
    ]
    return rows.map((row) => ({ ...row, what: `${name}: ${row.what}` }))
  })
  return [
    ...loads,
    ...Object.entries(interactions).map(([name, ms]) => ({
      what: `${name}: p75 to paint, ms`,
      found: ms,
      bar: 100,
    })),
    { what: 'API: p50, ms', floor: apiFloor.p50Ms, found: api.p50Ms },
    { what: 'API: p95, ms', floor: apiFloor.p95Ms, found: api.p95Ms },
    { what: 'API: p99, ms', floor: apiFloor.p99Ms, found: api.p99Ms, bar: 50 },
    { what: `API: errors in ${api.requests} requests`, floor: apiFloor.errors, found: api.errors, bar: 0 },
    { what: 'pupil to slow laptop: p50, ms', found: slowLaptop.screenP50Ms },
    { what: 'pupil to slow laptop: p95, ms', found: slowLaptop.screenP95Ms, bar: 1000 },
    { what: `pupil to screen, ${wholeSchool.listeners} listen: p50, ms`, found: wholeSchool.screenP50Ms },
    {
      what: `pupil to screen, ${wholeSchool.listeners} listen: p95, ms`,
      found: wholeSchool.screenP95Ms,
      bar: 1000,
    },
    { what: `pupil to ${wholeSchool.listeners} listeners: p50, ms`, found: wholeSchool.listenerP50Ms },
    {
      what: `pupil to ${wholeSchool.listeners} listeners: p95, ms`,
      found: wholeSchool.listenerP95Ms,
      bar: 1000,
    },
    {
      what: `pupils of ${slowLaptop.pupils} not seen, twice`,
      found: slowLaptop.missed + wholeSchool.missed,
      bar: 0,
    },
    {
      what: '5,000 pupils: first rows, ms (50)',
      floor: school.smallMs,
      found: school.loadMs,
      bar: Math.round(school.smallMs * 1.5),
    },
    ...Object.entries(school.interactions).map(([name, ms]) => ({
      what: `${name}: p75 to paint, ms`,
      found: ms,
      bar: 100,
    })),
    {
      what: `5,000 pupils: heap after ${SOAK_MINUTES} min, MB (before)`,
      floor: school.beforeMb,
      found: school.afterMb,
      bar: Math.ceil(school.beforeMb * 1.1),
    },
  ]
}

/** @param {Row[]} rows */
function print(rows) {
  /** @param {(string | number | undefined)[]} cells */
  const line = ([what, ...figures]) =>
    `${String(what).padEnd(42)}${figures.map((figure) => String(figure ?? '').padStart(9)).join('')}`
  console.log(`\n${line(['', 'floor', 'found', 'bar'])}`)
  for (const { what, floor, found, bar } of rows) {
    console.log(line([what, floor, found, bar, bar !== undefined && found > bar ? 'OVER' : '']).trimEnd())
  }
}
