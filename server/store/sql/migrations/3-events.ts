/** What has changed lately, for the processes that share the database; see sql/events.ts. */
export const events = `
  create table events (
    id bigint generated always as identity primary key,
    what text not null check (what in ('stepUpRequests', 'pupils', 'sessionsEnded')),
    ids text[] not null
  );
`
