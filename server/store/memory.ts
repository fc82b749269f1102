import type { ActivityEntry } from '../activity/entry'
import type { ResetWindow } from '../password-reset/rules'
import { PASSWORDS_REMEMBERED, type PupilPassword } from '../passwords/hash'
import type { Institution, Pupil, SchoolClass, Staff } from '../people'
import type { PupilSession } from '../pupil-session/rules'
import type { Session } from '../session/rules'
import type { StepUp, StepUpRequest } from '../step-up/rules'
import type { Instant } from '../time'
import { activityByRequest, staffInActivity } from './memory-activity'
import type { CompletedAction, Store, UnitOfWork } from './store'

/** A school as the administrative system delivers it, and what has happened in it. */
export interface SchoolData {
  institutions: Institution[]
  classes: SchoolClass[]
  staff: Staff[]
  pupils: Pupil[]
  teaching: { staffId: string; classId: string }[]
  enrolments: { pupilId: string; classId: string }[]
  /** Pupils whom the school has without their being in any class. */
  registrations: { pupilId: string; institutionId: string }[]
  /** Newest last. */
  passwords: PupilPassword[]
  resetWindows: ResetWindow[]
  stepUps: StepUp[]
  stepUpRequests: StepUpRequest[]
}

/** Everything a memory store holds, as plain data that survives being written down. */
export interface Snapshot extends SchoolData {
  sessions: Session[]
  pupilSessions: PupilSession[]
  completedActions: CompletedAction[]
  buckets: { bucket: string; hits: { at: Instant; count: number }[] }[]
  activity: ActivityEntry[]
}

export interface MemoryStore extends Store {
  snapshot(): Snapshot
}

/** Undoes what a failed unit of work has written, last first. */
type Undo = (() => void)[]

const actionKey = (staffId: string, key: string) => `${staffId} ${key}`

const byKey = <T>(items: readonly T[], key: (item: T) => string) =>
  new Map(items.map((item) => [key(item), item]))

const byRequestedAt = (a: StepUpRequest, b: StepUpRequest) => a.requestedAt - b.requestedAt

function grouped<T>(items: readonly T[], key: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>()
  for (const item of items) {
    const group = groups.get(key(item))
    if (group) group.push(item)
    else groups.set(key(item), [item])
  }
  return groups
}

function pick<T>(table: ReadonlyMap<string, T>, keys: readonly string[]): Map<string, T> {
  const found = new Map<string, T>()
  for (const key of keys) {
    const row = table.get(key)
    if (row !== undefined) found.set(key, row)
  }
  return found
}

/** A store in memory, for the demo and the tests. Rows are replaced, never changed in place. */
export function createMemoryStore(school: SchoolData & Partial<Snapshot>): MemoryStore {
  const institutions = byKey(school.institutions, (row) => row.id)
  const classes = byKey(school.classes, (row) => row.id)
  const staff = byKey(school.staff, (row) => row.id)
  const staffByUsername = byKey(school.staff, (row) => row.username)
  const pupils = byKey(school.pupils, (row) => row.id)
  const pupilIdByUsername = new Map(school.pupils.map((row) => [row.username, row.id]))
  const passwords = grouped(school.passwords, (row) => row.pupilId)
  const taughtBy = grouped(school.teaching, (row) => row.staffId)
  const enrolmentsOfClass = grouped(school.enrolments, (row) => row.classId)
  const teachersOf = grouped(school.teaching, (row) => row.classId)
  const classesAt = grouped(school.classes, (row) => row.institutionId)
  const registeredAt = grouped(school.registrations, (row) => row.institutionId)
  const registrationsOf = grouped(school.registrations, (row) => row.pupilId)
  const enrolmentsOfPupil = grouped(school.enrolments, (row) => row.pupilId)
  const resetWindows = byKey(school.resetWindows, (row) => row.pupilId)
  const stepUps = byKey(school.stepUps, (row) => row.pupilId)
  const stepUpRequests = byKey(school.stepUpRequests, (row) => row.id)
  const latestRequests = byKey(school.stepUpRequests.toSorted(byRequestedAt), (row) => row.pupilId)
  const sessions = byKey(school.sessions ?? [], (row) => row.tokenHash)
  const pupilSessions = byKey(school.pupilSessions ?? [], (row) => row.tokenHash)
  const openPupilSessions = grouped(
    (school.pupilSessions ?? []).filter((row) => row.endedAt === null),
    (row) => row.pupilId,
  )
  const completedActions = byKey(school.completedActions ?? [], (row) => actionKey(row.staffId, row.key))
  const buckets = new Map((school.buckets ?? []).map((row) => [row.bucket, row.hits]))
  const activity: ActivityEntry[] = [...(school.activity ?? [])]

  function unitOfWork(undo: Undo): UnitOfWork {
    const put = <T>(table: Map<string, T>, key: string, row: T) => {
      const before = table.get(key)
      undo.push(() => (before === undefined ? table.delete(key) : table.set(key, before)))
      table.set(key, row)
    }
    const classesById = (ids: Iterable<string>) => [...pick(classes, [...ids]).values()]
    const enrolledIn = (classIds: readonly string[]) =>
      classIds.flatMap((id) => (enrolmentsOfClass.get(id) ?? []).map((row) => row.pupilId))
    const classesOf = (pupilId: string) =>
      classesById((enrolmentsOfPupil.get(pupilId) ?? []).map((row) => row.classId))
    const active = (ids: Iterable<string>) =>
      [...pick(pupils, [...new Set(ids)]).values()].filter((pupil) => pupil.active)

    return {
      staffById: async (id) => staff.get(id) ?? null,
      staffByIds: async (ids) => [...pick(staff, ids).values()],
      staffByUsername: async (username) => staffByUsername.get(username) ?? null,
      institutions: async (ids) => [...pick(institutions, ids).values()],
      institutionByDomain: async (domain) =>
        [...institutions.values()].find((row) => row.localLoginDomain === domain) ?? null,
      classesTaughtBy: async (staffId) =>
        classesById((taughtBy.get(staffId) ?? []).map((row) => row.classId)),
      classesOfInstitution: async (institutionId) => [...(classesAt.get(institutionId) ?? [])],
      teachersOfClasses: async (classIds) =>
        new Map(
          classIds.map((id) => {
            const teachers = pick(
              staff,
              (teachersOf.get(id) ?? []).map((row) => row.staffId),
            )
            return [id, [...teachers.values()].filter((teacher) => teacher.active)]
          }),
        ),
      pupilsOfInstitution: async (institutionId) =>
        active([
          ...enrolledIn((classesAt.get(institutionId) ?? []).map((row) => row.id)),
          ...(registeredAt.get(institutionId) ?? []).map((row) => row.pupilId),
        ]),
      institutionsOfPupils: async (pupilIds) =>
        new Map(
          pupilIds.map((id) => {
            const places = [...classesOf(id), ...(registrationsOf.get(id) ?? [])]
            return [id, [...new Set(places.map((place) => place.institutionId))]]
          }),
        ),
      pupilsInClasses: async (classIds) => active(enrolledIn(classIds)),
      pupils: async (ids) => active(ids),
      pupilByUsername: async (username) => active([pupilIdByUsername.get(username) ?? ''])[0] ?? null,
      savePupil: async (pupil) => put(pupils, pupil.id, pupil),
      classesOfPupils: async (pupilIds) => new Map(pupilIds.map((id) => [id, classesOf(id)])),
      passwordsOf: async (pupilId) => (passwords.get(pupilId) ?? []).toReversed(),
      savePassword: async (password) => {
        const before = passwords.get(password.pupilId) ?? []
        put(passwords, password.pupilId, [...before, password].slice(-PASSWORDS_REMEMBERED))
      },
      resetWindows: async (pupilIds) => pick(resetWindows, pupilIds),
      saveResetWindow: async (window) => put(resetWindows, window.pupilId, window),
      stepUps: async (pupilIds) => pick(stepUps, pupilIds),
      saveStepUp: async (stepUp) => put(stepUps, stepUp.pupilId, stepUp),
      stepUpRequests: async (pupilIds) => pick(latestRequests, pupilIds),
      stepUpRequestsById: async (ids) => [...pick(stepUpRequests, ids).values()],
      saveStepUpRequest: async (request) => {
        put(stepUpRequests, request.id, request)
        const latest = latestRequests.get(request.pupilId)
        if (!latest || latest.id === request.id || latest.requestedAt <= request.requestedAt) {
          put(latestRequests, request.pupilId, request)
        }
      },
      session: async (tokenHash) => sessions.get(tokenHash) ?? null,
      saveSession: async (session) => put(sessions, session.tokenHash, session),
      pupilSession: async (tokenHash) => pupilSessions.get(tokenHash) ?? null,
      pupilSessionsOf: async (pupilId) => openPupilSessions.get(pupilId) ?? [],
      savePupilSession: async (session) => {
        put(pupilSessions, session.tokenHash, session)
        const others = (openPupilSessions.get(session.pupilId) ?? []).filter(
          ({ tokenHash }) => tokenHash !== session.tokenHash,
        )
        put(openPupilSessions, session.pupilId, session.endedAt === null ? [...others, session] : others)
      },
      completedAction: async (staffId, key) => completedActions.get(actionKey(staffId, key)) ?? null,
      saveCompletedAction: async (action) =>
        put(completedActions, actionKey(action.staffId, action.key), action),
      addToBucket: async (bucket, count, at) => {
        const hits = buckets.get(bucket) ?? []
        const total = count + (hits.find((hit) => hit.at === at)?.count ?? 0)
        const others = hits.filter((hit) => hit.at !== at)
        const all = total === 0 ? others : [...others, { at, count: total }].toSorted((a, b) => a.at - b.at)
        put(buckets, bucket, all)
      },
      bucketSince: async (bucket, since) => {
        const recent = (buckets.get(bucket) ?? []).filter((hit) => hit.at > since)
        put(buckets, bucket, recent)
        return recent
      },
      appendActivity: async (entries) => {
        const before = activity.length
        undo.push(() => activity.splice(before))
        activity.push(...entries)
      },
      activityByRequest: async (wanted, page) => activityByRequest(activity, wanted, page),
      staffInActivity: async (sight) => staffInActivity(activity, sight),
      activity: async () => [...activity],
    }
  }

  let queue: Promise<unknown> = Promise.resolve()

  return {
    transaction(work) {
      const run = async () => {
        const undo: Undo = []
        try {
          return await work(unitOfWork(undo))
        } catch (error) {
          for (const step of undo.reverse()) step()
          throw error
        }
      }
      const result = queue.then(run, run)
      queue = result.catch(() => undefined)
      return result
    },
    snapshot: () => ({
      institutions: [...institutions.values()],
      classes: [...classes.values()],
      staff: [...staff.values()],
      pupils: [...pupils.values()],
      teaching: school.teaching,
      enrolments: school.enrolments,
      registrations: school.registrations,
      passwords: [...passwords.values()].flat(),
      resetWindows: [...resetWindows.values()],
      stepUps: [...stepUps.values()],
      stepUpRequests: [...stepUpRequests.values()].sort(byRequestedAt),
      sessions: [...sessions.values()],
      pupilSessions: [...pupilSessions.values()],
      completedActions: [...completedActions.values()],
      buckets: [...buckets].map(([bucket, hits]) => ({ bucket, hits })),
      activity: [...activity],
    }),
  }
}
