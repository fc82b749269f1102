import { useSyncExternalStore } from 'react'

/**
 * The server's clock, as told by the latest answer and carried on by the page's monotonic clock,
 * so that a wrong or changed clock on the computer moves no deadline.
 */
let toldMs = Date.now()
let toldAtMs = performance.now()
/** How many of the server's seconds pass in one: 1, but for the demo's school. */
let speed = 1

const TICK_MS = 1000

/** Takes over the server's time from an answer (ISO 8601). */
export function noteServerTime(iso: string): void {
  toldMs = Date.parse(iso)
  toldAtMs = performance.now()
}

/** The server's time now, in milliseconds since 1970. */
export const serverNow = (): number => toldMs + (performance.now() - toldAtMs) * speed

const listeners = new Set<() => void>()
let ticking: ReturnType<typeof setInterval> | undefined

/** Takes over a clock that was moved, runs fast or stands still; only the demo's does, so main.tsx alone calls it. */
export function followClock(clock: { now: number; speed: number }): void {
  toldMs = clock.now
  toldAtMs = performance.now()
  speed = clock.speed
  for (const each of listeners) each()
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  ticking ??= setInterval(() => {
    for (const each of listeners) each()
  }, TICK_MS)
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) {
      clearInterval(ticking)
      ticking = undefined
    }
  }
}

/** Whole seconds left until a moment (ISO 8601), rounded up, never below 0; repaints each time it changes. */
export function useSecondsUntil(iso: string): number {
  return useSyncExternalStore(subscribe, () =>
    Math.max(0, Math.ceil((Date.parse(iso) - serverNow()) / TICK_MS)),
  )
}

/** Whole seconds since a moment (ISO 8601), never below 0; repaints each time it changes. */
export function useSecondsSince(iso: string): number {
  return useSyncExternalStore(subscribe, () =>
    Math.max(0, Math.floor((serverNow() - Date.parse(iso)) / TICK_MS)),
  )
}

/** Whether a moment (ISO 8601) has passed; repaints only when that changes. */
export function useHasPassed(iso: string): boolean {
  return useSyncExternalStore(subscribe, () => serverNow() >= Date.parse(iso))
}
