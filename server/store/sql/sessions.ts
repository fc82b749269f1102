import type { Staff } from '../../people'
import type { PupilSession } from '../../pupil-session/rules'
import type { Session } from '../../session/rules'
import type { Instant } from '../../time'
import type { CompletedAction, UnitOfWork } from '../store'
import { type Connection, json } from './database'
import { STAFF } from './people'

type Sessions = Pick<
  UnitOfWork,
  | 'session'
  | 'saveSession'
  | 'pupilSession'
  | 'pupilSessionsOf'
  | 'savePupilSession'
  | 'completedAction'
  | 'saveCompletedAction'
  | 'addToBucket'
  | 'bucketSince'
>

const PUPIL_SESSION = `select token_hash as "tokenHash", ref, pupil_id as "pupilId", stage, because, suggestion,
  started_at as "startedAt", last_active_at as "lastActiveAt", ended_at as "endedAt" from pupil_sessions`

/** Who is signed in, what was asked for already, and how often. */
export const sessions = ({ query, change }: Connection): Sessions => ({
  async session(tokenHash) {
    const [found] = await query<Session & { staff: Staff | null }>(
      `select token_hash as "tokenHash", ref, staff_id as "staffId", second_factor_at as "secondFactorAt",
         sent_code as "sentCode", started_at as "startedAt", last_active_at as "lastActiveAt",
         ended_at as "endedAt",
         (select to_jsonb(found) from (select ${STAFF} from staff s where s.id = staff_id) as found) as staff
       from staff_sessions where token_hash = $1`,
      [tokenHash],
    )
    if (!found) return null
    const { staff, ...session } = found
    return { session, staff }
  },
  async saveSession(session) {
    await change(
      `insert into staff_sessions (token_hash, ref, staff_id, second_factor_at, sent_code, started_at,
         last_active_at, ended_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8)
       on conflict (token_hash) do update set ref = excluded.ref, staff_id = excluded.staff_id,
         second_factor_at = excluded.second_factor_at, sent_code = excluded.sent_code,
         started_at = excluded.started_at, last_active_at = excluded.last_active_at,
         ended_at = excluded.ended_at`,
      [
        session.tokenHash,
        session.ref,
        session.staffId,
        session.secondFactorAt,
        json(session.sentCode),
        session.startedAt,
        session.lastActiveAt,
        session.endedAt,
      ],
    )
  },

  async pupilSession(tokenHash) {
    const [found] = await query<PupilSession>(`${PUPIL_SESSION} where token_hash = $1`, [tokenHash])
    return found ?? null
  },
  pupilSessionsOf: (pupilId) =>
    query<PupilSession>(
      `${PUPIL_SESSION} where pupil_id = $1 and ended_at is null order by started_at, ref`,
      [pupilId],
    ),
  async savePupilSession(session) {
    await change(
      `insert into pupil_sessions (token_hash, ref, pupil_id, stage, because, suggestion, started_at,
         last_active_at, ended_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       on conflict (token_hash) do update set ref = excluded.ref, pupil_id = excluded.pupil_id,
         stage = excluded.stage, because = excluded.because, suggestion = excluded.suggestion,
         started_at = excluded.started_at, last_active_at = excluded.last_active_at,
         ended_at = excluded.ended_at`,
      [
        session.tokenHash,
        session.ref,
        session.pupilId,
        session.stage,
        session.because,
        json(session.suggestion),
        session.startedAt,
        session.lastActiveAt,
        session.endedAt,
      ],
    )
  },

  async completedAction(staffId, key) {
    const [found] = await query<CompletedAction>(
      `select staff_id as "staffId", key, fingerprint, decisions, at from completed_actions
       where staff_id = $1 and key = $2`,
      [staffId, key],
    )
    return found ?? null
  },
  async saveCompletedAction({ staffId, key, fingerprint, decisions, at }) {
    await change(
      `insert into completed_actions (staff_id, key, fingerprint, decisions, at) values ($1, $2, $3, $4, $5)
       on conflict (staff_id, key) do update set fingerprint = excluded.fingerprint,
         decisions = excluded.decisions, at = excluded.at`,
      [staffId, key, fingerprint, json(decisions), at],
    )
  },

  async addToBucket(bucket, count, at) {
    await change(
      `insert into bucket_hits (bucket, at, count) values ($1, $2, $3)
       on conflict (bucket, at) do update set count = bucket_hits.count + excluded.count`,
      [bucket, at, count],
    )
  },
  bucketSince: (bucket, since) =>
    query<{ at: Instant; count: number }>(
      'select at, count from bucket_hits where bucket = $1 and at > $2 and count <> 0 order by at',
      [bucket, since],
    ),
})
