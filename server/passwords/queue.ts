import { Unavailable } from '../problems'
import { type Clock, type Duration, type Instant, minutes, seconds } from '../time'
import type { PasswordHash } from './hash'

/** Nobody waits longer for a password to be looked at; the page gives up somewhat later. */
export const LONGEST_WAIT: Duration = seconds(6)

/** Nobody is told to come later than this; at a worse rush they come two at a time. */
const LATEST: Duration = minutes(2)

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
 * would wait too long is told at once to come again, and when: the queue does not grow without end, and they do not all
 * come back at the same moment.
 * @throws Unavailable from each of its functions, where the wait would be longer than `LONGEST_WAIT`.
 */
export function inTurn(passwords: PasswordHash, { atOnce, clock }: Queueing): PasswordHash {
  const waiting: (() => void)[] = []
  let running = 0
  let usual = USUAL
  /** When the latest of those who were turned away comes again. */
  let nextComes: Instant = 0

  /** One comes for each password that can be looked at, so that there is room when they do. */
  function comeAgain(now: Instant): Unavailable {
    const earliest = now + LONGEST_WAIT
    const next = Math.max(earliest, nextComes + usual / atOnce)
    nextComes = next > now + LATEST ? earliest : next
    return new Unavailable(Math.ceil((nextComes - now) / seconds(1)))
  }

  function learn(took: Duration) {
    // A clock that is set meanwhile tells nothing of how long it took.
    usual += (Math.min(MOST, Math.max(LEAST, took)) - usual) / REMEMBERED
  }

  async function take<T>(work: () => Promise<T>): Promise<T> {
    const came = clock.now()
    if (running >= atOnce) {
      const wait = ((waiting.length + 1) * usual) / atOnce
      if (wait > LONGEST_WAIT) throw comeAgain(came)
      await new Promise<void>((resolve) => waiting.push(resolve))
    } else {
      running += 1
    }
    const began = clock.now()
    try {
      // It has become slower meanwhile: whoever came has gone, and those behind are still there.
      if (began - came > LONGEST_WAIT) throw comeAgain(began)
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
