import type { ActivityEntry } from '../../activity/entry'
import type { ActivitySight, UnitOfWork, WantedActivity } from '../store'
import { type Connection, json, type SqlValue } from './database'

type Activity = Pick<UnitOfWork, 'appendActivity' | 'activityByRequest' | 'staffInActivity' | 'activity'>

const ENTRY = `a.at, a.actor_id as "actorId", a.actor_role as "actorRole", a.action, a.outcome, a.reason,
  a.pupil_id as "pupilId", a.institution_ids as "institutionIds", a.request_id as "requestId", a.source, a.counts`

type EntryRow = Omit<ActivityEntry, 'counts'> & { counts: ActivityEntry['counts'] | null }
const toEntry = ({ counts, ...entry }: EntryRow): ActivityEntry => (counts ? { ...entry, counts } : entry)

/** Conditions of one statement, with their values as $1, $2 … */
function conditions() {
  const said: string[] = []
  const values: SqlValue[] = []
  const placed = (value: SqlValue) => `$${values.push(value)}`
  return {
    placed,
    values,
    add: (condition: string) => said.push(condition),
    text: () => said.join(' and '),
  }
}
type Conditions = ReturnType<typeof conditions>

/** The log as this sight shows it: a school's by the list that is kept for it, a person's by the actor. */
function seen(sight: ActivitySight, { placed, add }: Conditions): string {
  if ('institutionId' in sight) {
    add(`o.institution_id = ${placed(sight.institutionId)}`)
    return 'activity_of_schools o join activity a on a.turn = o.turn and a.place = o.place'
  }
  add(`a.actor_id = ${placed(sight.actorId)}`)
  add(`a.actor_role = ${placed(sight.actorRole)}`)
  return 'activity a'
}

/** What is no pupil's act: an import is one of the school's. */
const BY_STAFF = `a.actor_role in ('teacher', 'userAdministrator', 'import')`

function want({ by, pupilId, actions, outcome, from, until }: WantedActivity, { placed, add }: Conditions) {
  if (by === 'pupils') add(`a.actor_role = 'pupil'`)
  else if (by === 'staff') add(BY_STAFF)
  else if (by !== undefined) add(`a.actor_id = ${placed(by.actorId)}`)
  if (pupilId !== undefined) {
    const pupil = placed(pupilId)
    add(`(a.pupil_id = ${pupil} or a.actor_id = ${pupil})`)
  }
  if (actions !== undefined) add(`a.action = any(${placed(actions)})`)
  if (outcome !== undefined) add(`a.outcome = ${placed(outcome)}`)
  if (from !== undefined) add(`a.at >= ${placed(from)}`)
  if (until !== undefined) add(`a.at < ${placed(until)}`)
}

/** The activity log, which is only ever added to. */
export const activity = ({ query, change }: Connection): Activity => ({
  async appendActivity(entries) {
    if (entries.length === 0) return
    await change(
      `with next as (select nextval('activity_turns') as turn),
       added as (
         insert into activity (turn, place, at, actor_id, actor_role, action, outcome, reason, pupil_id,
           institution_ids, request_id, source, counts)
         select next.turn, e.place, e.at, e."actorId", e."actorRole", e.action, e.outcome, e.reason,
           e."pupilId", array(select jsonb_array_elements_text(e."institutionIds")), e."requestId", e.source, nullif(e.counts, 'null')
         from next, rows from (jsonb_to_recordset($1::jsonb) as (at bigint, "actorId" text, "actorRole" text,
           action text, outcome text, reason text, "pupilId" text, "institutionIds" jsonb, "requestId" text,
           source text, counts jsonb)) with ordinality as e(at, "actorId", "actorRole", action, outcome, reason, "pupilId",
           "institutionIds", "requestId", source, counts, place)
         returning turn, place, institution_ids)
       insert into activity_of_schools (institution_id, turn, place)
       select distinct unnest(institution_ids), turn, place from added`,
      [json(entries)],
    )
  },

  async activityByRequest(wanted, { requests, olderThan }) {
    const older = conditions()
    let before: number | null = null
    if (olderThan !== undefined) {
      const from = seen(wanted.sight, older)
      older.add(`a.request_id = ${older.placed(olderThan)}`)
      const [mark] = await query<{ turn: number | null }>(
        `select max(a.turn) as turn from ${from} where ${older.text()}`,
        older.values,
      )
      before = mark?.turn ?? null
      if (before === null) return []
    }

    const asked = conditions()
    const from = seen(wanted.sight, asked)
    want(wanted, asked)
    const turn = 'institutionId' in wanted.sight ? 'o.turn' : 'a.turn'
    if (before !== null && olderThan !== undefined) {
      asked.add(`${turn} < ${asked.placed(before)}`)
      asked.add(`a.request_id <> ${asked.placed(olderThan)}`)
    }
    // The turns first, along the index and no further than needed, then all that is wanted of each.
    const entries = await query<EntryRow>(
      `select ${ENTRY} from ${from} where ${asked.text()} and ${turn} in (
         select distinct ${turn} from ${from} where ${asked.text()}
         order by 1 desc limit ${asked.placed(requests)})
       order by a.turn desc, a.place`,
      asked.values,
    )
    const found: ActivityEntry[][] = []
    for (const entry of entries.map(toEntry)) {
      const latest = found.at(-1)
      if (latest?.[0]?.requestId === entry.requestId) latest.push(entry)
      else found.push([entry])
    }
    return found
  },

  async staffInActivity(sight) {
    const asked = conditions()
    const from = seen(sight, asked)
    const rows = await query<{ actorId: string }>(
      `select distinct a.actor_id as "actorId" from ${from}
       where ${asked.text()} and a.actor_id is not null and ${BY_STAFF}`,
      asked.values,
    )
    return rows.map(({ actorId }) => actorId)
  },

  async activity() {
    const entries = await query<EntryRow>(`select ${ENTRY} from activity a order by a.turn, a.place`)
    return entries.map(toEntry)
  },
})
