// A whole school's morning against the real server over SQL: mixed classroom work at a fixed rate beside open streams,
// for minutes on end, and what the server's memory does meanwhile.
import { readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { measureApi, RATE, signIn } from './api.mjs'
import { newPlace } from './databases.mjs'
import { startServer } from './servers.mjs'
import { openStreams } from './streams.mjs'

export const STREAMS = 200

/**
 * @param {import('./databases.mjs').Kind} kind
 * @param {{ minutes: number, people: import('./visit.mjs').Person[] }} options
 */
export async function measureSoak(kind, { minutes, people }) {
  const place = await newPlace(kind)
  if (!place) return null
  const server = await startServer('dist-server/demo.js', undefined, {
    ...place.env,
    NODE_ENV: 'development',
  })
  try {
    const cookies = await Promise.all(
      people.map(async (person) => (await signIn(server.origin, person)).cookie),
    )
    const streams = await openStreams(server.origin, cookies, STREAMS)
    const seconds = minutes * 60
    /** @type {number[]} */
    const memory = []
    const stop = new AbortController()
    const watching = (async () => {
      while (!stop.signal.aborted) {
        memory.push(residentMb(server.pid))
        await pause((seconds * 1000) / 20, undefined, { signal: stop.signal }).catch(() => {})
      }
    })()
    const answers = await measureApi({ origin: server.origin, people, seconds })
    stop.abort()
    await watching
    const told = streams.told()
    const ended = streams.ended()
    streams.close()
    return {
      rate: RATE,
      minutes,
      streams: STREAMS,
      told,
      streamsEnded: ended,
      ...answers,
      cpuMsPerRequest: Math.round((cpuMs(server.pid) / (answers.requests + answers.warmUp)) * 100) / 100,
      // The first quarter warms up: code is compiled, and pools are filled.
      memoryMb: {
        start: memory[Math.floor(memory.length / 4)] ?? 0,
        middle: memory[Math.floor(memory.length / 2)] ?? 0,
        end: memory.at(-1) ?? 0,
      },
    }
  } finally {
    await server.end('SIGTERM')
    await place.remove()
  }
}

/** @param {number} pid */
function residentMb(pid) {
  const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return Math.round(Number(kilobytes) / 1024)
}

/**
 * What a process has used of the processors so far; for PostgreSQL its own processes come on top.
 * @param {number} pid
 */
function cpuMs(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  const TICK_MS = 10
  return (Number(fields[11]) + Number(fields[12])) * TICK_MS
}
