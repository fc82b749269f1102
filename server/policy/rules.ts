import { holdSecret } from '../free-words/rules'
import type { PasswordPolicy, Pupil } from '../people'
import { type Duration, days, type Instant } from '../time'

/** How long a pupil who moved up has to change password. [source document 004] */
export const MOVED_UP_GRACE: Duration = days(30)

/** How long a password of udskoling lasts. [source document 004] */
export const UDSKOLING_PASSWORD_LIFETIME: Duration = days(365)

/** How long before the last day a teacher is told that a pupil must change password. */
export const MUST_CHANGE_NOTICE: Duration = days(30)

/** The last day is no longer for postponing. */
const LAST_DAY: Duration = days(1)

/** The password policy that follows from a pupil's year, 0 to 10. [source document 004] */
export function policyOfYear(year: number): PasswordPolicy {
  if (year <= 3) return 'indskoling'
  return year <= 6 ? 'mellemtrin' : 'udskoling'
}

/** The policy a pupil's next password follows: the administrator's override, else the year's. */
export const policyOf = (pupil: Pick<Pupil, 'year' | 'policyOverride'>): PasswordPolicy =>
  pupil.policyOverride ?? policyOfYear(pupil.year)

export interface MustChange {
  because: 'movedUp' | 'yearly'
  by: Instant
}

/**
 * The day by which a pupil must change password, however far away; null where the password lasts.
 * Local logins and pupils without a password have nothing to change here.
 */
export function changeDue(pupil: Pupil): MustChange | null {
  if (pupil.signInKind === 'local' || pupil.passwordSetAt === null) return null
  if (pupil.movedUpAt !== null && pupil.movedUpAt > pupil.passwordSetAt) {
    return { because: 'movedUp', by: pupil.movedUpAt + MOVED_UP_GRACE }
  }
  if (policyOf(pupil) !== 'udskoling') return null
  return { because: 'yearly', by: pupil.passwordSetAt + UDSKOLING_PASSWORD_LIFETIME }
}

/** As `changeDue`, once it is near enough to tell: who has moved up is told at once. */
export function mustChange(pupil: Pupil, now: Instant): MustChange | null {
  const due = changeDue(pupil)
  return due?.because === 'yearly' && now < due.by - MUST_CHANGE_NOTICE ? null : due
}

/** Whether a change that is due may wait: in good time, and not on the last day. */
export const mayWait = (due: MustChange, now: Instant): boolean => now < due.by - LAST_DAY

/** Whether pupils of this policy may choose a password of their own. [source document 004] */
export const mayChooseOwn = (policy: PasswordPolicy): boolean => policy !== 'indskoling'

/** A note is short enough to be read beside the policy. */
export const POLICY_NOTE_MAX = 200

export type PolicyRefusal = 'localLogin'

/**
 * Why this pupil cannot get this policy, or null. With a local login there is no password here that could follow it,
 * and whoever sets it is to know that; what was set before may be cleared.
 */
export const whyNoPolicy = (
  pupil: Pick<Pupil, 'signInKind'>,
  policy: PasswordPolicy | null,
): PolicyRefusal | null => (policy !== null && pupil.signInKind === 'local' ? 'localLogin' : null)

export type NoteFault = 'note_missing' | 'holds_secret'

/**
 * What is wrong with the note, or null. A policy other than the year's is a decision about one pupil, which whoever
 * comes after must be able to judge; following the year needs no reason.
 */
export function noteFault(policy: PasswordPolicy | null, note: string | null): NoteFault | null {
  if (policy === null) return null
  if (note === null || note === '') return 'note_missing'
  return holdSecret(note) ? 'holds_secret' : null
}

/** The pupil with this policy, which the next new password follows; null for the year's, which keeps no note. */
export const withPolicy = (pupil: Pupil, policy: PasswordPolicy | null, note: string | null): Pupil => ({
  ...pupil,
  policyOverride: policy,
  policyNote: policy === null ? null : note,
})
