import type { ActivityEntry } from '../activity/entry'
import { endAccess } from '../block/end-access'
import type { ResetWindow } from '../password-reset/rules'
import { PASSWORDS_REMEMBERED, type PupilPassword } from '../passwords/hash'
import type { Institution, Pupil, SchoolClass, Staff } from '../people'
import type { PupilSession } from '../pupil-session/rules'
import type { RosterChanges, RosterLink, RosterTarget } from '../roster/target'
import type { Session } from '../session/rules'
import type { StepUp, StepUpRequest } from '../step-up/rules'
import type { Instant } from '../time'
import { activityByRequest, staffInActivity } from './memory-activity'
import { changedPeople, knownIn, type PeopleData, withoutWhoIsOver } from './memory-roster'
import type { CompletedAction, PupilState, Store, UnitOfWork } from './store'

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

/** A school in which there is nobody and nothing. */
export const noSchool: SchoolData = {
  institutions: [],
  classes: [],
  staff: [],
  pupils: [],
  teaching: [],
  enrolments: [],
  registrations: [],
  passwords: [],
  resetWindows: [],
  stepUps: [],
  stepUpRequests: [],
}

/** Everything a memory store holds, as plain data that survives being written down. */
export interface Snapshot extends SchoolData {
  rosterLinks: RosterLink[]
  sessions: Session[]
  pupilSessions: PupilSession[]
  completedActions: CompletedAction[]
  buckets: { bucket: string; hits: { at: Instant; count: number }[] }[]
  activity: ActivityEntry[]
}

export interface MemoryStore extends Store {
  readonly roster: RosterTarget
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

const peopleOf = ({
  institutions,
  classes,
  staff,
  pupils,
  teaching,
  enrolments,
  registrations,
  rosterLinks = [],
}: SchoolData & Partial<Snapshot>): PeopleData => ({
  institutions,
  classes,
  staff,
  pupils,
  teaching,
  enrolments,
  registrations,
  rosterLinks,
})

/** The people, and who is where, by everything that they are asked for by. */
const findable = (data: PeopleData) => ({
  data,
  institutions: byKey(data.institutions, (row) => row.id),
  classes: byKey(data.classes, (row) => row.id),
  staff: byKey(data.staff, (row) => row.id),
  staffByUsername: byKey(data.staff, (row) => row.username),
  pupils: byKey(data.pupils, (row) => row.id),
  pupilIdByUsername: new Map(data.pupils.map((row) => [row.username, row.id])),
  taughtBy: grouped(data.teaching, (row) => row.staffId),
  enrolmentsOfClass: grouped(data.enrolments, (row) => row.classId),
  teachersOf: grouped(data.teaching, (row) => row.classId),
  classesAt: grouped(data.classes, (row) => row.institutionId),
  registeredAt: grouped(data.registrations, (row) => row.institutionId),
  registrationsOf: grouped(data.registrations, (row) => row.pupilId),
  enrolmentsOfPupil: grouped(data.enrolments, (row) => row.pupilId),
})

/** A store in memory, for the demo and the tests. Rows are replaced, never changed in place. */
export function createMemoryStore(school: SchoolData & Partial<Snapshot>): MemoryStore {
  // An import puts others in their place.
  let people = findable(peopleOf(school))
  const passwords = grouped(school.passwords, (row) => row.pupilId)
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
    const classesById = (ids: Iterable<string>) => [...pick(people.classes, [...ids]).values()]
    const enrolledIn = (classIds: readonly string[]) =>
      classIds.flatMap((id) => (people.enrolmentsOfClass.get(id) ?? []).map((row) => row.pupilId))
    const classIdsOf = (pupilId: string) =>
      (people.enrolmentsOfPupil.get(pupilId) ?? []).map(({ classId }) => classId)
    const classesOf = (pupilId: string) => classesById(classIdsOf(pupilId))
    const active = (ids: Iterable<string>) =>
      [...pick(people.pupils, [...new Set(ids)]).values()].filter((pupil) => pupil.active)
    const enrolled = (ids: Iterable<string>) =>
      active(ids).map((pupil) => ({ pupil, classIds: classIdsOf(pupil.id) }))

    return {
      staffByIds: async (ids) => [...pick(people.staff, ids).values()],
      staffByUsername: async (username) => people.staffByUsername.get(username) ?? null,
      institutions: async (ids) => [...pick(people.institutions, ids).values()],
      institutionByDomain: async (domain) =>
        [...people.institutions.values()].find((row) => row.localLoginDomain === domain) ?? null,
      classesTaughtBy: async (staffId) =>
        classesById((people.taughtBy.get(staffId) ?? []).map((row) => row.classId)),
      classes: async (ids) => classesById(ids),
      classesOfInstitution: async (institutionId) => [...(people.classesAt.get(institutionId) ?? [])],
      teachersOfClasses: async (classIds) =>
        new Map(
          classIds.map((id) => {
            const teachers = pick(
              people.staff,
              (people.teachersOf.get(id) ?? []).map((row) => row.staffId),
            )
            return [id, [...teachers.values()].filter((teacher) => teacher.active)]
          }),
        ),
      pupilsOfInstitution: async (institutionId) =>
        enrolled([
          ...enrolledIn((people.classesAt.get(institutionId) ?? []).map((row) => row.id)),
          ...(people.registeredAt.get(institutionId) ?? []).map((row) => row.pupilId),
        ]),
      institutionsOfPupils: async (pupilIds) =>
        new Map(
          pupilIds.map((id) => {
            const places = [...classesOf(id), ...(people.registrationsOf.get(id) ?? [])]
            return [id, [...new Set(places.map((place) => place.institutionId))]]
          }),
        ),
      pupilsInClasses: async (classIds) => enrolled(enrolledIn(classIds)),
      enrolledPupils: async (ids) => enrolled(ids),
      pupils: async (ids) => active(ids),
      pupilByUsername: async (username) => active([people.pupilIdByUsername.get(username) ?? ''])[0] ?? null,
      savePupil: async (pupil) => put(people.pupils, pupil.id, pupil),
      classesOfPupils: async (pupilIds) => new Map(pupilIds.map((id) => [id, classesOf(id)])),
      passwordsOf: async (pupilId) => (passwords.get(pupilId) ?? []).toReversed(),
      savePassword: async (password) => {
        const before = passwords.get(password.pupilId) ?? []
        put(passwords, password.pupilId, [...before, password].slice(-PASSWORDS_REMEMBERED))
      },
      statesOf: async (pupilIds) => {
        const states = new Map<string, PupilState>()
        for (const id of pupilIds) {
          const resetWindow = resetWindows.get(id) ?? null
          const stepUp = stepUps.get(id) ?? null
          const stepUpRequest = latestRequests.get(id) ?? null
          if (resetWindow || stepUp || stepUpRequest) states.set(id, { resetWindow, stepUp, stepUpRequest })
        }
        return states
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
      session: async (tokenHash) => {
        const session = sessions.get(tokenHash)
        return session ? { session, staff: people.staff.get(session.staffId) ?? null } : null
      },
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

  /** Takes away all that was given to a pupil who is removed. */
  function forget(pupilId: string, undo: Undo): void {
    const drop = <T>(table: Map<string, T>, key: string) => {
      const before = table.get(key)
      if (before === undefined) return
      undo.push(() => table.set(key, before))
      table.delete(key)
    }
    for (const table of [passwords, resetWindows, stepUps, latestRequests, openPupilSessions]) {
      drop<unknown>(table, pupilId)
    }
    for (const { id } of [...stepUpRequests.values()].filter((row) => row.pupilId === pupilId)) {
      drop(stepUpRequests, id)
    }
    for (const { tokenHash } of [...pupilSessions.values()].filter((row) => row.pupilId === pupilId)) {
      drop(pupilSessions, tokenHash)
    }
  }

  /** The people as they are now: pupils change one by one. */
  const peopleNow = (): PeopleData => ({ ...people.data, pupils: [...people.pupils.values()] })

  function changePeople(changes: RosterChanges, undo: Undo): void {
    const before = people
    undo.push(() => {
      people = before
    })
    people = findable(changedPeople(peopleNow(), changes))
    for (const pupilId of changes.removed.pupilIds) forget(pupilId, undo)
  }

  let queue: Promise<unknown> = Promise.resolve()

  /** One unit after the other; what a failed one has written is undone. */
  function inTurn<T>(work: (undo: Undo) => Promise<T>): Promise<T> {
    const run = async () => {
      const undo: Undo = []
      try {
        return await work(undo)
      } catch (error) {
        for (const step of undo.reverse()) step()
        throw error
      }
    }
    const result = queue.then(run, run)
    queue = result.catch(() => undefined)
    return result
  }

  return {
    read: (work) => inTurn((undo) => work(unitOfWork(undo))),
    transaction: (work) => inTurn((undo) => work(unitOfWork(undo))),
    roster: {
      change: (source, work) =>
        inTurn((undo) =>
          work({
            ...knownIn(peopleNow(), source),
            usernameHolders: async (usernames) => {
              const holders = new Map<string, string>()
              for (const username of usernames) {
                const id = people.pupilIdByUsername.get(username) ?? people.staffByUsername.get(username)?.id
                if (id !== undefined) holders.set(username, id)
              }
              return holders
            },
            async apply(changes, told, now, written) {
              const unit = unitOfWork(undo)
              for (const pupilId of changes.gonePupilIds) await endAccess(unit, pupilId, now)
              changePeople(changes, undo)
              await unit.appendActivity(told)
              written(1)
            },
          }),
        ),
      removeWhoIsOver: (now) =>
        inTurn(async (undo) => changePeople(withoutWhoIsOver(people.data.rosterLinks, now), undo)),
    },
    snapshot: () => ({
      ...peopleNow(),
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
