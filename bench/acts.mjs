// Classroom work whose every act is known by its key: what was acknowledged can be looked for afterwards.
import { randomUUID } from 'node:crypto'
import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { send } from './client.mjs'

const ACTIONS = /** @type {const} */ ({
  'password-resets': 'giveNewPassword',
  'step-ups': 'stepUp',
  'step-up-ends': 'endStepUp',
})
const PATHS = /** @type {(keyof typeof ACTIONS)[]} */ (Object.keys(ACTIONS))

/** @typedef {{ staffId: string, cookie: string, pupilIds: string[] }} Teacher */
/**
 * `requestId`: of the answer, where it came at the first try.
 * @typedef {{ key: string, path: keyof typeof ACTIONS, teacher: Teacher, pupilIds: string[], decisions: (string | null)[] | null, requestId: string | null }} Act
 */

/**
 * @param {string} origin
 * @param {import('./visit.mjs').Person[]} people
 * @returns {Promise<Teacher[]>}
 */
export async function signTeachersIn(origin, people) {
  const agent = new http.Agent()
  const teachers = await Promise.all(
    people.map(async (body) => {
      const { cookie = '', body: answer } = await send({ origin, agent, path: 'session', body })
      const { pupils } = JSON.parse((await send({ origin, agent, path: 'pupils', cookie })).body)
      const ids = pupils.map((/** @type {{ id: string }} */ { id }) => id)
      return { staffId: JSON.parse(answer).person.id, cookie, pupilIds: ids }
    }),
  )
  // Whoever teaches nobody has nothing to do here.
  return teachers.filter(({ pupilIds }) => pupilIds.length > 0)
}

/** Acts of several teachers side by side, for as long as wanted. */
export class Work {
  /** @type {Act[]} */
  acts = []
  /** Answers that were neither an acknowledgement nor a break of the line, by status and type. */
  refused = /** @type {Map<string, number>} */ (new Map())

  /** @param {Teacher[]} teachers */
  constructor(teachers) {
    this.teachers = teachers
  }

  /**
   * Acts until it is told to stop, or nobody answers any more.
   * @param {string} origin
   * @param {{ sideBySide: number, until: AbortSignal }} options
   */
  async go(origin, { sideBySide, until }) {
    const agent = new http.Agent({ keepAlive: true, maxSockets: sideBySide })
    await Promise.all(
      Array.from({ length: sideBySide }, async () => {
        while (!until.aborted) {
          const act = this.#next()
          this.acts.push(act)
          if (!(await this.#send(origin, agent, act, true))) await pause(20)
        }
      }),
    )
    agent.destroy()
  }

  /**
   * Asks again, under their keys, for all that was never answered.
   * @param {string} origin
   */
  async askAgain(origin) {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 4 })
    const unanswered = this.acts.filter(({ decisions }) => decisions === null)
    for (const act of unanswered) {
      for (let tries = 0; act.decisions === null && tries < 5; tries += 1) {
        await this.#send(origin, agent, act, false)
      }
    }
    agent.destroy()
    return unanswered.length
  }

  #next() {
    const number = this.acts.length
    const teacher = this.teachers[number % this.teachers.length]
    const path = PATHS[number % PATHS.length]
    if (!teacher || !path) throw new Error('nobody acts')
    const place = (number * 7) % teacher.pupilIds.length
    /** @type {Act} */
    const act = {
      key: randomUUID(),
      path,
      teacher,
      pupilIds: teacher.pupilIds.slice(place, place + 1 + (number % 3)),
      decisions: null,
      requestId: null,
    }
    return act
  }

  /**
   * @param {string} origin
   * @param {http.Agent} agent
   * @param {Act} act
   * @param {boolean} isFirst
   */
  async #send(origin, agent, act, isFirst) {
    const { path, key, pupilIds } = act
    const body = { pupilIds }
    const request = { origin, agent, path: `pupils/${path}`, cookie: act.teacher.cookie, key, body }
    const answer = await send(request).catch(() => null)
    if (answer?.status === 200) {
      /** @type {{ results: { refusal: string | null }[] }} */
      const { results } = JSON.parse(answer.body)
      act.decisions = results.map(({ refusal }) => refusal)
      act.requestId = isFirst ? (answer.requestId ?? null) : null
      return true
    }
    if (answer) {
      const { type } = JSON.parse(answer.body)
      this.refused.set(`${answer.status} ${type}`, (this.refused.get(`${answer.status} ${type}`) ?? 0) + 1)
    }
    return false
  }
}

/**
 * Compares what was acknowledged with what is stored.
 * @param {Act[]} acts
 * @param {import('./databases.mjs').Ask} ask
 */
export async function compare(acts, ask) {
  const acknowledged = acts.filter(({ decisions }) => decisions !== null)
  const stored = new Set((await ask('select key from completed_actions')).map(({ key }) => key))
  const entries = await ask(
    `select request_id, actor_id, action, pupil_id, outcome, reason from activity
     where action in ('giveNewPassword', 'stepUp', 'endStepUp')`,
  )
  /** @type {Map<string, number>} */
  const balance = new Map()
  const count = (/** @type {unknown[]} */ what, /** @type {number} */ by) =>
    balance.set(what.join(' '), (balance.get(what.join(' ')) ?? 0) + by)
  for (const { teacher, path, pupilIds, decisions } of acknowledged) {
    for (const [place, id] of pupilIds.entries()) {
      const refusal = decisions?.[place] ?? null
      count([teacher.staffId, ACTIONS[path], id, refusal === null ? 'done' : 'refused', refusal], 1)
    }
  }
  for (const { actor_id, action, pupil_id, outcome, reason } of entries) {
    count([actor_id, action, pupil_id, outcome, reason], -1)
  }
  const told = new Set(entries.map(({ request_id }) => request_id))
  const off = [...balance.values()]
  const sum = (/** @type {number[]} */ numbers) => numbers.reduce((total, each) => total + Math.abs(each), 0)
  return {
    acts: acts.length,
    acknowledged: acknowledged.length,
    entries: entries.length,
    lost: acknowledged.filter(({ key }) => !stored.has(key)).length,
    withoutEntry:
      sum(off.filter((each) => each > 0)) +
      acknowledged.filter(({ requestId }) => requestId !== null && !told.has(requestId)).length,
    entriesTooMany: sum(off.filter((each) => each < 0)),
  }
}
