import type { Role } from '../people'
import type { Instant } from '../time'

/** What people do, as the activity log names it. */
export const activityActions = [
  'signIn',
  'signOut',
  'keepSession',
  'sendSecondFactorCode',
  'giveSecondFactor',
  'listClasses',
  'listPupils',
  'revealUsername',
  'copyUsername',
  'giveNewPassword',
  'cancelNewPassword',
  'useResetWindow',
  'setPassword',
  'postponePassword',
  'stepUp',
  'endStepUp',
  'approveStepUpRequest',
  'declineStepUpRequest',
  'askForStepUp',
  'followStepUpRequest',
  'withdrawStepUpRequest',
  'openService',
  'readPupil',
  'setPolicy',
  'blockPupil',
  'unblockPupil',
  'listActivity',
  'exportPupils',
  'exportActivity',
  'printSlips',
  'printClassList',
  'importRoster',
] as const
export type ActivityAction = (typeof activityActions)[number]

/** Whom or what an import has changed, and in which way. */
export const importedKinds = ['pupils', 'staff', 'classes'] as const
export const importedChanges = ['added', 'returned', 'moved', 'changed', 'gone', 'removed'] as const

/** How many pupils, staff, or classes and groups of a school an import has changed in one way; never none. */
export interface ImportedCount {
  of: (typeof importedKinds)[number]
  change: (typeof importedChanges)[number]
  count: number
}

/**
 * One line of the activity log: who did what to whom, when and from where, refusals included.
 * It is only ever added to, and holds no username typed, password, or other secret.
 */
export interface ActivityEntry {
  at: Instant
  /** The staff member or pupil who acted; null when nobody was signed in, and where it is an import. */
  actorId: string | null
  /** What the actor acted as. */
  actorRole: Role | 'pupil' | 'import' | null
  action: ActivityAction
  outcome: 'done' | 'refused'
  /** Why it was refused, as a code. */
  reason: string | null
  pupilId: string | null
  /**
   * The schools whose log it belongs to, as of that moment, so that nobody who comes or leaves later changes it: that
   * of the administrator's view; those through which the teacher reached the pupil; else those at which the actor
   * holds the role, or is a pupil. None where nobody is known to have acted.
   */
  institutionIds: readonly string[]
  requestId: string
  /** Where the request came from: an address, or `page` in the demo; for an import which system it is of. */
  source: string
  /** Set for an import. */
  counts?: readonly ImportedCount[]
}
