import type { WantedActivity } from '../store/store'
import type { ActivityAction } from './entry'

/** What people look for in the log: the actions that belong together. Every action is in exactly one group. */
export const activityGroups = {
  signIn: ['signIn', 'signOut', 'sendSecondFactorCode', 'giveSecondFactor'],
  usernames: ['revealUsername', 'copyUsername'],
  passwords: ['giveNewPassword', 'cancelNewPassword', 'useResetWindow', 'setPassword', 'postponePassword'],
  stepUp: [
    'stepUp',
    'endStepUp',
    'askForStepUp',
    'withdrawStepUpRequest',
    'approveStepUpRequest',
    'declineStepUpRequest',
  ],
  policyAndBlock: ['setPolicy', 'blockPupil', 'unblockPupil'],
  takeAway: ['exportPupils', 'exportActivity', 'printSlips', 'printClassList'],
  roster: ['importRoster'],
  /** Looking changes nothing and hands out no username, so it is logged only where it was refused. */
  looking: [
    'listClasses',
    'listPupils',
    'readPupil',
    'listActivity',
    'keepSession',
    'followStepUpRequest',
    'openService',
  ],
} as const satisfies Record<string, readonly ActivityAction[]>

export type ActivityGroup = keyof typeof activityGroups

const isGroup = (name: string): name is ActivityGroup => Object.hasOwn(activityGroups, name)
export const activityGroupNames = Object.keys(activityGroups).filter(isGroup)

/**
 * Without a group: what was done and what was refused, but for looks that were refused, of which most are a page that
 * asked once more after its session was over. Whoever asks for refusals alone sees those, too.
 */
export function actionsOf(
  group: ActivityGroup | undefined,
  outcome: WantedActivity['outcome'],
): readonly ActivityAction[] | undefined {
  if (group !== undefined) return activityGroups[group]
  if (outcome === 'refused') return undefined
  return activityGroupNames.filter((name) => name !== 'looking').flatMap((name) => activityGroups[name])
}
