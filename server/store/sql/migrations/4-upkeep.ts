/** By which what is over is found, to be taken out. */
export const upkeep = `
  create index on staff_sessions (started_at);
  create index on pupil_sessions (started_at);
  create index on completed_actions (at);
  create index on bucket_hits (at);
`
