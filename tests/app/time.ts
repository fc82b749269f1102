import { act } from '@testing-library/react'
import { vi } from 'vitest'
import { type Duration, type Instant, minutes, seconds } from '../../server/time'

/**
 * In these tests time stands still until a test lets it pass: the page, the school and every timer share one clock,
 * so that both sides of an edge can be looked at. What needs no time (answers, drawing) goes on in real turns of the
 * event loop, which `settle` and `until` wait for.
 */

/** A Friday morning, 9 o'clock in Denmark, when every test begins. */
export const MORNING: Instant = Date.parse('2026-11-20T08:00:00Z')

/**
 * Stops everything by which a page tells the time. What is to happen at once, or with the next frame, needs no time
 * and still happens.
 */
export function stopTime() {
  vi.useFakeTimers({
    now: MORNING,
    toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
  })
  const { setTimeout: byTheClock, clearTimeout: clearByTheClock } = globalThis
  const atOnce = new WeakMap<object, NodeJS.Immediate>()
  const soon = (work: (...args: unknown[]) => void, ...args: unknown[]) => {
    const handle = setImmediate(work, ...args)
    atOnce.set(handle, handle)
    return handle
  }
  const forget = (handle: NodeJS.Timeout | undefined) => {
    const immediate = handle && atOnce.get(handle)
    if (immediate) clearImmediate(immediate)
    else clearByTheClock(handle)
  }
  vi.stubGlobal('setTimeout', (work: (...args: unknown[]) => void, delay?: number, ...args: unknown[]) =>
    delay !== undefined && delay > 0 ? byTheClock(work, delay, ...args) : soon(work, ...args),
  )
  vi.stubGlobal('clearTimeout', forget)
  vi.stubGlobal('requestAnimationFrame', (draw: FrameRequestCallback) => soon(() => draw(performance.now())))
  vi.stubGlobal('cancelAnimationFrame', forget)
}

/** Lets the platform's own clock go on, once nothing that a test has drawn goes by the other. */
export function startTime() {
  vi.unstubAllGlobals()
  vi.useRealTimers()
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

const realSetTimeout = globalThis.setTimeout
/** A turn that leaves the processor to whoever prepares an answer. */
const idleTurn = () => new Promise<void>((resolve) => realSetTimeout(resolve, 1))

/** This many turns in which nothing is asked for are taken for quiet. */
const QUIET_TURNS = 8
/** Whoever has not been answered after so many turns waits for a clock that stands still. */
const STUCK_AFTER_TURNS = 1_000
/** So many turns go by quickly, before others are given way to. */
const QUICK_TURNS = 60

const realNow = () => Number(process.hrtime.bigint()) / 1e6
/** How long something that needs no time may take on a slow machine. */
const PATIENCE_MS = 6_000

let underWay = 0

/** Counts a call as answered while a test keeps its answer back. */
export const keepBack = () => {
  underWay -= 1
  return () => {
    underWay += 1
  }
}

/** A stream of events waits for what may come, and is no question that must be answered before the page is at rest. */
const isStream = (input: RequestInfo | URL) =>
  new URL(input instanceof Request ? input.url : input, location.origin).pathname.endsWith('/events')

const openStreams = new Set<object>()

/** Knows a stream until its last word has come; a page reads that in the same turn. */
async function followStream(answered: Promise<Response>): Promise<Response> {
  openStreams.add(answered)
  const close = () => openStreams.delete(answered)
  const response = await answered.catch((error: unknown) => {
    close()
    throw error
  })
  if (!response.body || !response.ok) {
    close()
    return response
  }
  const [counted, passedOn] = response.body.tee()
  void counted.pipeTo(new WritableStream()).then(close, close)
  return new Response(passedOn, response)
}

/**
 * Waits, without letting time pass, until no stream is open. A stream ends in turns of the event loop, which nobody
 * counts: were time to pass meanwhile, what a page does next by its clock would begin late.
 */
export const streamsEnd = () =>
  until(() => {
    if (openStreams.size > 0) throw new Error(`${openStreams.size} streams of events are still open`)
  })

/** Counts calls to the API, so that it is known when all are answered. */
export function countRequests() {
  const send = globalThis.fetch
  globalThis.fetch = async (...request) => {
    if (isStream(request[0])) return followStream(send(...request))
    underWay += 1
    try {
      return await send(...request)
    } finally {
      underWay -= 1
    }
  }
  return () => {
    globalThis.fetch = send
  }
}

/** Forgets requests that a test has left unanswered, and streams it has left open. */
export const forgetRequests = () => {
  underWay = 0
  openStreams.clear()
}

/**
 * Waits, without letting time pass, until every request is answered and the page is drawn. React draws what each turn
 * has brought before the next one begins.
 */
export async function settle(): Promise<void> {
  let quiet = 0
  for (let turns = 0; quiet < QUIET_TURNS && turns < STUCK_AFTER_TURNS; turns++) {
    await act(turns < QUICK_TURNS ? turn : idleTurn)
    quiet = underWay <= 0 ? quiet + 1 : 0
  }
}

/** Waits, without letting time pass, until `look` finds what it looks for, and returns it. */
export async function until<T>(look: () => T): Promise<T> {
  const start = realNow()
  for (;;) {
    try {
      return look()
    } catch (error) {
      if (realNow() - start > PATIENCE_MS) throw error
    }
    await settle()
    await act(idleTurn)
  }
}

/** Time passes in steps, so that what follows from one timer can start the next in time; far from its end in long ones. */
const STEP: Duration = seconds(0.25)
const LONG_STEP: Duration = seconds(5)
const NEAR_THE_END: Duration = seconds(15)

/** Lets time pass, for the page and the school alike; calls that leave on the way are answered at once. */
export async function passTime(duration: Duration): Promise<void> {
  const end = Date.now() + duration
  const isLong = duration > minutes(2)
  while (Date.now() < end) {
    const left = end - Date.now()
    const step = isLong && left > NEAR_THE_END ? LONG_STEP : Math.min(STEP, left)
    await act(async () => {
      vi.advanceTimersByTime(step)
      await turn()
    })
    if (underWay > 0) await settle()
  }
  await settle()
}

/** The computer sleeps: the world goes on, while no timer of the page runs. */
export async function sleepComputer(duration: Duration): Promise<void> {
  vi.setSystemTime(Date.now() + duration)
  await settle()
}

export { minutes, seconds }
