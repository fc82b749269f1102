import type { SchoolData } from '../memory'
import type { Connection } from './database'
import { ADD_STAFF_ROLES, bindings, sendRows } from './rows'

/** Whether nobody has brought a school here yet. */
export async function isEmpty({ query }: Connection): Promise<boolean> {
  const [found] = await query<{ filled: boolean }>('select exists (select from institutions) as filled')
  return found?.filled === false
}

/** Brings whole schools into a database that has none of them. */
export async function fillWith(connection: Connection, school: SchoolData): Promise<void> {
  const add = (rows: readonly object[], statement: string) => sendRows(connection, rows, statement)
  await add(
    school.institutions,
    `insert into institutions (id, name, local_login_domain)
     select id, name, "localLoginDomain"
     from jsonb_to_recordset($1::jsonb) as (id text, name text, "localLoginDomain" text)`,
  )
  await add(
    school.classes,
    `insert into classes (id, institution_id, kind, name, year)
     select id, "institutionId", kind, name, year
     from jsonb_to_recordset($1::jsonb) as (id text, "institutionId" text, kind text, name text, year integer)`,
  )
  await add(
    school.staff,
    `insert into staff (id, username, name, active)
     select id, username, name, active
     from jsonb_to_recordset($1::jsonb) as (id text, username text, name text, active boolean)`,
  )
  await add(
    school.staff.flatMap(({ id, roles }) => roles.map((role) => ({ ...role, staffId: id }))),
    ADD_STAFF_ROLES,
  )
  await add(school.teaching, bindings.teaching.add)
  await add(
    school.pupils,
    `insert into pupils (id, username, name, alias, year, sign_in_kind, policy_override, policy_note,
       password_set_at, moved_up_at, block, active)
     select id, username, name, alias, year, "signInKind", "policyOverride", "policyNote", "passwordSetAt",
       "movedUpAt", nullif(block, 'null'), active
     from jsonb_to_recordset($1::jsonb) as (id text, username text, name text, alias text, year integer,
       "signInKind" text, "policyOverride" text, "policyNote" text, "passwordSetAt" bigint,
       "movedUpAt" bigint, block jsonb, active boolean)`,
  )
  await add(school.enrolments, bindings.enrolments.add)
  await add(school.registrations, bindings.registrations.add)
  await add(
    school.passwords,
    `insert into pupil_passwords (pupil_id, policy, hash, set_at)
     select "pupilId", policy, hash, "setAt"
     from jsonb_to_recordset($1::jsonb) as ("pupilId" text, policy text, hash text, "setAt" bigint)`,
  )
  await add(
    school.resetWindows,
    `insert into reset_windows (pupil_id, opened_at, opened_by, taken_at, taken_by, used_at, cancelled_at)
     select "pupilId", "openedAt", "openedBy", "takenAt", "takenBy", "usedAt", "cancelledAt"
     from jsonb_to_recordset($1::jsonb) as ("pupilId" text, "openedAt" bigint, "openedBy" text,
       "takenAt" bigint, "takenBy" text, "usedAt" bigint, "cancelledAt" bigint)`,
  )
  await add(
    school.stepUps,
    `insert into step_ups (pupil_id, started_at, started_by, ended_at)
     select "pupilId", "startedAt", "startedBy", "endedAt"
     from jsonb_to_recordset($1::jsonb) as ("pupilId" text, "startedAt" bigint, "startedBy" text,
       "endedAt" bigint)`,
  )
  await add(
    school.stepUpRequests,
    `insert into step_up_requests (id, pupil_id, service, check_code, requested_at, outcome)
     select id, "pupilId", service, "checkCode", "requestedAt", nullif(outcome, 'null')
     from jsonb_to_recordset($1::jsonb) as (id text, "pupilId" text, service text, "checkCode" text,
       "requestedAt" bigint, outcome jsonb)`,
  )
}
