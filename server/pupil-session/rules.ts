import type { PasswordPolicy, Pupil } from '../people'
import { mayWait, mustChange } from '../policy/rules'
import type { Instant } from '../time'

/** How far a pupil has come: a new password stands between signing in and everything else. */
export const pupilStages = ['mustSetPassword', 'signedIn'] as const
export type PupilStage = (typeof pupilStages)[number]

/** Why a pupil is asked for a new password. `window`: given by a teacher; `first`: there never was one. */
export const newPasswordReasons = ['window', 'first', 'movedUp', 'yearly'] as const
export type NewPasswordReason = (typeof newPasswordReasons)[number]

/** A password that was shown to a pupil, who is to give it back from memory. */
export interface Suggestion {
  policy: PasswordPolicy
  hash: string
}

/** A pupil's sign-in. It ends like a session of staff; see session/rules.ts. */
export interface PupilSession {
  /** SHA-256 of the secret the browser carries; the secret itself is stored nowhere. */
  tokenHash: string
  /** Names the session in public. */
  ref: string
  pupilId: string
  stage: PupilStage
  /** Set while a new password is asked for. */
  because: NewPasswordReason | null
  suggestion: Suggestion | null
  startedAt: Instant
  lastActiveAt: Instant
  endedAt: Instant | null
}

/** A session begun by the username alone: all it is good for is a new password. */
export const sessionByWindow = (
  pupil: Pick<Pupil, 'id' | 'passwordSetAt'>,
  { tokenHash, ref }: Pick<PupilSession, 'tokenHash' | 'ref'>,
  now: Instant,
): PupilSession => ({
  tokenHash,
  ref,
  pupilId: pupil.id,
  stage: 'mustSetPassword',
  because: pupil.passwordSetAt === null ? 'first' : 'window',
  suggestion: null,
  startedAt: now,
  lastActiveAt: now,
  endedAt: null,
})

/** A session begun by the password; where a change is due, that is asked for first. */
export function sessionByPassword(
  pupil: Pupil,
  { tokenHash, ref }: Pick<PupilSession, 'tokenHash' | 'ref'>,
  now: Instant,
): PupilSession {
  const due = mustChange(pupil, now)
  return {
    tokenHash,
    ref,
    pupilId: pupil.id,
    stage: due ? 'mustSetPassword' : 'signedIn',
    because: due?.because ?? null,
    suggestion: null,
    startedAt: now,
    lastActiveAt: now,
    endedAt: null,
  }
}

/** Whether the session stands on a window, and falls with it. */
export const needsWindow = ({ stage, because }: Pick<PupilSession, 'stage' | 'because'>): boolean =>
  stage === 'mustSetPassword' && (because === 'window' || because === 'first')

/** Whether the pupil may go on with the old password for now. */
export function mayPostpone(session: PupilSession, pupil: Pupil, now: Instant): boolean {
  if (session.stage !== 'mustSetPassword' || needsWindow(session)) return false
  const due = mustChange(pupil, now)
  return due === null || mayWait(due, now)
}

/** Whether the pupil may set a new password: it is asked for, or due and postponed. */
export const mayChange = (session: PupilSession, pupil: Pupil, now: Instant): boolean =>
  session.stage === 'mustSetPassword' || mustChange(pupil, now) !== null

/** The session once nothing stands in its way: the new password is set, or the change postponed. */
export const signedIn = (session: PupilSession, now: Instant): PupilSession => ({
  ...session,
  stage: 'signedIn',
  because: null,
  suggestion: null,
  lastActiveAt: now,
})
