import { type Duration, days, type Instant } from '../time'

/** How long the activity log is kept where nothing else is said (ACTIVITY_DAYS): a school year and its summer. */
export const USUAL_KEPT_DAYS = 365

/** So long it can be seen at least who did what: nobody may set less. */
export const LEAST_KEPT_DAYS = 30
export const MOST_KEPT_DAYS = 3650

/**
 * Entries are taken out by what the clock said a day ago, as a block has it, so that a clock that is wrong for an hour
 * takes nothing out that a year has yet to pass for.
 */
export const CLOCK_TRUSTED_AFTER: Duration = days(1)

/** A block and all before it may go where its latest entry is from before this moment. */
export const keptFrom = (trustedNow: Instant, kept: Duration): Instant => trustedNow - kept

/** Whether entries, the latest from `latestAt`, could be old enough under any setting when they were taken out. */
export const couldBeTakenOut = (latestAt: Instant, takenOutAt: Instant): boolean =>
  latestAt < takenOutAt - days(LEAST_KEPT_DAYS)
