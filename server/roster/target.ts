import type { ActivityEntry } from '../activity/entry'
import type { Institution, Pupil, SchoolClass, Staff } from '../people'
import type { Instant } from '../time'

export type RosterKind = 'institution' | 'class' | 'staff' | 'pupil'

/**
 * Who in our data is who in an administrative system. A sourcedId is kept here and nowhere else: it may say something
 * of a person, and our own ids stand in addresses and logs.
 */
export interface RosterLink {
  /** Which system: two of them may give the same sourcedId to different people. */
  source: string
  kind: RosterKind
  sourcedId: string
  id: string
  /** When the person was missing in an export for the first time; null while there. */
  goneAt: Instant | null
}

/** What of a pupil follows the roster. Everything else is not for an import to write: it happens meanwhile. */
export type RosteredPupil = Pick<
  Pupil,
  'id' | 'username' | 'name' | 'alias' | 'year' | 'signInKind' | 'movedUpAt' | 'active'
>

export interface Known {
  sourcedId: string
  goneAt: Instant | null
}
export interface KnownInstitution extends Known {
  institution: Pick<Institution, 'id' | 'name'>
}
export interface KnownClass extends Known {
  schoolClass: SchoolClass
}
export interface KnownStaff extends Known {
  staff: Staff
  /** All classes that the person teaches, those of other sources too. */
  classIds: readonly string[]
}
export interface KnownPupil extends Known {
  pupil: RosteredPupil & Pick<Pupil, 'policyOverride'>
  /** All classes of the pupil, those of other sources too. */
  classIds: readonly string[]
  /** All institutions at which the pupil is registered. */
  institutionIds: readonly string[]
}

export interface Teaching {
  staffId: string
  classId: string
}
export interface Enrolment {
  pupilId: string
  classId: string
}
export interface Registration {
  pupilId: string
  institutionId: string
}

/** Added and taken away; no row is in both. */
export interface Rows<T> {
  added: T[]
  removed: T[]
}

/**
 * What an import changes, in the order in which it can be written: what is removed goes first, then places before
 * people before what binds them. A removed class or pupil takes along all that hangs on it.
 */
export interface RosterChanges {
  removed: { pupilIds: string[]; classIds: string[]; links: RosterLink[] }
  /** New ones, and new names of those that are there. */
  institutions: Pick<Institution, 'id' | 'name'>[]
  classes: SchoolClass[]
  /** With their roles as they are from now on. */
  staff: Staff[]
  /** Who has never been here: nothing has been decided about them, and they have no password. */
  newPupils: RosteredPupil[]
  /** Only these fields of a pupil are written. Usernames may change hands among them. */
  pupils: RosteredPupil[]
  teaching: Rows<Teaching>
  enrolments: Rows<Enrolment>
  registrations: Rows<Registration>
  /** Written over one of the same source, kind and sourcedId. */
  links: RosterLink[]
  /** Pupils who are gone now: their windows, step-ups, waiting requests and sessions end, as by a block. */
  gonePupilIds: string[]
}

/** One import's way to the data: what it reads and writes is one unit. */
export interface RosterUnit {
  /** What this source has brought before, in batches. */
  institutions(): AsyncIterable<readonly KnownInstitution[]>
  classes(): AsyncIterable<readonly KnownClass[]>
  staff(): AsyncIterable<readonly KnownStaff[]>
  /** The inactive too. */
  pupils(): AsyncIterable<readonly KnownPupil[]>
  /** Who has these usernames, by username: staff or pupil of any source, the inactive too. */
  usernameHolders(usernames: readonly string[]): Promise<Map<string, string>>
  /**
   * Writes everything, and adds to the activity log what is told of it; the pages of the schools in whose log it is are
   * told to look again. It comes last.
   * @param written told after each part how much of the whole is written, from 0 to 1
   */
  apply(
    changes: RosterChanges,
    told: readonly ActivityEntry[],
    now: Instant,
    written: (share: number) => void,
  ): Promise<void>
}

/** Where an import goes. Two imports never run side by side; either everything of one happens, or nothing. */
export interface RosterTarget {
  /** `work` may be called again, where somebody else has meanwhile changed the same. */
  change<T>(source: string, work: (unit: RosterUnit) => Promise<T>): Promise<T>
  /**
   * Removes for good, with all that is theirs but what the activity log tells, the pupils of any source who have been
   * gone for so long that they are no longer kept (rules.ts).
   */
  removeWhoIsOver(now: Instant): Promise<void>
}
