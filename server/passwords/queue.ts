import { Unavailable } from '../problems'
import { type Clock, type Duration, seconds } from '../time'
import type { PasswordHash } from './hash'

/** Nobody waits longer for a password to be looked at; the page gives up somewhat later. */
export const LONGEST_WAIT: Duration = seconds(6)

/** What one password takes as long as nothing is known of this machine, and the least and most that is believed. */
const USUAL: Duration = seconds(0.2)
const LEAST: Duration = seconds(0.01)
const MOST: Duration = seconds(5)

/** How many of the latest passwords the expectation is made of, roughly. */
const REMEMBERED = 8

interface Queueing {
  /** How many may be hashed side by side. */
  atOnce: number
  clock: Clock
}

/**
 * Hashes passwords in turn, so that a whole school that starts at eight takes the threads and the memory of a few. Who
 * would wait too long is told at once to come again, and when: the queue does not grow without end.
 * @throws Unavailable from each of its functions, where the wait would be longer than `LONGEST_WAIT`.
 */
export function inTurn(passwords: PasswordHash, { atOnce, clock }: Queueing): PasswordHash {
  const waiting: (() => void)[] = []
  let running = 0
  let usual = USUAL

  function learn(took: Duration) {
    // A clock that is set meanwhile tells nothing of how long it took.
    usual += (Math.min(MOST, Math.max(LEAST, took)) - usual) / REMEMBERED
  }

  async function take<T>(work: () => Promise<T>): Promise<T> {
    const came = clock.now()
    if (running >= atOnce) {
      const wait = ((waiting.length + 1) * usual) / atOnce
      if (wait > LONGEST_WAIT) throw new Unavailable(Math.ceil(wait / seconds(1)))
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running += 1
    }
    const began = clock.now()
    try {
      // It has become slower meanwhile: whoever came has gone, and those behind are still there.
      if (began - came > LONGEST_WAIT) throw new Unavailable(LONGEST_WAIT / seconds(1))
      const done = await work()
      learn(clock.now() - began)
      return done
    } finally {
      // The place goes to the next, so that nobody who comes now can slip in between.
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }

  return {
    hash: (secret) => take(() => passwords.hash(secret)),
    matches: (secret, hash) => take(() => passwords.matches(secret, hash)),
    inTurn: (work) => take(() => work(passwords)),
  }
}
