// A whole school at eight: so many pupils sign in with their passwords at the same moment, and come again when they are told
// to, while teachers work. How long until all are in, how long anybody waits for an answer, and what the teachers notice.
import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { runnerImport } from 'vite'
import { measureWork, signInAll } from './api.mjs'
import { send } from './client.mjs'
import { newPlace } from './databases.mjs'
import { startServer } from './servers.mjs'
import { oneDecimal, percentile } from './statistics.mjs'
import { importTeachers } from './teachers.mjs'

const PUPILS = Number(process.env.PUPILS ?? 1_500)
const TEACHERS = 20
/** Requests a second of the teachers. */
const RATE = 20
const PUPILS_PASSWORD = 'to blå heste'
const GIVEN_UP_AFTER_MS = 20 * 60_000

/**
 * @param {import('./databases.mjs').Kind} kind
 * @param {{ password: string }} options of the staff
 */
export async function measureMorning(kind, { password }) {
  const place = await newPlace(kind)
  if (!place) return null
  const people = await importTeachers(place, { wanted: TEACHERS, password })
  const usernames = await givePasswords(place)
  const server = await startServer('dist-server/demo.js', undefined, {
    ...place.env,
    NODE_ENV: 'development',
  })
  const agent = new http.Agent({ keepAlive: true, maxSockets: PUPILS })
  try {
    const teachers = await signInAll(server.origin, people, agent)
    const quiet = await measureWork(teachers, { seconds: 10, rate: RATE })
    const begun = performance.now()
    let areAllIn = false
    const pupils = Promise.all(usernames.map((username) => signIn(server.origin, agent, username))).finally(
      () => {
        areAllIn = true
      },
    )
    /** @type {Awaited<ReturnType<typeof measureWork>>[]} */
    const stretches = []
    while (!areAllIn) {
      stretches.push(await measureWork(teachers, { seconds: 10, rate: RATE, warmUpSeconds: 0 }))
    }
    const found = await pupils
    const afterMs = found.map(({ inAt }) => inAt - begun)
    const longest = found.map(({ longestMs }) => longestMs)
    return {
      pupils: found.length,
      allInSeconds: oneDecimal(Math.max(...afterMs) / 1000),
      halfInSeconds: oneDecimal(percentile(afterMs, 0.5) / 1000),
      longestAnswerMs: oneDecimal(Math.max(...longest)),
      toldToComeAgain: found.reduce((sum, { again }) => sum + again, 0),
      otherAnswers: Object.fromEntries(
        found.flatMap(({ others }) => others).map((status) => [status, 'came, too']),
      ),
      teachers: {
        errors: stretches.reduce((sum, { errors }) => sum + errors, 0),
        before: inShort(quiet),
        // In the first of these all pupils come at the same moment.
        eachTenSeconds: stretches.map(inShort),
      },
    }
  } finally {
    agent.destroy()
    await server.end('SIGTERM')
    await place.remove()
  }
}

/** @param {Awaited<ReturnType<typeof measureWork>>} found */
const inShort = ({ p50Ms, p95Ms, p99Ms }) => [p50Ms, p95Ms, p99Ms].map(Math.round).join(' / ')

/**
 * So many pupils, each with the same password: it is looked at as long as if they had different ones.
 * @param {import('./databases.mjs').Place} place
 */
async function givePasswords(place) {
  /** @type {{ module: typeof import('../server/node-password-hash') }} */
  const { module } = await runnerImport('./server/node-password-hash.ts', {
    configFile: false,
    logLevel: 'warn',
  })
  const hash = await module.nodePasswordHash.hash(PUPILS_PASSWORD)
  const found = await place.look(async (ask) => {
    await ask(
      `insert into pupil_passwords (pupil_id, policy, hash, set_at)
       select id, 'mellemtrin', '${hash}', 0 from pupils where active and sign_in_kind = 'unilogin'
       order by id limit ${PUPILS}`,
    )
    return ask('select username from pupils where id in (select pupil_id from pupil_passwords)')
  })
  if (found.length < PUPILS) throw new Error(`There are only ${found.length} pupils`)
  return found.map(({ username }) => String(username))
}

/**
 * As the page does it, and comes again by itself when the server says so.
 * @param {string} origin
 * @param {http.Agent} agent
 * @param {string} username
 */
async function signIn(origin, agent, username) {
  const form = { username, password: PUPILS_PASSWORD }
  const begun = performance.now()
  let again = 0
  let longestMs = 0
  /** @type {number[]} */
  const others = []
  while (performance.now() - begun < GIVEN_UP_AFTER_MS) {
    const asked = performance.now()
    const { status, body } = await send({ origin, agent, path: 'pupil/session', body: form })
    longestMs = Math.max(longestMs, performance.now() - asked)
    if (status === 200) return { inAt: performance.now(), again, longestMs, others }
    if (status === 503) again += 1
    else others.push(status)
    await pause((JSON.parse(body).retryAfterSeconds ?? 1) * 1000)
  }
  throw new Error(`${username} did not come in`)
}
