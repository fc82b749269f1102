import { findPostgres, type Postgres, startPostgres } from '../../scripts/postgres.mjs'
import { noSchool, type SchoolData } from '../../server/store/memory'
import { type Database, json, LOCKS } from '../../server/store/sql/database'
import { fillWith } from '../../server/store/sql/fill'
import { createSqlRoster } from '../../server/store/sql/roster'
import { createSqlStore } from '../../server/store/sql/store'
import type { Store } from '../../server/store/store'
import type { RosterData } from '../rules/roster'
import type { RosterStore } from './roster-contract'

/** A PostgreSQL for one file of tests, or null where the machine has none. In CI nothing is left out. */
export async function postgresOfThisMachine(): Promise<Postgres | null> {
  const programs = findPostgres()
  if (programs) return startPostgres(programs)
  if (process.env.CI) throw new Error('There is no PostgreSQL on this machine, and CI leaves no test out')
  return null
}

/** Takes everything out of a database, also what nobody may take out: only tests begin anew. */
export const empty = (database: Database) =>
  database.alone(LOCKS.upkeep, async ({ query, run }) => {
    const tables = await query<{ name: string }>(
      `select quote_ident(tablename) as name from pg_tables
       where schemaname = 'public' and tablename not in ('migrations', 'units')`,
    )
    await run(
      `set local session_replication_role = replica;
       truncate ${tables.map(({ name }) => name).join(', ')} restart identity`,
    )
  })

/** A store over this database in which there is this school and nothing else. */
export async function storeOver(database: Database, school: SchoolData): Promise<Store> {
  await empty(database)
  await database.unit((connection) => fillWith(connection, school))
  return createSqlStore(database)
}

/** A store to import to, in which there is this and nothing else. */
export async function rosterStoreOver(
  database: Database,
  { rosterLinks = [], ...school }: Partial<RosterData>,
): Promise<RosterStore> {
  const store = await storeOver(database, { ...noSchool, ...school })
  await database.unit(({ change }) =>
    change(
      `insert into roster_links (source, kind, sourced_id, id, gone_at)
       select source, kind, "sourcedId", id, "goneAt" from jsonb_to_recordset($1::jsonb)
         as (source text, kind text, "sourcedId" text, id text, "goneAt" bigint)`,
      [json(rosterLinks)],
    ),
  )
  return { ...store, roster: createSqlRoster(database), snapshot: () => rosterDataIn(database) }
}

/** Everything that imports write, as the tables have it. */
async function rosterDataIn(database: Database): Promise<RosterData> {
  const PUPIL = 'pupil_id as "pupilId"'
  return {
    institutions: (
      await database.read<{ id: string; name: string; localLoginDomain: string | null }>(
        'select id, name, local_login_domain as "localLoginDomain" from institutions order by id',
      )
    ).map(({ localLoginDomain, ...rest }) =>
      localLoginDomain === null ? rest : { ...rest, localLoginDomain },
    ),
    classes: await database.read(
      'select id, institution_id as "institutionId", kind, name, year from classes order by name, id',
    ),
    staff: await database.read(
      `select id, username, name, active, (select coalesce(json_agg(json_build_object(
         'institutionId', institution_id, 'role', role) order by institution_id, role), '[]')
         from staff_roles where staff_id = s.id) as roles from staff s order by id`,
    ),
    pupils: await database.read(
      `select id, username, name, alias, year, sign_in_kind as "signInKind", policy_override as "policyOverride",
         policy_note as "policyNote", password_set_at as "passwordSetAt", moved_up_at as "movedUpAt", block, active
       from pupils order by id`,
    ),
    teaching: await database.read(
      'select staff_id as "staffId", class_id as "classId" from teaching order by 1, 2',
    ),
    enrolments: await database.read(`select ${PUPIL}, class_id as "classId" from enrolments order by 1, 2`),
    registrations: await database.read(
      `select ${PUPIL}, institution_id as "institutionId" from registrations order by 1, 2`,
    ),
    passwords: await database.read(
      `select ${PUPIL}, policy, hash, set_at as "setAt" from pupil_passwords order by place`,
    ),
    resetWindows: await database.read(
      `select ${PUPIL}, opened_at as "openedAt", opened_by as "openedBy", taken_at as "takenAt",
         taken_by as "takenBy", used_at as "usedAt", cancelled_at as "cancelledAt" from reset_windows order by 1`,
    ),
    stepUps: await database.read(
      `select ${PUPIL}, started_at as "startedAt", started_by as "startedBy", ended_at as "endedAt"
       from step_ups order by 1`,
    ),
    stepUpRequests: await database.read(
      `select id, ${PUPIL}, service, check_code as "checkCode", requested_at as "requestedAt", outcome
       from step_up_requests order by place`,
    ),
    pupilSessions: await database.read(
      `select token_hash as "tokenHash", ref, ${PUPIL}, stage, because, suggestion, started_at as "startedAt",
         last_active_at as "lastActiveAt", ended_at as "endedAt" from pupil_sessions order by 1`,
    ),
    rosterLinks: await database.read(
      `select source, kind, sourced_id as "sourcedId", id, gone_at as "goneAt" from roster_links order by 1, 2, 3`,
    ),
    activity: await createSqlStore(database).transaction((unit) => unit.activity()),
  }
}
