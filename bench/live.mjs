// From a pupil's click to the teacher's screen, when a class asks at once: on a slow laptop, and while a whole school's
// teachers listen. Two measurements, since Chromium slows a page down by keeping a core busy: on one small machine the
// laptop would take half of it from the server and from all the other teachers, who have computers of their own.
import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { send } from './client.mjs'
import { oneDecimal, percentile } from './statistics.mjs'
import { visit } from './visit.mjs'

const PUPILS = 30

/** As in src/features/step-up/Waiting.tsx: a page asks at most this often, and one question at a time. */
const LOOK_AT_MOST_EVERY_MS = 250
const GIVE_UP_AFTER_MS = 20_000

/** The passwords that the demo's pupils begin with. */
const DEMO_PASSWORDS = { indskoling: 'sun cat boat apple', mellemtrin: 'bordlampekop' }

/** @typedef {{ username: string, password: string }} Person */
/** @typedef {{ name: string, cookie: string }} Pupil */

/**
 * @param {{ origin: string, as: Person, colleagues: Person[], listeners: number, cpuSlowdown: number }} options
 *   `as` teaches the pupils who ask, and looks at the screen; so many listen, of whom all but that one have no browser
 */
export async function measureLive({ origin, as, colleagues, listeners: wanted, cpuSlowdown }) {
  // Nobody's question waits behind those of the others: each of them has a browser.
  const agent = new http.Agent({ keepAlive: true })
  const pupils = await signPupilsIn(origin, agent, as)
  if (pupils.length < PUPILS) throw new Error(`only ${pupils.length} pupils could sign in`)

  // Everybody's password is the same; whose pupils they are differs, as in a school.
  const teachers = [as, ...colleagues]
  const listeners = []
  // One after the other: many tries of one person side by side are taken for guessing.
  while (listeners.length < wanted - 1) {
    listeners.push(await listen(origin, agent, teachers[listeners.length % teachers.length] ?? as))
  }

  /** @type {Record<string, number>} */
  const seenOnScreen = {}
  /** @type {Map<string, number>} */
  const askedAt = new Map()
  await visit({ origin, as, cpuSlowdown }, async (page) => {
    await page.exposeFunction('noteRow', (/** @type {string} */ name, /** @type {number} */ at) => {
      seenOnScreen[name] ??= at
    })
    await page.goto('/mine-klasser')
    await page.getByRole('list', { name: 'Mine klasser' }).waitFor()
    await page.evaluate(watchRows)
    // The stream is open, and everything of the start is over.
    await pause(3000)
    await Promise.all(
      pupils.map(async ({ name, cookie }) => {
        askedAt.set(name, Date.now())
        const answer = await send({
          origin,
          agent,
          path: 'pupil/step-up-requests',
          cookie,
          body: { service: 'aula' },
        })
        if (answer.status !== 200) throw new Error(`asking answered ${answer.status}`)
      }),
    )
    const start = Date.now()
    while (pupils.some(({ name }) => !(name in seenOnScreen)) && Date.now() - start < GIVE_UP_AFTER_MS) {
      await pause(50)
    }
    await pause(1000)
  })

  const onScreen = pupils.map(({ name }) => (seenOnScreen[name] ?? Number.NaN) - (askedAt.get(name) ?? 0))
  const atListeners = listeners.flatMap(({ seen }) =>
    [...seen].flatMap(([name, at]) => (askedAt.has(name) ? [at - (askedAt.get(name) ?? 0)] : [])),
  )
  for (const { stop } of listeners) stop()
  agent.destroy()
  return {
    pupils: pupils.length,
    listeners: wanted,
    cpuSlowdown,
    screenP50Ms: oneDecimal(percentile(onScreen, 0.5)),
    screenP95Ms: oneDecimal(percentile(onScreen, 0.95)),
    listenerP50Ms: oneDecimal(percentile(atListeners, 0.5)),
    listenerP95Ms: oneDecimal(percentile(atListeners, 0.95)),
    missed: onScreen.filter(Number.isNaN).length,
  }
}

/** Runs in the page: tells when each row of the queue has been painted. */
function watchRows() {
  const { noteRow } = /** @type {{ noteRow: (name: string, at: number) => void } & typeof globalThis} */ (
    globalThis
  )
  const told = new Set()
  new MutationObserver(() => {
    const fresh = [...document.querySelectorAll('.queue-box li strong')]
      .map((each) => each.textContent ?? '')
      .filter((name) => !told.has(name))
    for (const name of fresh) told.add(name)
    if (fresh.length === 0) return
    requestAnimationFrame(() =>
      setTimeout(() => {
        for (const name of fresh) noteRow(name, Date.now())
      }),
    )
  }).observe(document.body, { childList: true, subtree: true })
}

/**
 * Signs in those of a teacher's pupils who can, each name once.
 * @param {string} origin
 * @param {http.Agent} agent
 * @param {Person} teacher
 * @returns {Promise<Pupil[]>}
 */
async function signPupilsIn(origin, agent, teacher) {
  const { cookie } = await send({ origin, agent, path: 'session', body: teacher })
  /** @type {{ pupils: { id: string, name: string, policy: keyof typeof DEMO_PASSWORDS, can: { giveNewPassword: { allowed: boolean } } }[] }} */
  const { pupils } = JSON.parse((await send({ origin, agent, path: 'pupils', cookie })).body)
  const chosen = [...new Map(pupils.map((pupil) => [pupil.name, pupil])).values()].filter(
    ({ policy, can }) => policy in DEMO_PASSWORDS && can.giveNewPassword.allowed,
  )
  const answer = await send({
    origin,
    agent,
    path: 'pupils/username-reveals',
    cookie,
    body: { pupilIds: chosen.map(({ id }) => id) },
  })
  /** @type {{ results: { id: string, username: string }[] }} */
  const { results } = JSON.parse(answer.body)
  const usernames = new Map(results.map(({ id, username }) => [id, username]))

  /** @type {Pupil[]} */
  const signedIn = []
  for (const { id, name, policy } of chosen) {
    const body = { username: usernames.get(id), password: DEMO_PASSWORDS[policy] }
    const session = await send({ origin, agent, path: 'pupil/session', body })
    if (session.cookie && JSON.parse(session.body).stage === 'signedIn') {
      signedIn.push({ name, cookie: session.cookie })
    }
    if (signedIn.length === PUPILS) break
  }
  return signedIn
}

/**
 * A teacher's page without the page: listens, and asks for the queue when told to look.
 * @param {string} origin
 * @param {http.Agent} agent
 * @param {Person} person
 */
async function listen(origin, agent, person) {
  const { cookie } = await send({ origin, agent, path: 'session', body: person })
  /** @type {Map<string, number>} */
  const seen = new Map()
  let looking = false
  let wanted = false
  async function look() {
    wanted = true
    if (looking) return
    looking = true
    while (wanted) {
      wanted = false
      const rest = pause(LOOK_AT_MOST_EVERY_MS)
      const { body } = await send({ origin, agent, path: 'step-up-requests', cookie })
      /** @type {{ pupils: { name: string }[] }} */
      const { pupils } = JSON.parse(body)
      for (const { name } of pupils) if (!seen.has(name)) seen.set(name, Date.now())
      await rest
    }
    looking = false
  }
  const stop = await new Promise((resolve, reject) => {
    // A connection of its own: a stream keeps it for good.
    const request = http.get(`${origin}/api/events`, { agent: false, headers: { cookie } }, (response) => {
      response.setEncoding('utf8')
      response.on('data', (text) => {
        if (text.includes('event: look')) void look().catch(() => undefined)
      })
      response.on('error', () => undefined)
      resolve(() => request.destroy())
    })
    request.on('error', reject)
  })
  return { seen, stop }
}
