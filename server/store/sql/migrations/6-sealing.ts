/**
 * The chain over the activity log (activity/chain.ts), and the one way in which entries leave it: a block first says
 * through which turn they go, and is part of the chain; then, and only those, they may be deleted. Entries are hashed
 * with all their columns that are not null: a column added to them later is null for those of before, or the chain breaks.
 */
export const sealing = `
  create table activity_blocks (
    number bigint primary key,
    sealed_at bigint not null,
    after_turn bigint not null,
    through_turn bigint not null,
    entries integer not null,
    latest_at bigint,
    turns_hash text not null,
    -- Each turn with the hash of its entries; taken out together with them.
    turns jsonb,
    taken_out_through bigint not null,
    is_keyed boolean not null,
    previous text not null,
    hash text not null
  );
  create index on activity_blocks (through_turn);
  -- By which entries are checked and taken out.
  create index on activity_of_schools (turn, place);

  -- By which windows, step-ups and requests are found once they are over.
  create index on reset_windows (opened_at);
  create index on step_ups (started_at);
  create index on step_up_requests (requested_at);

  create function activity_taken_out_through() returns bigint language sql stable as $$
    select coalesce((select taken_out_through from activity_blocks order by number desc limit 1), 0)
  $$;
  create function refuse_early_removal() returns trigger language plpgsql as $$
    begin
      if exists (select from removed where turn > activity_taken_out_through()) then
        raise exception 'The activity log is only ever added to' using errcode = 'insufficient_privilege';
      end if;
      return null;
    end
  $$;
  create function refuse_other_change() returns trigger language plpgsql as $$
    begin
      if new.turns is not null or old.through_turn > activity_taken_out_through()
        or to_jsonb(new) - 'turns' <> to_jsonb(old) - 'turns' then
        raise exception 'The activity log is only ever added to' using errcode = 'insufficient_privilege';
      end if;
      return new;
    end
  $$;

  drop trigger only_added_to on activity;
  create trigger only_added_to before update or truncate on activity
    for each statement execute function refuse_change();
  create trigger only_old_ones_go after delete on activity referencing old table as removed
    for each statement execute function refuse_early_removal();
  drop trigger only_added_to on activity_of_schools;
  create trigger only_added_to before update or truncate on activity_of_schools
    for each statement execute function refuse_change();
  create trigger only_old_ones_go after delete on activity_of_schools referencing old table as removed
    for each statement execute function refuse_early_removal();
  create trigger only_added_to before delete or truncate on activity_blocks
    for each statement execute function refuse_change();
  create trigger only_taken_out before update on activity_blocks
    for each row execute function refuse_other_change();
`
