// Kills the server without a word while classes work, again and again, and looks what has become of what it had
// acknowledged. What was never answered is asked for again under its key, as a page does.
import { performance } from 'node:perf_hooks'
import { setTimeout as pause } from 'node:timers/promises'
import { compare, signTeachersIn, Work } from './acts.mjs'
import { newPlace } from './databases.mjs'
import { startServer } from './servers.mjs'

const SERVER = 'dist-server/demo.js'
const SIDE_BY_SIDE = 12

/**
 * @param {import('./databases.mjs').Kind} kind
 * @param {{ rounds: number, people: import('./visit.mjs').Person[] }} options
 */
export async function measureCrashes(kind, { rounds, people }) {
  const place = await newPlace(kind)
  if (!place) return null
  const start = () => startServer(SERVER, undefined, { ...place.env, NODE_ENV: 'development' })
  try {
    let server = await start()
    const work = new Work(await signTeachersIn(server.origin, people))
    let unanswered = 0
    let slowestStartMs = 0
    for (let round = 0; round < rounds; round += 1) {
      const stop = new AbortController()
      const going = work.go(server.origin, { sideBySide: SIDE_BY_SIDE, until: stop.signal })
      await pause(400 + 97 * (round % 10))
      // Every fourth time the database goes, too, and the server with it.
      if (place.postgres && round % 4 === 3) await place.postgres.kill()
      await server.end('SIGKILL')
      stop.abort()
      await going
      const begun = performance.now()
      if (place.postgres && round % 4 === 3) await place.postgres.restart()
      server = await start()
      slowestStartMs = Math.max(slowestStartMs, performance.now() - begun)
      unanswered += await work.askAgain(server.origin)
    }
    await server.end('SIGTERM')
    return {
      rounds,
      unanswered,
      slowestStartMs: Math.round(slowestStartMs),
      refused: Object.fromEntries(work.refused),
      ...(await place.look((ask) => compare(work.acts, ask))),
    }
  } finally {
    await place.remove()
  }
}
