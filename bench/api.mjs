// Mixed classroom work against the API, sent at a fixed rate whether or not earlier answers are back.
import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { send } from './client.mjs'
import { oneDecimal, percentile } from './statistics.mjs'

export const RATE = 300
const SECONDS = 10
/** Until code is compiled and the database has its plans; nothing of it is counted. */
const WARM_UP_SECONDS = 2

/** The API lets a person reveal 300 usernames in ten minutes: whoever has done so looks at a class instead. */
const REVEALS_EACH = 280

/** Out of 25 requests. */
const WORK = [
  ...Array(11).fill('class'),
  ...Array(6).fill('classes'),
  ...Array(2).fill('session'),
  ...Array(2).fill('username-reveals'),
  ...Array(3).fill('password-resets'),
  'step-ups',
]

/**
 * @param {{ origin: string, people: import('./visit.mjs').Person[] }} options
 */
export async function measureApi({ origin, people }) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
  const answers = await measureWork(await signInAll(origin, people, agent))
  agent.destroy()
  return answers
}

/** @typedef {Awaited<ReturnType<typeof signIn>>} Teacher */

/**
 * One after the other: a whole school that arrives at the same moment is another measurement.
 * @param {string} origin
 * @param {readonly import('./visit.mjs').Person[]} people
 * @param {http.Agent} agent
 */
export async function signInAll(origin, people, agent) {
  /** @type {Teacher[]} */
  const teachers = []
  for (const person of people) teachers.push(await signIn(origin, person, agent))
  return teachers
}

/**
 * @param {readonly Teacher[]} teachers
 * @param {{ seconds?: number, rate?: number, warmUpSeconds?: number }} [options] rate: requests a second
 */
export async function measureWork(
  teachers,
  { seconds = SECONDS, rate = RATE, warmUpSeconds = WARM_UP_SECONDS } = {},
) {
  /** @type {{ ms: number, status: number }[]} */
  const answers = []
  const total = (warmUpSeconds + seconds) * rate
  const start = performance.now()
  await Promise.all(
    Array.from({ length: total }, async (_, turn) => {
      const due = start + (turn * 1000) / rate
      await pause(Math.ceil(due - performance.now()))
      const teacher = teachers[turn % teachers.length]
      if (!teacher) return
      const status = await teacher.work(turn).catch(() => 0)
      // Counted from when it was due: a server that falls behind cannot hide it by delaying the next request.
      if (turn >= warmUpSeconds * rate) answers.push({ ms: performance.now() - due, status })
    }),
  )

  const times = answers.map(({ ms }) => ms)
  const refused = answers.filter(({ status }) => status < 200 || status >= 300)
  return {
    requests: answers.length,
    warmUp: warmUpSeconds * rate,
    p50Ms: oneDecimal(percentile(times, 0.5)),
    p95Ms: oneDecimal(percentile(times, 0.95)),
    p99Ms: oneDecimal(percentile(times, 0.99)),
    errors: refused.length,
    errorStatuses: [...new Set(refused.map(({ status }) => status))],
  }
}

/**
 * @param {string} origin
 * @param {import('./visit.mjs').Person} person
 * @param {http.Agent} [agent]
 */
export async function signIn(origin, person, agent = new http.Agent()) {
  const { cookie, status } = await send({ origin, agent, path: 'session', body: person })
  if (!cookie) throw new Error(`${person.username} could not sign in: ${status}`)
  const signedIn = { origin, agent, cookie }

  /** @type {{ classes: { id: string }[] }} */
  const { classes } = JSON.parse((await send({ ...signedIn, path: 'classes' })).body)
  /** @type {{ id: string }[]} */
  const pupils = []
  for (const { id } of classes) {
    const { body } = await send({ ...signedIn, path: `classes/${id}` })
    pupils.push(...JSON.parse(body).pupils)
  }

  let revealsLeft = REVEALS_EACH
  return {
    cookie,
    /** @param {number} turn */
    async work(turn) {
      // Steps that share no factor with the lengths spread the work over time, classes and pupils.
      const wanted = WORK[(turn * 7) % WORK.length]
      const isReveal = wanted === 'username-reveals'
      if (isReveal) revealsLeft -= 1
      const kind = isReveal && revealsLeft < 0 ? 'class' : wanted
      const classId = classes[turn % classes.length]?.id
      const pupilIds = [pupils[(turn * 13) % pupils.length]?.id]
      if (kind === 'class') return (await send({ ...signedIn, path: `classes/${classId}` })).status
      if (kind === 'classes' || kind === 'session') return (await send({ ...signedIn, path: kind })).status
      return (await send({ ...signedIn, path: `pupils/${kind}`, body: { pupilIds } })).status
    },
  }
}
