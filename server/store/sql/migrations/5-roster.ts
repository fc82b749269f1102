/**
 * Who of ours is who in an administrative system (roster/target.ts), what an import has changed in the log, and its
 * word to the pages.
 */
export const roster = `
  create table roster_links (
    source text not null,
    kind text not null check (kind in ('institution', 'class', 'staff', 'pupil')),
    sourced_id text not null,
    id text not null unique,
    gone_at bigint,
    primary key (source, kind, sourced_id)
  );
  create index on roster_links (gone_at) where gone_at is not null;

  alter table activity add column counts jsonb;

  alter table events drop constraint events_what_check;
  alter table events add constraint events_what_check
    check (what in ('stepUpRequests', 'pupils', 'rosters', 'sessionsEnded'));

  -- A pupil who is removed takes the sessions along, also those that are over.
  create index on pupil_sessions (pupil_id);
`
