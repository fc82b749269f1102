import type { ResetWindow } from '../../password-reset/rules'
import { PASSWORDS_REMEMBERED, type PupilPassword } from '../../passwords/hash'
import type { Pupil } from '../../people'
import type { StepUp, StepUpRequest } from '../../step-up/rules'
import type { EnrolledPupil, PupilState, UnitOfWork } from '../store'
import { type Connection, json } from './database'

type Pupils = Pick<
  UnitOfWork,
  | 'pupilsOfInstitution'
  | 'pupilsInClasses'
  | 'enrolledPupils'
  | 'pupils'
  | 'pupilByUsername'
  | 'savePupil'
  | 'passwordsOf'
  | 'savePassword'
  | 'statesOf'
  | 'resetWindows'
  | 'saveResetWindow'
  | 'stepUps'
  | 'saveStepUp'
  | 'stepUpRequests'
  | 'stepUpRequestsById'
  | 'saveStepUpRequest'
>

const PUPIL = `id, username, name, alias, year, sign_in_kind as "signInKind",
  policy_override as "policyOverride", policy_note as "policyNote", password_set_at as "passwordSetAt",
  moved_up_at as "movedUpAt", block, active`
const ACTIVE_PUPIL = `select ${PUPIL} from pupils where active`
const ENROLLED_PUPIL = `select ${PUPIL},
  array(select class_id from enrolments where pupil_id = pupils.id) as "classIds" from pupils where active`
const WINDOW = `pupil_id as "pupilId", opened_at as "openedAt", opened_by as "openedBy", taken_at as "takenAt",
  taken_by as "takenBy", used_at as "usedAt", cancelled_at as "cancelledAt"`
const STEP_UP = `pupil_id as "pupilId", started_at as "startedAt", started_by as "startedBy", ended_at as "endedAt"`
const REQUEST = `id, pupil_id as "pupilId", service, check_code as "checkCode", requested_at as "requestedAt", outcome`

const enrolled = (rows: readonly (Pupil & { classIds: string[] })[]): EnrolledPupil[] =>
  rows.map(({ classIds, ...pupil }) => ({ pupil, classIds }))

const byPupil = <Row extends { pupilId: string }>(rows: readonly Row[]) =>
  new Map(rows.map((row) => [row.pupilId, row]))

/** The pupils, and what is given to them: passwords, windows, the higher level. */
export const pupils = ({ query, change }: Connection): Pupils => ({
  pupilsOfInstitution: async (institutionId) =>
    enrolled(
      await query(
        `${ENROLLED_PUPIL} and id in (
           select e.pupil_id from classes c join enrolments e on e.class_id = c.id where c.institution_id = $1
           union
           select r.pupil_id from registrations r where r.institution_id = $1)`,
        [institutionId],
      ),
    ),
  pupilsInClasses: async (classIds) =>
    enrolled(
      await query(`${ENROLLED_PUPIL} and id in (select pupil_id from enrolments where class_id = any($1))`, [
        classIds,
      ]),
    ),
  enrolledPupils: async (ids) => enrolled(await query(`${ENROLLED_PUPIL} and id = any($1)`, [ids])),
  pupils: (ids) => query<Pupil>(`${ACTIVE_PUPIL} and id = any($1)`, [ids]),
  async pupilByUsername(username) {
    const [found] = await query<Pupil>(`${ACTIVE_PUPIL} and username = $1`, [username])
    return found ?? null
  },
  async savePupil(pupil) {
    await change(
      `insert into pupils (id, username, name, alias, year, sign_in_kind, policy_override, policy_note,
         password_set_at, moved_up_at, block, active)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
       on conflict (id) do update set username = excluded.username, name = excluded.name,
         alias = excluded.alias, year = excluded.year, sign_in_kind = excluded.sign_in_kind,
         policy_override = excluded.policy_override, policy_note = excluded.policy_note,
         password_set_at = excluded.password_set_at, moved_up_at = excluded.moved_up_at,
         block = excluded.block, active = excluded.active`,
      [
        pupil.id,
        pupil.username,
        pupil.name,
        pupil.alias,
        pupil.year,
        pupil.signInKind,
        pupil.policyOverride,
        pupil.policyNote,
        pupil.passwordSetAt,
        pupil.movedUpAt,
        json(pupil.block),
        pupil.active,
      ],
    )
  },

  passwordsOf: (pupilId) =>
    query<PupilPassword>(
      `select pupil_id as "pupilId", policy, hash, set_at as "setAt" from pupil_passwords
       where pupil_id = $1 order by place desc`,
      [pupilId],
    ),
  async savePassword({ pupilId, policy, hash, setAt }) {
    await change('insert into pupil_passwords (pupil_id, policy, hash, set_at) values ($1, $2, $3, $4)', [
      pupilId,
      policy,
      hash,
      setAt,
    ])
    // What need not be remembered is not kept.
    await change(
      `delete from pupil_passwords where pupil_id = $1 and place <
         (select min(place) from (select place from pupil_passwords where pupil_id = $1
            order by place desc limit ${PASSWORDS_REMEMBERED}) as latest)`,
      [pupilId],
    )
  },

  async statesOf(pupilIds) {
    const rows = await query<PupilState & { pupilId: string }>(
      `select id as "pupilId",
         (select to_jsonb(w) from (select ${WINDOW} from reset_windows where pupil_id = id) as w) as "resetWindow",
         (select to_jsonb(u) from (select ${STEP_UP} from step_ups where pupil_id = id) as u) as "stepUp",
         (select to_jsonb(q) from (select ${REQUEST} from step_up_requests where pupil_id = asked.id
            order by requested_at desc, place desc limit 1) as q) as "stepUpRequest"
       from unnest($1::text[]) as asked(id)`,
      [pupilIds],
    )
    const states = new Map<string, PupilState>()
    for (const { pupilId, ...state } of rows) {
      if (state.resetWindow || state.stepUp || state.stepUpRequest) states.set(pupilId, state)
    }
    return states
  },
  resetWindows: async (pupilIds) =>
    byPupil(
      await query<ResetWindow>(`select ${WINDOW} from reset_windows where pupil_id = any($1)`, [pupilIds]),
    ),
  async saveResetWindow({ pupilId, openedAt, openedBy, takenAt, takenBy, usedAt, cancelledAt }) {
    await change(
      `insert into reset_windows (pupil_id, opened_at, opened_by, taken_at, taken_by, used_at, cancelled_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (pupil_id) do update set opened_at = excluded.opened_at, opened_by = excluded.opened_by,
         taken_at = excluded.taken_at, taken_by = excluded.taken_by, used_at = excluded.used_at,
         cancelled_at = excluded.cancelled_at`,
      [pupilId, openedAt, openedBy, takenAt, takenBy, usedAt, cancelledAt],
    )
  },

  stepUps: async (pupilIds) =>
    byPupil(await query<StepUp>(`select ${STEP_UP} from step_ups where pupil_id = any($1)`, [pupilIds])),
  async saveStepUp({ pupilId, startedAt, startedBy, endedAt }) {
    await change(
      `insert into step_ups (pupil_id, started_at, started_by, ended_at) values ($1, $2, $3, $4)
       on conflict (pupil_id) do update set started_at = excluded.started_at, started_by = excluded.started_by,
         ended_at = excluded.ended_at`,
      [pupilId, startedAt, startedBy, endedAt],
    )
  },

  stepUpRequests: async (pupilIds) =>
    byPupil(
      await query<StepUpRequest>(
        `select distinct on (pupil_id) ${REQUEST} from step_up_requests where pupil_id = any($1)
         order by pupil_id, requested_at desc, place desc`,
        [pupilIds],
      ),
    ),
  stepUpRequestsById: (ids) =>
    query<StepUpRequest>(`select ${REQUEST} from step_up_requests where id = any($1)`, [ids]),
  async saveStepUpRequest({ id, pupilId, service, checkCode, requestedAt, outcome }) {
    await change(
      `insert into step_up_requests (id, pupil_id, service, check_code, requested_at, outcome)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (id) do update set pupil_id = excluded.pupil_id, service = excluded.service,
         check_code = excluded.check_code, requested_at = excluded.requested_at, outcome = excluded.outcome`,
      [id, pupilId, service, checkCode, requestedAt, json(outcome)],
    )
  },
})
