import { describe, expect, test } from 'vitest'
import type { ActivityEntry } from '../../server/activity/entry'
import { openWindow } from '../../server/password-reset/rules'
import type { PupilPassword } from '../../server/passwords/hash'
import type { Pupil, SchoolClass, Staff } from '../../server/people'
import { type PupilSession, sessionByWindow } from '../../server/pupil-session/rules'
import type { Session } from '../../server/session/rules'
import { type StepUpRequest, startStepUp } from '../../server/step-up/rules'
import type { SchoolData } from '../../server/store/memory'
import type {
  ActivityPage,
  EnrolledPupil,
  ReadOnlyUnit,
  Store,
  UnitOfWork,
  WantedActivity,
} from '../../server/store/store'
import { seconds } from '../../server/time'
import { blockSince, emptySchool, NOW, ordinaryPupil } from '../rules/ordinary-pupil'

/** What a school in a store may be asked for; opened anew for each test. */
export type OpenStore = (school: SchoolData) => Promise<Store>

const classAt = (id: string, institutionId: string): SchoolClass => ({
  id,
  institutionId,
  kind: 'class',
  name: id,
  year: 2,
})
const pupil = (id: string, special: Partial<Pupil> = {}) =>
  ordinaryPupil({ id, username: `${id}0000`, ...special })
const lone: Staff = {
  id: 's-1',
  username: 'lone4821',
  name: 'Lone',
  roles: [{ institutionId: 'oak', role: 'teacher' }],
  active: true,
}
const left: Staff = { id: 's-2', username: 'left0000', name: 'Left', roles: [], active: false }

const school: SchoolData = {
  ...emptySchool,
  institutions: [
    { id: 'oak', name: 'Oak', localLoginDomain: 'oak.example' },
    { id: 'ash', name: 'Ash' },
  ],
  classes: [classAt('2a', 'oak'), classAt('2b', 'oak'), classAt('2x', 'ash')],
  staff: [lone, left],
  pupils: [
    pupil('p-1'),
    pupil('p-2'),
    pupil('p-3'),
    pupil('p-new'),
    pupil('p-gone', { active: false }),
    pupil('p-left', { active: false }),
  ],
  teaching: [
    { staffId: 's-1', classId: '2a' },
    { staffId: 's-1', classId: '2x' },
    { staffId: 's-2', classId: '2a' },
  ],
  enrolments: [
    { pupilId: 'p-1', classId: '2a' },
    { pupilId: 'p-1', classId: '2b' },
    { pupilId: 'p-2', classId: '2b' },
    { pupilId: 'p-3', classId: '2x' },
    { pupilId: 'p-gone', classId: '2a' },
  ],
  registrations: [
    { pupilId: 'p-new', institutionId: 'oak' },
    { pupilId: 'p-1', institutionId: 'oak' },
    { pupilId: 'p-3', institutionId: 'oak' },
    { pupilId: 'p-left', institutionId: 'oak' },
  ],
}

const session: Session = {
  tokenHash: 'hash-1',
  ref: 'ref-1',
  staffId: 's-1',
  secondFactorAt: null,
  sentCode: null,
  startedAt: NOW,
  lastActiveAt: NOW,
  endedAt: null,
}

const request = (id: string, after: number, rest: Partial<StepUpRequest> = {}): StepUpRequest => ({
  id,
  pupilId: 'p-1',
  service: 'aula',
  checkCode: '47',
  requestedAt: NOW + seconds(after),
  outcome: null,
  ...rest,
})

const entry = (requestId: string, rest: Partial<ActivityEntry> = {}): ActivityEntry => ({
  at: NOW,
  actorId: 's-1',
  actorRole: 'teacher',
  action: 'stepUp',
  outcome: 'done',
  reason: null,
  pupilId: 'p-1',
  institutionIds: ['oak'],
  requestId,
  source: 'page',
  ...rest,
})

const completed = (staffId: string, key: string, fingerprint = 'print') => ({
  staffId,
  key,
  fingerprint,
  decisions: [
    { id: 'p-1', refusal: null },
    { id: 'p-2', refusal: 'blocked' },
  ],
  at: NOW,
})

const password = (hash: string, after: number, pupilId = 'p-1'): PupilPassword => ({
  pupilId,
  policy: 'indskoling',
  hash,
  setAt: NOW + seconds(after),
})

const pupilSession = (name: string, rest: Partial<PupilSession> = {}): PupilSession => ({
  ...sessionByWindow(pupil('p-1'), { tokenHash: `hash-${name}`, ref: `ref-${name}` }, NOW),
  ...rest,
})

const idsOf = (rows: readonly { id: string }[]) => rows.map(({ id }) => id)
const pupilIdsOf = (found: readonly EnrolledPupil[]) => idsOf(found.map(({ pupil }) => pupil))

/** Gives the others a chance to get in between. */
const pause = () => new Promise<void>((resolve) => setImmediate(resolve))

/** What every store promises, whatever it keeps its rows in. */
export function storeContract(name: string, open: OpenStore) {
  const within = async <T>(work: (unit: UnitOfWork) => Promise<T>, data: SchoolData = school) =>
    (await open(data)).transaction(work)

  describe(`${name}: people and classes`, () => {
    test('finds staff by exact username, the inactive too, and nobody else', async () => {
      await within(async (unit) => {
        expect(await unit.staffByUsername('lone4821')).toEqual(lone)
        expect(await unit.staffByUsername('left0000')).toEqual(left)
        for (const nobody of ['LONE4821', 'lone4821 ', 'lone', '', 'p-10000', '%', '__proto__']) {
          expect(await unit.staffByUsername(nobody)).toBeNull()
        }
      })
    })

    test('finds institutions, each once, unknown ones left out', async () => {
      await within(async (unit) => {
        expect(idsOf(await unit.institutions(['ash', 'elm', 'ash', 'oak'])).toSorted()).toEqual([
          'ash',
          'oak',
        ])
        expect(await unit.institutions([])).toEqual([])
      })
    })

    test('finds the institution of a local login by its exact domain', async () => {
      await within(async (unit) => {
        expect((await unit.institutionByDomain('oak.example'))?.id).toBe('oak')
        for (const none of ['OAK.example', 'example', '', 'ash.example', 'undefined']) {
          expect(await unit.institutionByDomain(none)).toBeNull()
        }
      })
    })

    test('finds an active pupil by exact username, and nobody else', async () => {
      await within(async (unit) => {
        expect(await unit.pupilByUsername('p-10000')).toEqual(pupil('p-1'))
        for (const nobody of ['P-10000', 'p-1', '', 'lone4821', 'p-gone0000', '__proto__']) {
          expect(await unit.pupilByUsername(nobody)).toBeNull()
        }
        await unit.savePupil(pupil('p-1', { name: 'Renamed' }))
        expect((await unit.pupilByUsername('p-10000'))?.name).toBe('Renamed')
      })
    })

    test('finds the classes somebody teaches', async () => {
      await within(async (unit) => {
        expect(idsOf(await unit.classesTaughtBy('s-1')).toSorted()).toEqual(['2a', '2x'])
        expect(idsOf(await unit.classesTaughtBy('s-2'))).toEqual(['2a'])
        expect(await unit.classesTaughtBy('nobody')).toEqual([])
      })
    })

    test('finds staff by ids, the inactive too, each once, unknown ones left out', async () => {
      await within(async (unit) => {
        const found = await unit.staffByIds(['s-2', 's-1', 's-2', 'p-1', 's-9'])
        expect(idsOf(found).toSorted()).toEqual(['s-1', 's-2'])
        expect(await unit.staffByIds([])).toEqual([])
      })
    })

    test('finds classes by id, each once, unknown ones left out', async () => {
      await within(async (unit) => {
        expect(idsOf(await unit.classes(['2x', '2a', '2z', '2x'])).toSorted()).toEqual(['2a', '2x'])
        expect(await unit.classes([])).toEqual([])
      })
    })

    test('finds all classes of an institution', async () => {
      await within(async (unit) => {
        expect(idsOf(await unit.classesOfInstitution('oak')).toSorted()).toEqual(['2a', '2b'])
        expect(idsOf(await unit.classesOfInstitution('ash'))).toEqual(['2x'])
        for (const none of ['elm', '', 'OAK', '__proto__']) {
          expect(await unit.classesOfInstitution(none)).toEqual([])
        }
      })
    })

    test('finds the active teachers of classes', async () => {
      await within(async (unit) => {
        const found = await unit.teachersOfClasses(['2a', '2b', '2x', '2z'])
        expect(idsOf(found.get('2a') ?? [])).toEqual(['s-1'])
        expect(found.get('2b') ?? []).toEqual([])
        expect(idsOf(found.get('2x') ?? [])).toEqual(['s-1'])
        expect(found.get('2z') ?? []).toEqual([])
      })
    })

    test('finds the active pupils of an institution, each once: in a class, registered, or both', async () => {
      await within(async (unit) => {
        expect(pupilIdsOf(await unit.pupilsOfInstitution('oak')).toSorted()).toEqual([
          'p-1',
          'p-2',
          'p-3',
          'p-new',
        ])
        expect(pupilIdsOf(await unit.pupilsOfInstitution('ash'))).toEqual(['p-3'])
        expect(await unit.pupilsOfInstitution('elm')).toEqual([])
      })
    })

    test('finds the institutions of pupils by the same measure', async () => {
      await within(async (unit) => {
        const found = await unit.institutionsOfPupils(['p-1', 'p-3', 'p-new', 'p-nobody'])
        expect(found.get('p-1')).toEqual(['oak'])
        expect(found.get('p-3')?.toSorted()).toEqual(['ash', 'oak'])
        expect(found.get('p-new')).toEqual(['oak'])
        expect(found.get('p-nobody') ?? []).toEqual([])
      })
    })

    test('finds the active pupils of classes, each once', async () => {
      await within(async (unit) => {
        expect(pupilIdsOf(await unit.pupilsInClasses(['2a', '2b', '2a'])).toSorted()).toEqual(['p-1', 'p-2'])
        expect(await unit.pupilsInClasses(['2z'])).toEqual([])
        expect(await unit.pupilsInClasses([])).toEqual([])
      })
    })

    test('finds active pupils by id, each once, unknown ones left out', async () => {
      await within(async (unit) => {
        const found = await unit.pupils(['p-2', 'p-nobody', 'p-1', 'p-2', 'p-gone', 's-1'])
        expect(idsOf(found).toSorted()).toEqual(['p-1', 'p-2'])
        expect(await unit.pupils([])).toEqual([])
      })
    })

    test('finds active pupils with all their classes, whoever teaches them', async () => {
      await within(async (unit) => {
        const classesOf = (found: readonly EnrolledPupil[]) =>
          new Map(found.map(({ pupil, classIds }) => [pupil.id, classIds.toSorted()]))
        const asked = await unit.enrolledPupils(['p-1', 'p-3', 'p-new', 'p-nobody', 'p-gone', 'p-1'])
        const all = await unit.classesOfPupils(['p-1', 'p-3', 'p-new'])
        expect(classesOf(asked)).toEqual(
          new Map([...all].map(([id, classes]) => [id, idsOf(classes).toSorted()])),
        )
        expect(asked.find(({ pupil: { id } }) => id === 'p-1')?.pupil).toEqual(pupil('p-1'))
        expect(classesOf(await unit.pupilsInClasses(['2x'])).get('p-3')).toEqual(classesOf(asked).get('p-3'))
        expect(classesOf(await unit.pupilsOfInstitution('oak')).get('p-new')).toEqual([])
        expect(await unit.enrolledPupils([])).toEqual([])
      })
    })

    test('finds all classes of pupils, whoever teaches them', async () => {
      await within(async (unit) => {
        const found = await unit.classesOfPupils(['p-1', 'p-3', 'p-nobody'])
        expect(idsOf(found.get('p-1') ?? []).toSorted()).toEqual(['2a', '2b'])
        expect(idsOf(found.get('p-3') ?? [])).toEqual(['2x'])
        expect(found.get('p-nobody') ?? []).toEqual([])
        expect(found.get('p-2')).toBeUndefined()
      })
    })

    test('keeps a changed pupil', async () => {
      const store = await open(school)
      const changed = pupil('p-1', {
        block: { ...blockSince(NOW, NOW + seconds(9)), reason: { code: 'own', words: 'Æ "ø"' } },
        passwordSetAt: null,
        policyOverride: 'udskoling',
        policyNote: 'Aftalt med læreren',
      })
      await store.transaction((unit) => unit.savePupil(changed))
      expect(await store.transaction((unit) => unit.pupils(['p-1']))).toEqual([changed])
      expect(await store.transaction((unit) => unit.pupils(['p-2']))).toEqual([pupil('p-2')])
    })
  })

  describe(`${name}: windows and step-ups`, () => {
    test('has the latest window of each pupil who has had one', async () => {
      const earlier = openWindow('p-1', 's-1', NOW)
      const store = await open({ ...school, resetWindows: [earlier, openWindow('p-2', 's-1', NOW)] })
      const later = { ...openWindow('p-1', 's-2', NOW + seconds(1)), cancelledAt: NOW + seconds(2) }
      await store.transaction((unit) => unit.saveResetWindow(later))
      const found = await store.transaction((unit) => unit.resetWindows(['p-1', 'p-3']))
      expect([...found]).toEqual([['p-1', later]])
    })

    test('has the latest step-up of each pupil who has had one', async () => {
      const store = await open({ ...school, stepUps: [startStepUp('p-1', 's-1', NOW)] })
      const later = { ...startStepUp('p-1', 's-2', NOW + seconds(1)), endedAt: NOW + seconds(2) }
      await store.transaction((unit) => unit.saveStepUp(later))
      const found = await store.transaction((unit) => unit.stepUps(['p-3', 'p-1', 'p-1']))
      expect([...found]).toEqual([['p-1', later]])
    })

    test('has the latest request of each pupil, in whatever order they came', async () => {
      const store = await open({ ...school, stepUpRequests: [request('r-2', 20), request('r-1', 10)] })
      const latest = () =>
        store.transaction(async (unit) => (await unit.stepUpRequests(['p-1', 'p-2'])).get('p-1')?.id)
      expect(await latest()).toBe('r-2')
      await store.transaction((unit) => unit.saveStepUpRequest(request('r-0', 0)))
      expect(await latest()).toBe('r-2')
      await store.transaction((unit) => unit.saveStepUpRequest(request('r-3', 30)))
      expect(await latest()).toBe('r-3')
    })

    test('has the latest of each kind for the pupils who have one, in one answer', async () => {
      const resetWindow = openWindow('p-1', 's-1', NOW)
      const stepUp = startStepUp('p-2', 's-1', NOW)
      const later = request('r-2', 20)
      const store = await open({
        ...school,
        resetWindows: [resetWindow],
        stepUps: [stepUp],
        stepUpRequests: [later, request('r-1', 10)],
      })
      const found = await store.read((unit) => unit.statesOf(['p-2', 'p-1', 'p-3', 'p-nobody', 'p-1']))
      expect([...found].toSorted(([a], [b]) => a.localeCompare(b))).toEqual([
        ['p-1', { resetWindow, stepUp: null, stepUpRequest: later }],
        ['p-2', { resetWindow: null, stepUp, stepUpRequest: null }],
      ])
      expect(await store.read((unit) => unit.statesOf([]))).toEqual(new Map())
    })

    test('ends a request without making it the latest', async () => {
      const store = await open({ ...school, stepUpRequests: [request('r-1', 10), request('r-2', 20)] })
      const outcome = { decision: 'replaced', at: NOW } as const
      await store.transaction((unit) => unit.saveStepUpRequest(request('r-1', 10, { outcome })))
      await store.transaction(async (unit) => {
        expect((await unit.stepUpRequests(['p-1'])).get('p-1')).toEqual(request('r-2', 20))
        expect(await unit.stepUpRequestsById(['r-1'])).toEqual([request('r-1', 10, { outcome })])
      })
      await store.transaction((unit) => unit.saveStepUpRequest(request('r-2', 20, { outcome })))
      expect(await store.transaction((unit) => unit.stepUpRequests(['p-1']))).toEqual(
        new Map([['p-1', request('r-2', 20, { outcome })]]),
      )
    })

    test('finds requests by id, each once, unknown ones left out', async () => {
      const found = await within((unit) => unit.stepUpRequestsById(['r-2', 'r-9', 'r-1', 'r-2']), {
        ...school,
        stepUpRequests: [request('r-1', 10), request('r-2', 20)],
      })
      expect(idsOf(found).toSorted()).toEqual(['r-1', 'r-2'])
    })
  })

  describe(`${name}: sessions, repeated requests, limits and the log`, () => {
    test('keeps a session under the hash of its secret', async () => {
      const store = await open(school)
      const sentCode = { hash: 'code', sentAt: NOW, wrongTries: 2 }
      const ended = {
        ...session,
        secondFactorAt: NOW,
        sentCode,
        lastActiveAt: NOW + seconds(5),
        endedAt: NOW + seconds(6),
      }
      await store.transaction((unit) => unit.saveSession(session))
      expect(await store.transaction((unit) => unit.session('hash-1'))).toEqual({ session, staff: lone })
      await store.transaction((unit) => unit.saveSession(ended))
      expect(await store.transaction((unit) => unit.session('hash-1'))).toEqual({
        session: ended,
        staff: lone,
      })
      const nobodys = { ...session, tokenHash: 'hash-9', staffId: 's-9' }
      await store.transaction((unit) => unit.saveSession(nobodys))
      expect(await store.read((unit) => unit.session('hash-9'))).toEqual({ session: nobodys, staff: null })
      expect(await store.transaction((unit) => unit.session('hash-2'))).toBeNull()
      expect(await store.transaction((unit) => unit.session('ref-1'))).toBeNull()
    })

    test("keeps a pupil's session, and knows those that nobody has ended", async () => {
      const store = await open(school)
      const other = pupilSession('3', { pupilId: 'p-2' })
      const ended = pupilSession('2', { endedAt: NOW + seconds(1) })
      await store.transaction(async (unit) => {
        for (const row of [pupilSession('1'), pupilSession('2'), other]) await unit.savePupilSession(row)
        await unit.savePupilSession(ended)
        await unit.savePupilSession(pupilSession('1', { stage: 'signedIn', because: null }))
      })
      await store.transaction(async (unit) => {
        expect(await unit.pupilSession('hash-2')).toEqual(ended)
        expect(await unit.pupilSession('ref-2')).toBeNull()
        expect(await unit.session('hash-1')).toBeNull()
        expect(await unit.pupilSessionsOf('p-1')).toEqual([
          pupilSession('1', { stage: 'signedIn', because: null }),
        ])
        expect(await unit.pupilSessionsOf('p-2')).toEqual([other])
        expect(await unit.pupilSessionsOf('p-3')).toEqual([])
      })
    })

    test("keeps a pupil's latest five passwords at least, newest first", async () => {
      const store = await open({ ...school, passwords: [password('0', 0), password('other', 0, 'p-2')] })
      for (const after of [1, 2, 3, 4, 5]) {
        await store.transaction((unit) => unit.savePassword(password(String(after), after)))
      }
      await store.transaction(async (unit) => {
        const hashes = (await unit.passwordsOf('p-1')).map(({ hash }) => hash)
        expect(hashes.slice(0, 5)).toEqual(['5', '4', '3', '2', '1'])
        expect(await unit.passwordsOf('p-2')).toEqual([password('other', 0, 'p-2')])
        expect(await unit.passwordsOf('p-3')).toEqual([])
      })
    })

    test('keeps a carried-out action for its person and key', async () => {
      const store = await open(school)
      await store.transaction(async (unit) => {
        await unit.saveCompletedAction(completed('s-1', 'key-1'))
        await unit.saveCompletedAction(completed('s-2', 'key-1', 'other'))
      })
      await store.transaction(async (unit) => {
        expect(await unit.completedAction('s-1', 'key-1')).toEqual(completed('s-1', 'key-1'))
        expect(await unit.completedAction('s-2', 'key-1')).toEqual(completed('s-2', 'key-1', 'other'))
        expect(await unit.completedAction('s-1', 'key-2')).toBeNull()
      })
    })

    test('counts in buckets: what is younger than asked, oldest first, one sum for each moment', async () => {
      const store = await open(school)
      const add = (bucket: string, count: number, after: number) =>
        store.transaction((unit) => unit.addToBucket(bucket, count, NOW + seconds(after)))
      const since = (bucket: string, after: number) =>
        store.transaction((unit) => unit.bucketSince(bucket, NOW + seconds(after)))
      await add('one', 1, 30)
      await add('one', 2, 10)
      await add('one', 3, 10)
      await add('one', 4, 20)
      await add('one', -4, 20)
      await add('other', 9, 10)
      expect(await since('one', 0)).toEqual([
        { at: NOW + seconds(10), count: 5 },
        { at: NOW + seconds(30), count: 1 },
      ])
      expect(await since('one', 10)).toEqual([{ at: NOW + seconds(30), count: 1 }])
      expect(await since('one', 30)).toEqual([])
      expect(await since('other', 0)).toEqual([{ at: NOW + seconds(10), count: 9 }])
      expect(await since('none', 0)).toEqual([])
    })

    test('adds to the log, oldest first, and lets nobody take from it', async () => {
      const store = await open(school)
      const refused = entry('r-2', { actorId: null, pupilId: null, outcome: 'refused', reason: 'cross-site' })
      await store.transaction((unit) => unit.appendActivity([entry('r-1'), refused]))
      await store.transaction((unit) => unit.appendActivity([]))
      await store.transaction((unit) => unit.appendActivity([entry('r-3')]))
      const read = () => store.transaction((unit) => unit.activity())
      expect(await read()).toEqual([entry('r-1'), refused, entry('r-3')])
      const copy = await read()
      copy.length = 0
      expect(await read()).toHaveLength(3)
    })
  })

  describe(`${name}: asking the log`, () => {
    const pupilsAct = entry('r-4', { actorId: 'p-2', actorRole: 'pupil', pupilId: 'p-2', action: 'signIn' })
    const log = [
      entry('r-1', { at: NOW - seconds(1) }),
      entry('r-2'),
      entry('r-2', { pupilId: 'p-2', outcome: 'refused', reason: 'blocked' }),
      entry('r-2', { pupilId: 'p-3' }),
      entry('r-3', { institutionIds: ['ash'] }),
      pupilsAct,
      entry('r-5', { actorRole: 'userAdministrator', institutionIds: ['ash', 'oak'], action: 'setPolicy' }),
      entry('r-6', { actorId: null, actorRole: null, pupilId: null, institutionIds: [] }),
      entry('r-7', { actorId: 's-2', at: NOW + seconds(1) }),
    ]
    const oak = { institutionId: 'oak' } as const

    /** The requests that are found, each with the pupils of its entries. */
    async function found(wanted: WantedActivity, page: ActivityPage = { requests: 50 }) {
      const store = await open(school)
      for (const each of [log.slice(0, 1), log.slice(1, 4), ...log.slice(4).map((last) => [last])]) {
        await store.transaction((unit) => unit.appendActivity(each))
      }
      const requests = await store.transaction((unit) => unit.activityByRequest(wanted, page))
      return requests.map((entries) => [
        ...new Set(entries.map(({ requestId }) => requestId)),
        ...entries.map(({ pupilId }) => pupilId),
      ])
    }
    const ids = async (wanted: WantedActivity, page?: ActivityPage) =>
      (await found(wanted, page)).map(([id]) => id)

    test('a school sees what belongs to its log, newest first, each request as a whole and in order', async () => {
      expect(await found({ sight: oak })).toEqual([
        ['r-7', 'p-1'],
        ['r-5', 'p-1'],
        ['r-4', 'p-2'],
        ['r-2', 'p-1', 'p-2', 'p-3'],
        ['r-1', 'p-1'],
      ])
      expect(await ids({ sight: { institutionId: 'ash' } })).toEqual(['r-5', 'r-3'])
      expect(await ids({ sight: { institutionId: 'elm' } })).toEqual([])
    })

    test('a person sees own acts in one role', async () => {
      expect(await ids({ sight: { actorId: 's-1', actorRole: 'teacher' } })).toEqual(['r-3', 'r-2', 'r-1'])
      expect(await ids({ sight: { actorId: 's-1', actorRole: 'userAdministrator' } })).toEqual(['r-5'])
      expect(await ids({ sight: { actorId: 'p-1', actorRole: 'teacher' } })).toEqual([])
    })

    test('each part of what is wanted leaves out the rest', async () => {
      const want = (wanted: Partial<WantedActivity>) => ids({ sight: oak, ...wanted })
      expect(await want({ by: 'staff' })).toEqual(['r-7', 'r-5', 'r-2', 'r-1'])
      expect(await want({ by: 'pupils' })).toEqual(['r-4'])
      expect(await want({ by: { actorId: 's-2' } })).toEqual(['r-7'])
      expect(await want({ by: { actorId: 's-3' } })).toEqual([])
      expect(await found({ sight: oak, pupilId: 'p-2' })).toEqual([
        ['r-4', 'p-2'],
        ['r-2', 'p-2'],
      ])
      expect(await want({ actions: ['setPolicy', 'signIn'] })).toEqual(['r-5', 'r-4'])
      expect(await want({ actions: [] })).toEqual([])
      expect(await found({ sight: oak, outcome: 'refused' })).toEqual([['r-2', 'p-2']])
      expect(await want({ from: NOW })).toEqual(['r-7', 'r-5', 'r-4', 'r-2'])
      expect(await want({ from: NOW + 1 })).toEqual(['r-7'])
      expect(await want({ until: NOW })).toEqual(['r-1'])
      expect(await want({ until: NOW + 1 })).toEqual(['r-5', 'r-4', 'r-2', 'r-1'])
      expect(await want({ by: 'staff', pupilId: 'p-1', outcome: 'done', until: NOW })).toEqual(['r-1'])
    })

    test('pages follow one another without a gap, whatever each leaves out', async () => {
      expect(await found({ sight: oak }, { requests: 4 })).toHaveLength(4)
      expect(await found({ sight: oak }, { requests: 4, olderThan: 'r-7' })).toEqual([
        ['r-5', 'p-1'],
        ['r-4', 'p-2'],
        ['r-2', 'p-1', 'p-2', 'p-3'],
        ['r-1', 'p-1'],
      ])
      expect(await ids({ sight: oak }, { requests: 2, olderThan: 'r-2' })).toEqual(['r-1'])
      expect(await ids({ sight: oak, outcome: 'done' }, { requests: 2, olderThan: 'r-4' })).toEqual([
        'r-2',
        'r-1',
      ])
      expect(await ids({ sight: oak }, { requests: 2, olderThan: 'r-1' })).toEqual([])
    })

    test('a request out of sight marks no place', async () => {
      for (const unknown of ['r-3', 'r-6', 'r-9', '']) {
        expect(await ids({ sight: oak }, { requests: 9, olderThan: unknown })).toEqual([])
      }
    })

    test('knows who of the staff has acted', async () => {
      const store = await open(school)
      await store.transaction((unit) => unit.appendActivity(log))
      await store.transaction(async (unit) => {
        expect((await unit.staffInActivity(oak)).toSorted()).toEqual(['s-1', 's-2'])
        expect(await unit.staffInActivity({ institutionId: 'ash' })).toEqual(['s-1'])
        expect(await unit.staffInActivity({ institutionId: 'elm' })).toEqual([])
      })
    })
  })

  describe(`${name}: one unit of work`, () => {
    /** Writes something new into everything that can be written to. */
    async function writeEverything(unit: UnitOfWork, by: string, at = NOW) {
      await unit.savePupil(pupil('p-1', { name: by }))
      await unit.saveResetWindow(openWindow('p-1', by, at))
      await unit.saveStepUp(startStepUp('p-1', by, at))
      await unit.saveStepUpRequest(request('r-1', 10, { checkCode: by }))
      await unit.saveStepUpRequest(request(`r-${by}`, 40))
      await unit.saveSession({ ...session, ref: by })
      await unit.savePupilSession(pupilSession('1', { ref: by, endedAt: by === 'second' ? at : null }))
      await unit.savePassword(password(by, 0))
      await unit.saveCompletedAction(completed('s-1', 'key-1', by))
      await unit.addToBucket('one', 1, at)
      await unit.appendActivity([entry(by)])
    }

    const everything = (unit: ReadOnlyUnit) =>
      Promise.all([
        unit.pupils(['p-1']),
        unit.resetWindows(['p-1']),
        unit.stepUps(['p-1']),
        unit.stepUpRequests(['p-1']),
        unit.stepUpRequestsById(['r-1', 'r-first', 'r-second']),
        unit.session('hash-1'),
        unit.pupilSession('hash-1'),
        unit.pupilSessionsOf('p-1'),
        unit.passwordsOf('p-1'),
        unit.completedAction('s-1', 'key-1'),
        unit.bucketSince('one', 0),
        unit.activity(),
      ])

    test('answers what its work answers, and sees what it has written itself', async () => {
      const store = await open(school)
      const seen = await store.transaction(async (unit) => {
        await writeEverything(unit, 'first')
        return everything(unit)
      })
      expect(seen[0]).toEqual([pupil('p-1', { name: 'first' })])
      expect(await store.transaction(everything)).toEqual(seen)
      expect(await store.read(everything)).toEqual(seen)
    })

    test('whoever only looks sees what is finished, and not what is not', async () => {
      const store = await open(school)
      const start = await store.read(everything)
      let release = () => {}
      const waiting = new Promise<void>((resolve) => {
        release = resolve
      })
      const writing = store.transaction(async (unit) => {
        await writeEverything(unit, 'first')
        await waiting
      })
      const looking = store.read(async (unit) => {
        const before = await everything(unit)
        return { before, again: await everything(unit) }
      })
      await pause()
      release()
      await writing
      const { before, again } = await looking
      expect(again).toEqual(before)
      const end = await store.read(everything)
      expect(end[0]).toEqual([pupil('p-1', { name: 'first' })])
      // Whether it had to wait is the store's own affair.
      expect([start, end]).toContainEqual(before)
    })

    test.each([
      ['an empty store', false],
      ['what was there before', true],
    ])('that fails leaves nothing behind: %s', async (_, filled) => {
      const store = await open(school)
      if (filled) await store.transaction((unit) => writeEverything(unit, 'first'))
      const before = await store.transaction(everything)
      const failure = new Error('half-way')
      const failing = store.transaction(async (unit) => {
        await writeEverything(unit, 'second', NOW + seconds(1))
        await writeEverything(unit, 'second', NOW + seconds(2))
        throw failure
      })
      await expect(failing).rejects.toBe(failure)
      expect(await store.read(everything)).toEqual(before)
    })

    test('that fails stops no other', async () => {
      const store = await open(school)
      const failing = store.transaction(() => Promise.reject(new Error('first')))
      const throwing = store.transaction(() => {
        throw new Error('at once')
      })
      const fine = store.transaction((unit) => unit.pupils(['p-1']))
      // Whichever is over first.
      await Promise.all([
        expect(failing).rejects.toThrow('first'),
        expect(throwing).rejects.toThrow('at once'),
        expect(fine).resolves.toHaveLength(1),
      ])
    })

    test('follows another on the same data: of many at once, none overwrites what another wrote', async () => {
      const store = await open(school)
      const addOne = () =>
        store.transaction(async (unit) => {
          const [found] = await unit.pupils(['p-1'])
          const count = Number(found?.alias ?? 0)
          await pause()
          await unit.savePupil(pupil('p-1', { alias: String(count + 1) }))
          await pause()
          await unit.appendActivity([entry(String(count + 1))])
        })
      await Promise.all(Array.from({ length: 20 }, addOne))
      const [found] = await store.transaction((unit) => unit.pupils(['p-1']))
      expect(found?.alias).toBe('20')
      const log = await store.transaction((unit) => unit.activity())
      expect(log.map(({ requestId }) => Number(requestId))).toEqual(
        Array.from({ length: 20 }, (_, place) => place + 1),
      )
    })

    test('shows nobody what is not finished', async () => {
      const store = await open(school)
      let release = () => {}
      const waiting = new Promise<void>((resolve) => {
        release = resolve
      })
      const failing = store.transaction(async (unit) => {
        await unit.savePupil(pupil('p-1', { name: 'unfinished' }))
        await waiting
        throw new Error('never mind')
      })
      const looking = store.transaction((unit) => unit.pupils(['p-1']))
      await pause()
      release()
      await expect(failing).rejects.toThrow('never mind')
      expect(await looking).toEqual([pupil('p-1')])
    })
  })
}
