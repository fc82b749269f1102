import type { Instant } from './time'

/** The stage of schooling whose password rules a pupil follows; see policy/rules.ts. */
export const passwordPolicies = ['indskoling', 'mellemtrin', 'udskoling'] as const
export type PasswordPolicy = (typeof passwordPolicies)[number]

export interface Institution {
  id: string
  name: string
  /** The domain of its local login solution, as in `name@domain`, where it has one. */
  localLoginDomain?: string
}

/** A class or a group (hold) as the school's administrative system has it. */
export interface SchoolClass {
  id: string
  institutionId: string
  kind: 'class' | 'group'
  name: string
  /** The year of a class, 0 to 10; null for a group that mixes years. */
  year: number | null
}

/** The reasons for a block that can be picked; any other is told in own words. */
export const listedBlockReasons = ['passwordKnown', 'misuse', 'underInquiry', 'leave'] as const
export type BlockReason = { code: (typeof listedBlockReasons)[number] } | { code: 'own'; words: string }

/** Keeps a pupil out of Unilogin, not out of a local login solution. Whether it holds: block/rules.ts. */
export interface Block {
  since: Instant
  /** When it ends by itself; null where somebody has to end it. */
  until: Instant | null
  reason: BlockReason
  /** The user administrator's id. */
  by: string
}

export interface Pupil {
  id: string
  username: string
  name: string
  /** Set for a pupil with name and address protection, who is shown by this alias only. */
  alias: string | null
  /** Year at school, 0 to 10. */
  year: number
  /** `local` pupils sign in through a local login solution, out of Unilogin's reach. */
  signInKind: 'unilogin' | 'local'
  policyOverride: PasswordPolicy | null
  /** Why the policy is another than the year's, in the user administrator's words. */
  policyNote: string | null
  /** null while the pupil has never signed in and so has no password. */
  passwordSetAt: Instant | null
  /** When the pupil moved up to a stage with another policy and has not yet changed password. */
  movedUpAt: Instant | null
  block: Block | null
  active: boolean
}

export type Role = 'teacher' | 'userAdministrator'

export interface StaffRole {
  institutionId: string
  role: Role
}

export interface Staff {
  id: string
  username: string
  name: string
  roles: StaffRole[]
  active: boolean
}

/** The name that may be shown: the alias where the pupil is protected. */
export const shownName = (pupil: Pupil): string => pupil.alias ?? pupil.name
