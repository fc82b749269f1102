import type { Snapshot } from '../../server/store/memory'
import type { Database } from '../../server/store/sql/database'
import { createSqlStore } from '../../server/store/sql/store'

/** The tables that a snapshot is read from. */
const tables = [
  'institutions',
  'classes',
  'staff',
  'staff_roles',
  'teaching',
  'pupils',
  'enrolments',
  'registrations',
  'pupil_passwords',
  'reset_windows',
  'step_ups',
  'step_up_requests',
  'staff_sessions',
  'pupil_sessions',
  'completed_actions',
  'bucket_hits',
  'activity',
] as const
type Table = (typeof tables)[number]

/** Differs as soon as a row was added, changed or taken out: each writing gives its rows a new transaction's number. */
const PRINTS = tables
  .map(
    (table) =>
      `select '${table}' as table, concat_ws(' ', count(*), sum(xmin::text::bigint)) as print from ${table}`,
  )
  .join(' union all ')

/** Rows that were there keep their place, as in memory; new ones follow in the order of the database. */
function placed<Row>(rows: readonly Row[], before: readonly Row[], name: (row: Row) => string): Row[] {
  const places = new Map(before.map((row, place) => [name(row), place]))
  const placeOf = (row: Row) => places.get(name(row)) ?? before.length
  return rows.toSorted((a, b) => placeOf(a) - placeOf(b))
}

/**
 * Reads all that a database holds, as the memory store tells it of itself. What has not changed since `before` is not
 * read again.
 */
export function snapshotsOf(database: Database) {
  let prints = new Map<Table, string>()

  return async function snapshot(before: Snapshot): Promise<Snapshot> {
    const now = new Map(
      (await database.read<{ table: Table; print: string }>(PRINTS)).map(({ table, print }) => [
        table,
        print,
      ]),
    )
    const hasChanged = (table: Table) => prints.get(table) !== now.get(table)
    async function rows<Row extends object>(
      table: Table,
      known: readonly Row[],
      name: (row: Row) => string,
      text: string,
    ): Promise<Row[]> {
      if (!hasChanged(table)) return [...known]
      return placed(await database.read<Row>(text), known, name)
    }

    const found: Snapshot = {
      rosterLinks: before.rosterLinks,
      institutions: await rows(
        'institutions',
        before.institutions,
        ({ id }) => id,
        `select id, name, local_login_domain as "localLoginDomain" from institutions`,
      ),
      classes: await rows(
        'classes',
        before.classes,
        ({ id }) => id,
        'select id, institution_id as "institutionId", kind, name, year from classes',
      ),
      staff: await rows(
        hasChanged('staff') ? 'staff' : 'staff_roles',
        before.staff,
        ({ id }) => id,
        `select s.id, s.username, s.name, s.active, (
           select coalesce(json_agg(json_build_object('institutionId', r.institution_id, 'role', r.role)), '[]')
           from staff_roles r where r.staff_id = s.id) as roles
         from staff s`,
      ),
      pupils: await rows(
        'pupils',
        before.pupils,
        ({ id }) => id,
        `select id, username, name, alias, year, sign_in_kind as "signInKind",
           policy_override as "policyOverride", policy_note as "policyNote",
           password_set_at as "passwordSetAt", moved_up_at as "movedUpAt", block, active
         from pupils`,
      ),
      teaching: await rows(
        'teaching',
        before.teaching,
        ({ staffId, classId }) => `${staffId} ${classId}`,
        'select staff_id as "staffId", class_id as "classId" from teaching',
      ),
      enrolments: await rows(
        'enrolments',
        before.enrolments,
        ({ pupilId, classId }) => `${pupilId} ${classId}`,
        'select pupil_id as "pupilId", class_id as "classId" from enrolments',
      ),
      registrations: await rows(
        'registrations',
        before.registrations,
        ({ pupilId, institutionId }) => `${pupilId} ${institutionId}`,
        'select pupil_id as "pupilId", institution_id as "institutionId" from registrations',
      ),
      passwords: await rows(
        'pupil_passwords',
        before.passwords,
        ({ pupilId, hash, setAt }) => `${pupilId} ${hash} ${setAt}`,
        'select pupil_id as "pupilId", policy, hash, set_at as "setAt" from pupil_passwords order by place',
      ),
      resetWindows: await rows(
        'reset_windows',
        before.resetWindows,
        ({ pupilId }) => pupilId,
        `select pupil_id as "pupilId", opened_at as "openedAt", opened_by as "openedBy", taken_at as "takenAt",
           taken_by as "takenBy", used_at as "usedAt", cancelled_at as "cancelledAt"
         from reset_windows`,
      ),
      stepUps: await rows(
        'step_ups',
        before.stepUps,
        ({ pupilId }) => pupilId,
        `select pupil_id as "pupilId", started_at as "startedAt", started_by as "startedBy",
           ended_at as "endedAt"
         from step_ups`,
      ),
      stepUpRequests: await rows(
        'step_up_requests',
        before.stepUpRequests,
        ({ id }) => id,
        `select id, pupil_id as "pupilId", service, check_code as "checkCode",
           requested_at as "requestedAt", outcome
         from step_up_requests order by requested_at, place`,
      ),
      sessions: await rows(
        'staff_sessions',
        before.sessions,
        ({ tokenHash }) => tokenHash,
        `select token_hash as "tokenHash", ref, staff_id as "staffId", second_factor_at as "secondFactorAt",
           sent_code as "sentCode", started_at as "startedAt", last_active_at as "lastActiveAt",
           ended_at as "endedAt"
         from staff_sessions order by started_at`,
      ),
      pupilSessions: await rows(
        'pupil_sessions',
        before.pupilSessions,
        ({ tokenHash }) => tokenHash,
        `select token_hash as "tokenHash", ref, pupil_id as "pupilId", stage, because, suggestion,
           started_at as "startedAt", last_active_at as "lastActiveAt", ended_at as "endedAt"
         from pupil_sessions order by started_at`,
      ),
      completedActions: await rows(
        'completed_actions',
        before.completedActions,
        ({ staffId, key }) => `${staffId} ${key}`,
        'select staff_id as "staffId", key, fingerprint, decisions, at from completed_actions order by at',
      ),
      buckets: await rows(
        'bucket_hits',
        before.buckets,
        ({ bucket }) => bucket,
        `select bucket, json_agg(json_build_object('at', at, 'count', count) order by at) as hits
         from bucket_hits where count <> 0 group by bucket order by min(at)`,
      ),
      activity: hasChanged('activity')
        ? await createSqlStore(database).transaction((unit) => unit.activity())
        : before.activity,
    }
    prints = now
    return {
      ...found,
      // Who has none says nothing of it.
      institutions: found.institutions.map(({ localLoginDomain, ...rest }) =>
        localLoginDomain == null ? rest : { ...rest, localLoginDomain },
      ),
    }
  }
}
