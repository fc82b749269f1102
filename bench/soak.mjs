// A whole school's morning against the real server over SQL: mixed classroom work at a fixed rate beside open streams,
// for minutes on end, and what the server's memory does meanwhile.
import { readFileSync } from 'node:fs'
import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { measureWork, RATE, signInAll } from './api.mjs'
import { newPlace } from './databases.mjs'
import { startServer } from './servers.mjs'
import { openStreams } from './streams.mjs'
import { importTeachers } from './teachers.mjs'

export const STREAMS = 200
/** Whoever listens is one of so many, each with classes of his or her own, and works in them. */
const TEACHERS = 200
/** Ten connections each make their plans. */
const WARM_UP_SECONDS = 10
/** Requests a second: an embedded database is for a school, and runs in the very thread that answers. */
const RATES = { embedded: 200, postgresql: RATE }

/**
 * @param {import('./databases.mjs').Kind} kind
 * @param {{ minutes: number, password: string }} options
 */
export async function measureSoak(kind, { minutes, password }) {
  const place = await newPlace(kind)
  if (!place) return null
  const people = await importTeachers(place, { wanted: TEACHERS, password })
  const rate = Number(process.env.RATE ?? RATES[kind])
  const server = await startServer('dist-server/demo.js', undefined, {
    ...place.env,
    NODE_ENV: 'development',
  })
  try {
    const agent = new http.Agent({ keepAlive: true, maxSockets: 64 })
    const teachers = await signInAll(server.origin, people, agent)
    const streams = await openStreams(
      server.origin,
      teachers.map(({ cookie }) => cookie),
      STREAMS,
    )
    const before = cpuMs(server.pid)
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
    const answers = await measureWork(teachers, { seconds, rate, warmUpSeconds: WARM_UP_SECONDS })
    const cpu = cpuMs(server.pid) - before
    agent.destroy()
    stop.abort()
    await watching
    const told = streams.told()
    const ended = streams.ended()
    streams.close()
    return {
      rate,
      minutes,
      teachers: TEACHERS,
      streams: STREAMS,
      told,
      streamsEnded: ended,
      ...answers,
      cpuMsPerRequest: Math.round((cpu / (answers.requests + answers.warmUp)) * 100) / 100,
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
