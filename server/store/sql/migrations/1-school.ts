/**
 * Everything a school's data and what happens in it are kept in. Moments are milliseconds since 1970, as in time.ts;
 * what is always read and written as a whole is a document (jsonb).
 */
export const school = `
  -- Holds nothing: units of work queue at it (postgres.ts).
  create table units ();

  create table institutions (
    id text primary key,
    name text not null,
    local_login_domain text unique
  );
  create table classes (
    id text primary key,
    institution_id text not null references institutions,
    kind text not null check (kind in ('class', 'group')),
    name text not null,
    year integer
  );
  create index on classes (institution_id);

  create table staff (
    id text primary key,
    username text not null unique,
    name text not null,
    active boolean not null
  );
  create table staff_roles (
    staff_id text not null references staff on delete cascade,
    institution_id text not null references institutions,
    role text not null check (role in ('teacher', 'userAdministrator')),
    primary key (staff_id, institution_id, role)
  );
  create table teaching (
    staff_id text not null references staff on delete cascade,
    class_id text not null references classes on delete cascade,
    primary key (staff_id, class_id)
  );
  create index on teaching (class_id);

  create table pupils (
    id text primary key,
    username text not null unique,
    name text not null,
    alias text,
    year integer not null,
    sign_in_kind text not null check (sign_in_kind in ('unilogin', 'local')),
    policy_override text,
    policy_note text,
    password_set_at bigint,
    moved_up_at bigint,
    block jsonb,
    active boolean not null
  );
  create table enrolments (
    pupil_id text not null references pupils on delete cascade,
    class_id text not null references classes on delete cascade,
    primary key (class_id, pupil_id)
  );
  create index on enrolments (pupil_id);
  create table registrations (
    pupil_id text not null references pupils on delete cascade,
    institution_id text not null references institutions,
    primary key (institution_id, pupil_id)
  );
  create index on registrations (pupil_id);

  create table pupil_passwords (
    place bigint generated always as identity primary key,
    pupil_id text not null references pupils on delete cascade,
    policy text not null,
    hash text not null,
    set_at bigint not null
  );
  create index on pupil_passwords (pupil_id, place);

  create table reset_windows (
    pupil_id text primary key references pupils on delete cascade,
    opened_at bigint not null,
    opened_by text not null,
    taken_at bigint,
    taken_by text,
    used_at bigint,
    cancelled_at bigint
  );
  create table step_ups (
    pupil_id text primary key references pupils on delete cascade,
    started_at bigint not null,
    started_by text not null,
    ended_at bigint
  );
  create table step_up_requests (
    id text primary key,
    -- Which came last of those of one moment.
    place bigint generated always as identity,
    pupil_id text not null references pupils on delete cascade,
    service text not null,
    check_code text not null,
    requested_at bigint not null,
    outcome jsonb
  );
  create index on step_up_requests (pupil_id, requested_at, place);

  create table staff_sessions (
    token_hash text primary key,
    ref text not null,
    staff_id text not null,
    second_factor_at bigint,
    sent_code jsonb,
    started_at bigint not null,
    last_active_at bigint not null,
    ended_at bigint
  ) with (fillfactor = 70);
  create table pupil_sessions (
    token_hash text primary key,
    ref text not null,
    pupil_id text not null references pupils on delete cascade,
    stage text not null,
    because text,
    suggestion jsonb,
    started_at bigint not null,
    last_active_at bigint not null,
    ended_at bigint
  ) with (fillfactor = 70);
  create index on pupil_sessions (pupil_id) where ended_at is null;

  create table completed_actions (
    staff_id text not null,
    key text not null,
    fingerprint text not null,
    decisions jsonb not null,
    at bigint not null,
    primary key (staff_id, key)
  );
  create table bucket_hits (
    bucket text not null,
    at bigint not null,
    count integer not null,
    primary key (bucket, at)
  );
`
