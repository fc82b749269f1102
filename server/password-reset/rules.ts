import { isBlocked } from '../block/rules'
import type { Pupil } from '../people'
import { type Duration, hours, type Instant, minutes } from '../time'

/** How long a pupil may sign in with the username alone after a reset. [source document 004] */
export const RESET_WINDOW: Duration = minutes(5)

/** How long a row still tells that a window was used or ran out. */
export const RESET_OUTCOME_SHOWN: Duration = hours(1)

/** One "giv ny adgangskode": from `openedAt` the pupil may sign in once with the username alone. */
export interface ResetWindow {
  pupilId: string
  openedAt: Instant
  openedBy: string
  /** When the username alone was given; from then it is nobody else's. */
  takenAt: Instant | null
  /** The public name of the session that took it. */
  takenBy: string | null
  /** When the new password was set; until then the old one stands. */
  usedAt: Instant | null
  cancelledAt: Instant | null
}

export const closesAt = (window: ResetWindow): Instant => window.openedAt + RESET_WINDOW

/** Whether it runs at `now`: not used, not taken back, and before the fifth minute ends. Also while it is taken. */
export const isOpen = (window: ResetWindow, now: Instant): boolean =>
  window.usedAt === null && window.cancelledAt === null && now >= window.openedAt && now < closesAt(window)

/** Whether the username alone is enough at `now`: it runs, and nobody has taken it. */
export const canBeTaken = (window: ResetWindow | null, now: Instant): window is ResetWindow =>
  window !== null && window.takenAt === null && isOpen(window, now)

/**
 * Whether the session of this public name may set the new password by right of this window: it took it, and nobody
 * has taken it back or opened a newer one. Who took it in time may finish, also after the fifth minute.
 */
export const isHeldBy = (window: ResetWindow | null, sessionRef: string): window is ResetWindow =>
  window !== null && window.takenBy === sessionRef && window.usedAt === null && window.cancelledAt === null

/** Whether it can still lead to a new password: it runs, or was taken in time by somebody who has not finished. */
export const isPending = (window: ResetWindow, now: Instant): boolean =>
  isOpen(window, now) || (window.takenAt !== null && window.usedAt === null && window.cancelledAt === null)

export type ResetRefusal = 'blocked' | 'localLogin'

/** Why this pupil cannot get a new password, or null. A reset never unblocks. */
export function whyNoNewPassword(
  pupil: Pick<Pupil, 'block' | 'signInKind'>,
  now: Instant,
): ResetRefusal | null {
  if (isBlocked(pupil, now)) return 'blocked'
  return pupil.signInKind === 'local' ? 'localLogin' : null
}

/** Opens a window, or restarts the one that is open: there is never more than one. */
export const openWindow = (pupilId: string, openedBy: string, now: Instant): ResetWindow => ({
  pupilId,
  openedAt: now,
  openedBy,
  takenAt: null,
  takenBy: null,
  usedAt: null,
  cancelledAt: null,
})

export type CancelRefusal = 'noWindow' | 'windowUsed' | 'windowExpired'

/** Why "Fortryd" comes too late, or null while the window is open. */
export function whyNoCancel(window: ResetWindow | null, now: Instant): CancelRefusal | null {
  if (window === null || window.cancelledAt !== null) return 'noWindow'
  if (window.usedAt !== null) return 'windowUsed'
  return isOpen(window, now) ? null : 'windowExpired'
}

export type ResetState =
  /** `takenAt`: when the username alone was given; from then it is enough for nobody else. */
  | { state: 'open'; openedAt: Instant; closesAt: Instant; takenAt: Instant | null }
  | { state: 'used'; at: Instant }
  | { state: 'expired'; at: Instant }

/** What a teacher sees of the latest window: open, used or run out; nothing once it was taken back or is old. */
export function resetState(window: ResetWindow | null, now: Instant): ResetState | null {
  if (window === null || window.cancelledAt !== null) return null
  if (isOpen(window, now)) {
    return { state: 'open', openedAt: window.openedAt, closesAt: closesAt(window), takenAt: window.takenAt }
  }
  const at = window.usedAt ?? closesAt(window)
  if (now >= at + RESET_OUTCOME_SHOWN) return null
  return { state: window.usedAt === null ? 'expired' : 'used', at }
}
