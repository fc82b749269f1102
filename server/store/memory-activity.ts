import type { ActivityEntry } from '../activity/entry'
import type { ActivityPage, ActivitySight, WantedActivity } from './store'

/** How the memory store looks through its log, which is oldest first. */

const isSeen = (sight: ActivitySight) => (entry: ActivityEntry) =>
  'institutionId' in sight
    ? entry.institutionIds.includes(sight.institutionId)
    : entry.actorId === sight.actorId && entry.actorRole === sight.actorRole

const isBy = ({ actorId, actorRole }: ActivityEntry, by: NonNullable<WantedActivity['by']>) => {
  if (by === 'pupils') return actorRole === 'pupil'
  if (by === 'staff') return actorRole !== null && actorRole !== 'pupil'
  return actorId === by.actorId
}

const isWanted =
  ({ sight, by, pupilId, actions, outcome, from, until }: WantedActivity) =>
  (entry: ActivityEntry) =>
    isSeen(sight)(entry) &&
    (by === undefined || isBy(entry, by)) &&
    (pupilId === undefined || entry.pupilId === pupilId || entry.actorId === pupilId) &&
    (actions === undefined || actions.includes(entry.action)) &&
    (outcome === undefined || entry.outcome === outcome) &&
    (from === undefined || entry.at >= from) &&
    (until === undefined || entry.at < until)

/** All entries of a request were added by one unit of work, and so stand together. */
export function activityByRequest(
  log: readonly ActivityEntry[],
  wanted: WantedActivity,
  { requests, olderThan }: ActivityPage,
): ActivityEntry[][] {
  const want = isWanted(wanted)
  const see = isSeen(wanted.sight)
  const found: ActivityEntry[][] = []
  let isOlder = olderThan === undefined
  for (let place = log.length - 1; place >= 0; place -= 1) {
    const entry = log[place]
    if (!entry) break
    const isMark = entry.requestId === olderThan
    if (!isOlder && isMark && see(entry)) isOlder = true
    if (!isOlder || isMark || !want(entry)) continue
    const latest = found.at(-1)
    if (latest?.[0]?.requestId === entry.requestId) latest.unshift(entry)
    else if (found.length === requests) break
    else found.push([entry])
  }
  return found
}

export const staffInActivity = (log: readonly ActivityEntry[], sight: ActivitySight): string[] => [
  ...new Set(
    log
      .filter((entry) => isSeen(sight)(entry) && isBy(entry, 'staff'))
      .flatMap(({ actorId }) => actorId ?? []),
  ),
]
