import type { Role } from './people'
import type { UnitOfWork } from './store/store'
import { type Duration, days, hours, type Instant, minutes } from './time'

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

/** Codes that one person has sent: room for a phone that is slow, none for guessing with five tries each. */
export const CODES_SENT: Limit = { name: 'code-sent', max: 5, per: minutes(15) }

/** As above, for who has all day: at most 200 guesses of a million. */
export const CODES_SENT_A_DAY: Limit = { name: 'code-sent-today', max: 40, per: days(1) }

/** A pupil's wrong tries from one place: it pauses them there, and nobody else behind the same address. */
export const PUPIL_WRONG_PASSWORDS_PER_SOURCE: Limit = {
  name: 'pupil-wrong-password-at',
  max: 10,
  per: minutes(15),
}

/**
 * Guessing one pupil's password from many places. There are 43,680 ways to pick four pictures: at this rate the
 * first half of them takes seven months. A new password begins anew.
 */
export const PUPIL_WRONG_PASSWORDS: Limit = { name: 'pupil-wrong-password', max: 100, per: days(1) }

/** Guessing many pupils' passwords from one place; wide, as a whole school starts at eight behind one address. */
export const PUPILS_WRONG_PASSWORDS_PER_SOURCE: Limit = {
  name: 'pupils-wrong-password-from',
  max: 600,
  per: minutes(15),
}

/** Harvesting pupils' usernames from one place. */
export const UNKNOWN_PUPILS_PER_SOURCE: Limit = { name: 'unknown-pupil', max: 60, per: minutes(15) }

/** Requests for a step-up by one pupil: wide for a class that tries things out, narrow for a flood. */
export const STEP_UPS_ASKED_FOR: Limit = { name: 'step-up-asked', max: 30, per: minutes(15) }

/** Files of the activity log that one person may take away: each may hold a month of a whole school. */
export const ACTIVITY_EXPORTS: Limit = { name: 'activity-exports', max: 20, per: minutes(10) }

/** Usernames that one person may reveal or copy: several whole classes, never a whole school. */
export const USERNAMES_SHOWN: Limit = { name: 'usernames-shown', max: 300, per: minutes(10) }

/**
 * Slips with usernames that one person may print: a teacher all own classes, a user administrator the whole of a large
 * school at the start of term, and neither of them much more.
 */
export const slipsPrintedBy: Readonly<Record<Role, Limit>> = {
  teacher: { name: 'slips-printed', max: 300, per: hours(1) },
  userAdministrator: { name: 'slips-printed-for-school', max: 2_000, per: hours(1) },
}

/** Pupils in the files and class lists of one person: a large school some ten times over. */
export const NAMES_TAKEN_AWAY: Limit = { name: 'names-taken-away', max: 20_000, per: hours(1) }

/** No limit looks further back than this. */
export const RATE_LIMIT_LONGEST: Duration = days(1)

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

/** The first of these limits that is full, as the moment it has room again; null while all have room. */
export async function fullUntil(
  unit: UnitOfWork,
  limits: readonly (readonly [Limit, string])[],
  now: Instant,
): Promise<Instant | null> {
  for (const [limit, who] of limits) {
    const free = await waitUntil(unit, limit, who, 1, now)
    if (free !== null) return free
  }
  return null
}

/** Counts against a limit; ask `waitUntil` first. */
export const count = (unit: UnitOfWork, limit: Limit, who: string, amount: number, now: Instant) =>
  unit.addToBucket(`${limit.name} ${who}`, amount, now)

/** Takes back what was counted: it was no wrong try. */
export async function giveBack(
  unit: UnitOfWork,
  limits: readonly (readonly [Limit, string])[],
  now: Instant,
): Promise<void> {
  for (const [limit, who] of limits) await count(unit, limit, who, -1, now)
}
