import type { Sealing } from '../../activity/chain'
import { KEY_LIFETIME } from '../../idempotency/rules'
import { RESET_OUTCOME_SHOWN, RESET_WINDOW } from '../../password-reset/rules'
import { RATE_LIMIT_LONGEST } from '../../rate-limit'
import { SESSION_ABSOLUTE } from '../../session/rules'
import { STEP_UP, STEP_UP_REQUEST_LIFETIME } from '../../step-up/rules'
import { type Duration, hours, type Instant, minutes, type Timer } from '../../time'
import { type Database, LOCKS } from './database'
import { createSqlRoster } from './roster'
import { takeOutOldActivity } from './sealing'

/** How often what is no longer needed is taken out. */
export const UPKEEP: Duration = hours(1)

/** The first time comes soon after the start, for servers that seldom run for an hour. */
export const FIRST_UPKEEP: Duration = minutes(2)

/** What is over is kept a little longer than anybody can ask for it. */
const MARGIN: Duration = hours(1)

/** Who took a window may finish for as long as the session lives, and that is then shown for a while. */
const WINDOW_NEEDED: Duration = RESET_WINDOW + SESSION_ABSOLUTE + RESET_OUTCOME_SHOWN

/** The pupil's page may tell how a request ended for as long as the session lives. */
const REQUEST_NEEDED: Duration = STEP_UP_REQUEST_LIFETIME + SESSION_ABSOLUTE

/**
 * Sessions that are over, windows, step-ups and requests that nobody is shown any more, keys that are old, counts that no
 * limit looks at, and pupils who have been gone from their school's roster for too long to come back. The activity log
 * still tells of what was done.
 */
export async function takeOutWhatIsOver(database: Database, now: Instant): Promise<void> {
  await database.alone(LOCKS.upkeep, async ({ change }) => {
    const begunBefore = now - SESSION_ABSOLUTE - MARGIN
    await change('delete from staff_sessions where started_at < $1', [begunBefore])
    await change('delete from pupil_sessions where started_at < $1', [begunBefore])
    await change('delete from reset_windows where opened_at < $1', [now - WINDOW_NEEDED - MARGIN])
    await change('delete from step_ups where started_at < $1', [now - STEP_UP - MARGIN])
    await change('delete from step_up_requests where requested_at < $1', [now - REQUEST_NEEDED - MARGIN])
    await change('delete from completed_actions where at < $1', [now - KEY_LIFETIME - MARGIN])
    await change('delete from bucket_hits where at < $1 or count = 0', [now - RATE_LIMIT_LONGEST - MARGIN])
  })
  await createSqlRoster(database).removeWhoIsOver(now)
}

interface KeepingUp {
  now: () => Instant
  timer: Timer
  /** How the activity log is sealed, and how long it is kept. */
  activity: { sealing: Sealing; kept: Duration }
  onTrouble?: ((error: unknown) => void) | undefined
}

/** @returns how to stop. */
export function keepUp(database: Database, { now, timer, activity, onTrouble }: KeepingUp): () => void {
  const keep = () => {
    takeOutWhatIsOver(database, now())
      .then(() => takeOutOldActivity(database, { ...activity, now: now() }))
      .then(() => database.tidy())
      .catch((error) => onTrouble?.(error))
  }
  let stop = timer.every(FIRST_UPKEEP, () => {
    stop()
    stop = timer.every(UPKEEP, keep)
    keep()
  })
  return () => stop()
}
