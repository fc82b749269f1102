import { endAccess } from '../../block/end-access'
import type { RosterChanges } from '../../roster/target'
import { STEP_UP } from '../../step-up/rules'
import type { Instant } from '../../time'
import type { Connection } from './database'
import { ADD_STAFF_ROLES, bindings, sendRows } from './rows'
import { unitOver } from './store'

const IDS = 'jsonb_to_recordset($1::jsonb) as r(id text)'
const LINKS = `jsonb_to_recordset($1::jsonb) as r(source text, kind text, "sourcedId" text, id text, "goneAt" bigint)`
const PUPILS = `jsonb_to_recordset($1::jsonb) as r(id text, username text, name text, alias text, year integer,
  "signInKind" text, "movedUpAt" bigint, active boolean)`

const inRows = (ids: readonly string[]) => ids.map((id) => ({ id }))

/** Writes what an import changes, in the order in which it can be written, many rows at a time. */
export async function applyRoster(
  connection: Connection,
  changes: RosterChanges,
  now: Instant,
  written: (share: number) => void,
): Promise<void> {
  const { removed, institutions, classes, staff, newPupils, pupils, links } = changes
  const { teaching, enrolments, registrations } = changes
  const roles = staff.flatMap(({ id, roles }) => roles.map((role) => ({ ...role, staffId: id })))
  const lists = [
    removed.pupilIds,
    removed.links,
    institutions,
    classes,
    staff,
    roles,
    newPupils,
    pupils,
    links,
  ]
  const bound = [teaching, enrolments, registrations].flatMap(({ added, removed }) => [added, removed])
  const total = [...lists, ...bound].reduce((sum, { length }) => sum + length, 0)
  let done = 0
  const send = (rows: readonly object[], statement: string) =>
    sendRows(connection, rows, statement, (count) => {
      done += count
      written(done / total)
    })
  const prepare = (rows: readonly object[], statement: string) => sendRows(connection, rows, statement)

  await endAccessOf(connection, changes.gonePupilIds, now)

  await send(
    removed.links,
    `delete from roster_links l using ${LINKS}
     where l.source = r.source and l.kind = r.kind and l.sourced_id = r."sourcedId"`,
  )
  // Before the classes: what hangs on them goes along row by row.
  await send(enrolments.removed, bindings.enrolments.remove)
  await send(teaching.removed, bindings.teaching.remove)
  await send(registrations.removed, bindings.registrations.remove)
  await send(inRows(removed.pupilIds), `delete from pupils p using ${IDS} where p.id = r.id`)
  await prepare(inRows(removed.classIds), `delete from classes c using ${IDS} where c.id = r.id`)

  // Usernames may change hands: first they are nobody's.
  const RENAMED = (table: string) => `update ${table} t set username = ' ' || t.id
    from jsonb_to_recordset($1::jsonb) as r(id text, username text) where t.id = r.id and t.username <> r.username`
  await prepare(staff, RENAMED('staff'))
  await prepare(pupils, RENAMED('pupils'))

  await send(
    institutions,
    `insert into institutions (id, name)
     select id, name from jsonb_to_recordset($1::jsonb) as (id text, name text)
     on conflict (id) do update set name = excluded.name`,
  )
  await send(
    classes,
    `insert into classes (id, institution_id, kind, name, year)
     select id, "institutionId", kind, name, year
     from jsonb_to_recordset($1::jsonb) as (id text, "institutionId" text, kind text, name text, year integer)
     on conflict (id) do update set institution_id = excluded.institution_id, kind = excluded.kind,
       name = excluded.name, year = excluded.year`,
  )
  await send(
    staff,
    `insert into staff (id, username, name, active)
     select id, username, name, active
     from jsonb_to_recordset($1::jsonb) as (id text, username text, name text, active boolean)
     on conflict (id) do update set username = excluded.username, name = excluded.name, active = excluded.active`,
  )
  await prepare(staff, `delete from staff_roles s using ${IDS} where s.staff_id = r.id`)
  await send(roles, ADD_STAFF_ROLES)
  await send(
    newPupils,
    `insert into pupils (id, username, name, alias, year, sign_in_kind, moved_up_at, active)
     select id, username, name, alias, year, "signInKind", "movedUpAt", active from ${PUPILS}`,
  )
  await send(
    pupils,
    `update pupils p set username = r.username, name = r.name, alias = r.alias, year = r.year,
       sign_in_kind = r."signInKind", moved_up_at = r."movedUpAt", active = r.active
     from ${PUPILS} where p.id = r.id`,
  )
  await send(teaching.added, bindings.teaching.add)
  await send(enrolments.added, bindings.enrolments.add)
  await send(registrations.added, bindings.registrations.add)
  await send(
    links,
    `insert into roster_links (source, kind, sourced_id, id, gone_at)
     select source, kind, "sourcedId", id, "goneAt" from ${LINKS}
     on conflict (source, kind, sourced_id) do update set id = excluded.id, gone_at = excluded.gone_at`,
  )
}

/** How many are looked through at once. */
const BATCH = 5000

/** Ends every way in of those who have one that may be open; whether it is, their rules say. */
async function endAccessOf(connection: Connection, pupilIds: readonly string[], now: Instant): Promise<void> {
  const unit = unitOver(connection)
  for (let first = 0; first < pupilIds.length; first += BATCH) {
    const found = await connection.query<{ id: string }>(
      `select id from unnest($1::text[]) as id
       where exists (select from pupil_sessions s where s.pupil_id = id and s.ended_at is null)
         or exists (select from reset_windows w where w.pupil_id = id and w.used_at is null
           and w.cancelled_at is null)
         or exists (select from step_ups u where u.pupil_id = id and u.ended_at is null and u.started_at > $2)
         or exists (select from step_up_requests q where q.pupil_id = id and q.outcome is null)`,
      [pupilIds.slice(first, first + BATCH), now - STEP_UP],
    )
    for (const { id } of found) await endAccess(unit, id, now)
  }
}
