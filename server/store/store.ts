import type { ActivityAction, ActivityEntry } from '../activity/entry'
import type { ResetWindow } from '../password-reset/rules'
import type { PupilPassword } from '../passwords/hash'
import type { Institution, Pupil, Role, SchoolClass, Staff } from '../people'
import type { PupilSession } from '../pupil-session/rules'
import type { Session } from '../session/rules'
import type { StepUp, StepUpRequest } from '../step-up/rules'
import type { Instant } from '../time'

/** What was decided for one target of an action, kept so that a repeated request does nothing twice. */
export interface Decision {
  id: string
  refusal: string | null
}

/** An action that was carried out, under the key its sender chose. */
export interface CompletedAction {
  staffId: string
  key: string
  /** SHA-256 of method, path and body: the same key with another request is a mistake. */
  fingerprint: string
  decisions: Decision[]
  at: Instant
}

/** Whose entries somebody may see: own acts in one role, or all that belong to a school's log. */
export type ActivitySight = { actorId: string; actorRole: Role } | { institutionId: string }

/** Which entries of the log are wanted; what is not named leaves nothing out. */
export interface WantedActivity {
  sight: ActivitySight
  /** Everybody of the staff, every pupil, or one of them. */
  by?: 'staff' | 'pupils' | { actorId: string } | undefined
  /** Done to this pupil, or by. */
  pupilId?: string | undefined
  actions?: readonly ActivityAction[] | undefined
  outcome?: ActivityEntry['outcome'] | undefined
  /** The first moment. */
  from?: Instant | undefined
  /** The moment after the last. */
  until?: Instant | undefined
}

export interface ActivityPage {
  /** How many requests at most. */
  requests: number
  /** Those older than this request, by its id; an unknown one has nothing that is older. */
  olderThan?: string | undefined
}

/** A session of staff, and whose it is; nobody's where the person has been removed. */
export interface StaffSession {
  session: Session
  staff: Staff | null
}

/** A pupil, and all the classes that he or she is in, whoever teaches them. */
export interface EnrolledPupil {
  pupil: Pupil
  classIds: string[]
}

/** The latest that a pupil was given or has asked for; whether it still counts, its own rules say. */
export interface PupilState {
  resetWindow: ResetWindow | null
  stepUp: StepUp | null
  stepUpRequest: StepUpRequest | null
}

/** The school's data, in words of the domain. */
export interface Store {
  /**
   * What is there at one moment. It waits for nobody who writes, and nobody waits for it; what has been acknowledged is
   * seen.
   */
  read<T>(work: (unit: ReadOnlyUnit) => Promise<T>): Promise<T>
  /**
   * Everything read and written inside is one unit: all of it happens, or nothing, and units on the same data follow one
   * another.
   */
  transaction<T>(work: (unit: UnitOfWork) => Promise<T>): Promise<T>
}

/** How much of the database is in use at this moment. */
export interface DatabaseLoad {
  /** Connections, and those of them that nobody uses. */
  open: number
  idle: number
  /** Units of work that wait for one. */
  waiting: number
  /** How often units have begun anew since the start, as they had met another. */
  retries: number
}

/** Everything that can be looked up. */
export interface ReadOnlyUnit {
  /** Staff with these ids, the inactive too; unknown ids are left out. */
  staffByIds(ids: readonly string[]): Promise<Staff[]>
  staffByUsername(username: string): Promise<Staff | null>
  institutions(ids: readonly string[]): Promise<Institution[]>
  /** The institution whose local login solution has this domain, in lower case. */
  institutionByDomain(domain: string): Promise<Institution | null>

  /** The classes and groups in which the administrative system has this person as a teacher. */
  classesTaughtBy(staffId: string): Promise<SchoolClass[]>
  /** Classes and groups with these ids; unknown ids are left out. */
  classes(ids: readonly string[]): Promise<SchoolClass[]>
  /** All classes and groups of an institution; none where it does not exist. */
  classesOfInstitution(institutionId: string): Promise<SchoolClass[]>
  /** The active staff who are teachers of each of these classes in the administrative system. */
  teachersOfClasses(classIds: readonly string[]): Promise<Map<string, Staff[]>>
  /** Active pupils of an institution, each once: registered there, or enrolled in any of its classes. */
  pupilsOfInstitution(institutionId: string): Promise<EnrolledPupil[]>
  /** The ids of the institutions of each of these pupils, by the same measure. */
  institutionsOfPupils(pupilIds: readonly string[]): Promise<Map<string, string[]>>
  /** Active pupils enrolled in any of these classes, each once. */
  pupilsInClasses(classIds: readonly string[]): Promise<EnrolledPupil[]>
  /** Active pupils with these ids, and where they are enrolled; unknown ids are left out. */
  enrolledPupils(ids: readonly string[]): Promise<EnrolledPupil[]>
  /** Active pupils with these ids; unknown ids are left out. */
  pupils(ids: readonly string[]): Promise<Pupil[]>
  /** The active pupil with exactly this username. */
  pupilByUsername(username: string): Promise<Pupil | null>
  /** All classes of each of these pupils, whoever teaches them. */
  classesOfPupils(pupilIds: readonly string[]): Promise<Map<string, SchoolClass[]>>

  /** A pupil's passwords, newest first: at least the latest five. */
  passwordsOf(pupilId: string): Promise<PupilPassword[]>
  /** The state of each of these pupils who has one. */
  statesOf(pupilIds: readonly string[]): Promise<Map<string, PupilState>>
  /** The latest window of each pupil who has had one. */
  resetWindows(pupilIds: readonly string[]): Promise<Map<string, ResetWindow>>
  /** The latest step-up of each pupil who has had one. */
  stepUps(pupilIds: readonly string[]): Promise<Map<string, StepUp>>
  /** The latest request of each pupil who has made one. */
  stepUpRequests(pupilIds: readonly string[]): Promise<Map<string, StepUpRequest>>
  stepUpRequestsById(ids: readonly string[]): Promise<StepUpRequest[]>

  /** By the hash of its secret. */
  session(tokenHash: string): Promise<StaffSession | null>
  pupilSession(tokenHash: string): Promise<PupilSession | null>
  /** The sessions of a pupil that nobody has ended; some may have run out. */
  pupilSessionsOf(pupilId: string): Promise<PupilSession[]>
  completedAction(staffId: string, key: string): Promise<CompletedAction | null>
  /** What is in a bucket from after `since`, oldest first: one sum for each moment, and none that is nothing. */
  bucketSince(bucket: string, since: Instant): Promise<{ at: Instant; count: number }[]>

  /**
   * The entries that are wanted, those of one request together, in the order in which they were added; the newest
   * request first.
   */
  activityByRequest(wanted: WantedActivity, page: ActivityPage): Promise<ActivityEntry[][]>
  /** The ids of the staff who have acted within this sight. */
  staffInActivity(sight: ActivitySight): Promise<string[]>
  /** The activity log, oldest first. */
  activity(): Promise<ActivityEntry[]>
}

/** One unit of work: what it writes, it also finds. */
export interface UnitOfWork extends ReadOnlyUnit {
  savePupil(pupil: Pupil): Promise<void>
  /** Adds a password as the newest. */
  savePassword(password: PupilPassword): Promise<void>
  saveResetWindow(window: ResetWindow): Promise<void>
  saveStepUp(stepUp: StepUp): Promise<void>
  saveStepUpRequest(request: StepUpRequest): Promise<void>
  saveSession(session: Session): Promise<void>
  savePupilSession(session: PupilSession): Promise<void>
  saveCompletedAction(action: CompletedAction): Promise<void>
  /** Adds `count` to a limit's bucket; a negative one takes back what was added at the same moment. */
  addToBucket(bucket: string, count: number, at: Instant): Promise<void>
  appendActivity(entries: readonly ActivityEntry[]): Promise<void>
}
