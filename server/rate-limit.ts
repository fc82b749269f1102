import type { UnitOfWork } from './store/store'
import { type Duration, type Instant, minutes } from './time'

/** At most `max` in any stretch of `per`. */
export interface Limit {
  name: string
  max: number
  per: Duration
}

/** Guessing one person's password from one place; elsewhere the person can still sign in. */
export const WRONG_PASSWORDS_PER_USERNAME_AND_SOURCE: Limit = {
  name: 'wrong-password-for-from',
  max: 10,
  per: minutes(15),
}

/** Guessing one person's password from many places. */
export const WRONG_PASSWORDS_PER_USERNAME: Limit = { name: 'wrong-password-for', max: 100, per: minutes(15) }

/** Guessing from one place; wide, as a whole school may share one address. */
export const WRONG_PASSWORDS_PER_SOURCE: Limit = { name: 'wrong-password-from', max: 300, per: minutes(15) }

/** Harvesting usernames from one place. Beyond it every username gets the same answer, so nobody is locked out. */
export const UNKNOWN_USERNAMES_PER_SOURCE: Limit = { name: 'unknown-username', max: 60, per: minutes(15) }

/** Usernames that one person may reveal or copy: several whole classes, never a whole school. */
export const USERNAMES_SHOWN: Limit = { name: 'usernames-shown', max: 300, per: minutes(10) }

/**
 * When `count` more would fit under the limit: null if they fit now.
 * Where `count` can never fit, the answer is when the bucket is empty.
 */
export async function waitUntil(
  unit: UnitOfWork,
  limit: Limit,
  who: string,
  count: number,
  now: Instant,
): Promise<Instant | null> {
  const hits = await unit.bucketSince(`${limit.name} ${who}`, now - limit.per)
  let used = hits.reduce((sum, hit) => sum + hit.count, 0)
  if (used + count <= limit.max) return null
  let free = now + limit.per
  for (const hit of hits) {
    free = hit.at + limit.per
    used -= hit.count
    if (used + count <= limit.max) break
  }
  return free
}

/** Counts against a limit; ask `waitUntil` first. */
export const count = (unit: UnitOfWork, limit: Limit, who: string, amount: number, now: Instant) =>
  unit.addToBucket(`${limit.name} ${who}`, amount, now)
