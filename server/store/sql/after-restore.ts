import type { Instant } from '../../time'
import { type Database, json } from './database'

/** What a backup held as open, and what was therefore ended. */
export interface EndedAfterRestore {
  staffSessions: number
  pupilSessions: number
  resetWindows: number
  stepUps: number
}

/** Far beyond whatever the lost data have told, so that no page that has heard of it takes new events for old ones. */
const EVENTS_PASSED_OVER = 1_000_000

/**
 * Ends all that lets somebody in, once data of an earlier time have been put back: who signed out since would be signed
 * in again, and a window that has been used would be open. Passwords, blocks and counts of tries stand as they were then.
 */
export const endWhatWasOpen = (database: Database, now: Instant): Promise<EndedAfterRestore> =>
  database.unit(async ({ query, change }) => {
    const [ended] = await query<EndedAfterRestore>(
      `select (select count(*) from staff_sessions where ended_at is null) as "staffSessions",
         (select count(*) from pupil_sessions where ended_at is null) as "pupilSessions",
         (select count(*) from reset_windows where used_at is null and cancelled_at is null) as "resetWindows",
         (select count(*) from step_ups where ended_at is null) as "stepUps"`,
    )
    await change('delete from staff_sessions')
    await change('delete from pupil_sessions')
    await change(
      'update reset_windows set cancelled_at = $1 where used_at is null and cancelled_at is null',
      [now],
    )
    await change('update step_ups set ended_at = $1 where ended_at is null', [now])
    await change('update step_up_requests set outcome = $1 where outcome is null', [
      json({ decision: 'withdrawn', at: now }),
    ])
    await change(
      `select setval(pg_get_serial_sequence('events', 'id'), nextval(pg_get_serial_sequence('events', 'id')) + $1)`,
      [EVENTS_PASSED_OVER],
    )
    // From here on: what every page has seen is older.
    await change('delete from events')
    await change(`insert into events (what, ids) values ('pupils', '{}')`)
    return ended ?? { staffSessions: 0, pupilSessions: 0, resetWindows: 0, stepUps: 0 }
  })
