// The database is gone, or hangs, for twenty seconds while classes work and pages listen: what is answered meanwhile, and
// how soon work goes on, without a new start, once it is back.
import { spawnSync } from 'node:child_process'
import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { compare, signTeachersIn, Work } from './acts.mjs'
import { send } from './client.mjs'
import { newPlace } from './databases.mjs'
import { startServer } from './servers.mjs'
import { openStreams } from './streams.mjs'

const SIDE_BY_SIDE = 6
const STREAMS = 20
const GONE_MS = Number(process.env.GONE_SECONDS ?? 20) * 1000

/**
 * @param {import('./databases.mjs').Kind} kind
 * @param {{ people: import('./visit.mjs').Person[] }} options
 */
export async function measureOutage(kind, { people }) {
  // An embedded database is a part of the server, and gone only with it.
  if (kind === 'embedded') return null
  const place = await newPlace(kind)
  const postgres = place?.postgres
  if (!place || !postgres) return null
  const server = await startServer('dist-server/demo.js', undefined, {
    ...place.env,
    NODE_ENV: 'development',
  })
  try {
    const teachers = await signTeachersIn(server.origin, people)
    const work = new Work(teachers)
    const streams = await openStreams(
      server.origin,
      teachers.map(({ cookie }) => cookie),
      STREAMS,
    )
    const stop = new AbortController()
    const going = work.go(server.origin, { sideBySide: SIDE_BY_SIDE, until: stop.signal })

    /**
     * @param {() => Promise<void>} takeAway
     * @param {() => Promise<void>} bringBack
     */
    async function without(takeAway, bringBack) {
      await pause(2000)
      work.refused.clear()
      await takeAway()
      await pause(GONE_MS / 2)
      const longestMs = await longestAnswer(server.origin, teachers[0]?.cookie)
      await pause(GONE_MS / 2)
      const answers = Object.fromEntries(work.refused)
      await bringBack()
      const begun = performance.now()
      const acknowledged = () => work.acts.filter(({ decisions }) => decisions !== null).length
      const before = acknowledged()
      const told = streams.told()
      while ((acknowledged() === before || streams.told() === told) && performance.now() - begun < 60_000) {
        await pause(50)
      }
      return {
        answers,
        longestMs,
        goesOnAfterMs: Math.round(performance.now() - begun),
        streamsTellAgain: streams.told() > told,
        streamsOpen: streams.open(),
        streamsEnded: streams.ended(),
      }
    }
    const gone = await without(postgres.kill, postgres.restart)
    const hanging = await without(
      async () => signalAll('STOP', postgres.url),
      async () => signalAll('CONT', postgres.url),
    )
    stop.abort()
    await going
    await work.askAgain(server.origin)
    streams.close()
    return { gone, hanging, ...(await place.look((ask) => compare(work.acts, ask))) }
  } finally {
    signalAll('CONT', postgres.url)
    await server.end('SIGTERM')
    await place.remove()
  }
}

/**
 * @param {string} origin
 * @param {string | undefined} cookie
 */
async function longestAnswer(origin, cookie) {
  const begun = performance.now()
  await Promise.race([send({ origin, agent: new http.Agent(), path: 'classes', cookie }), pause(60_000)])
  return Math.round(performance.now() - begun)
}

/**
 * To the server and all its processes, which have groups of their own.
 * @param {'STOP' | 'CONT'} signal
 * @param {string} url
 */
function signalAll(signal, url) {
  const { port } = new URL(url)
  const parent = spawnSync('pgrep', ['-f', `postgres .*-p ${port}`], { encoding: 'utf8' }).stdout.trim()
  if (parent === '') return
  const [first = ''] = parent.split('\n')
  const children = spawnSync('pgrep', ['-P', first], { encoding: 'utf8' }).stdout.trim()
  const pids = [first, ...children.split('\n').filter(Boolean)]
  for (const pid of pids) process.kill(Number(pid), `SIG${signal}`)
}
