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
] as const
export type ActivityAction = (typeof activityActions)[number]

/**
 * One line of the activity log: who did what to whom, when and from where, refusals included.
 * It is only ever added to, and holds no username typed, password, or other secret.
 */
export interface ActivityEntry {
  at: Instant
  /** The staff member or pupil who acted; null when nobody was signed in. */
  actorId: string | null
  action: ActivityAction
  outcome: 'done' | 'refused'
  /** Why it was refused, as a code. */
  reason: string | null
  pupilId: string | null
  /** The school it was done for: that of the administrator's view, or through which the teacher reached the pupil. */
  institutionId: string | null
  requestId: string
  /** Where the request came from: an address, or `page` in the demo. */
  source: string
}
