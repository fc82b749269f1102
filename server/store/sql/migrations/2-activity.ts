/**
 * The activity log, which is only ever added to: whatever a program or a person at the database tries, nothing in it
 * is changed or taken out. All entries that one unit of work adds at once share a turn.
 */
export const activity = `
  create sequence activity_turns;
  create table activity (
    turn bigint not null,
    place integer not null,
    at bigint not null,
    actor_id text,
    actor_role text,
    action text not null,
    outcome text not null check (outcome in ('done', 'refused')),
    reason text,
    pupil_id text,
    institution_ids text[] not null,
    request_id text not null,
    source text not null,
    primary key (turn, place)
  );
  create index on activity (actor_id, turn);
  create index on activity (pupil_id, turn);
  create index on activity (request_id, turn);

  -- In which schools' log an entry is told, for whoever pages through one of them.
  create table activity_of_schools (
    institution_id text not null,
    turn bigint not null,
    place integer not null,
    primary key (institution_id, turn, place)
  );

  create function refuse_change() returns trigger language plpgsql as $$
    begin
      raise exception 'The activity log is only ever added to' using errcode = 'insufficient_privilege';
    end
  $$;
  create trigger only_added_to before update or delete or truncate on activity
    for each statement execute function refuse_change();
  create trigger only_added_to before update or delete or truncate on activity_of_schools
    for each statement execute function refuse_change();
`
