import { KEY_LIFETIME } from '../../idempotency/rules'
import { RATE_LIMIT_LONGEST } from '../../rate-limit'
import { SESSION_ABSOLUTE } from '../../session/rules'
import { type Duration, hours, type Instant, type Timer } from '../../time'
import { type Database, LOCKS } from './database'
import { createSqlRoster } from './roster'

/** How often what is no longer needed is taken out. */
export const UPKEEP: Duration = hours(1)

/** What is over is kept a little longer than anybody can ask for it. */
const MARGIN: Duration = hours(1)

/**
 * Sessions that are over, keys that are old, counts that no limit looks at any more, and pupils who have been gone from
 * their school's roster for too long to come back.
 */
export async function takeOutWhatIsOver(database: Database, now: Instant): Promise<void> {
  await database.alone(LOCKS.upkeep, async ({ change }) => {
    const begunBefore = now - SESSION_ABSOLUTE - MARGIN
    await change('delete from staff_sessions where started_at < $1', [begunBefore])
    await change('delete from pupil_sessions where started_at < $1', [begunBefore])
    await change('delete from completed_actions where at < $1', [now - KEY_LIFETIME - MARGIN])
    await change('delete from bucket_hits where at < $1 or count = 0', [now - RATE_LIMIT_LONGEST - MARGIN])
  })
  await createSqlRoster(database).removeWhoIsOver(now)
}

/** @returns how to stop. */
export function keepUp(
  database: Database,
  {
    now,
    timer,
    onTrouble,
  }: { now: () => Instant; timer: Timer; onTrouble?: ((error: unknown) => void) | undefined },
): () => void {
  return timer.every(UPKEEP, () => {
    takeOutWhatIsOver(database, now())
      .then(() => database.tidy())
      .catch((error) => onTrouble?.(error))
  })
}
