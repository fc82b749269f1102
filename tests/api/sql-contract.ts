import { describe, expect, test, vi } from 'vitest'
import type { ActivityEntry } from '../../server/activity/entry'
import { nodeSealing } from '../../server/node-activity-seal'
import { openWindow, RESET_OUTCOME_SHOWN, RESET_WINDOW } from '../../server/password-reset/rules'
import { sessionByWindow } from '../../server/pupil-session/rules'
import { GONE_KEPT } from '../../server/roster/rules'
import { SESSION_ABSOLUTE, type Session } from '../../server/session/rules'
import {
  STEP_UP,
  STEP_UP_REQUEST_LIFETIME,
  type StepUpRequest,
  startStepUp,
} from '../../server/step-up/rules'
import type { Database } from '../../server/store/sql/database'
import { unitOver } from '../../server/store/sql/store'
import { FIRST_UPKEEP, keepUp, takeOutWhatIsOver, UPKEEP } from '../../server/store/sql/upkeep'
import { type Duration, days, type Instant, type Timer } from '../../server/time'
import { emptySchool, MOMENT, NOW, ordinaryPupil } from '../rules/ordinary-pupil'
import { rosterStoreOver, storeOver } from './sql-databases'

const school = { ...emptySchool, pupils: [ordinaryPupil()] }

const entry: ActivityEntry = {
  at: NOW,
  actorId: 's-1',
  actorRole: 'teacher',
  action: 'stepUp',
  outcome: 'done',
  reason: null,
  pupilId: 'p-1',
  institutionIds: ['oak'],
  requestId: 'r-1',
  source: 'page',
}

/** What a database promises beyond the store's contract. */
export function sqlContract(name: string, database: Database) {
  describe(`${name}: the database`, () => {
    test.each([
      `update activity set reason = 'nothing'`,
      'delete from activity',
      'truncate activity, activity_of_schools',
      `update activity_of_schools set institution_id = 'elsewhere'`,
      'delete from activity_of_schools',
    ])('lets nobody change the activity log: %s', async (statement) => {
      const store = await storeOver(database, school)
      await store.transaction((unit) => unit.appendActivity([entry]))
      await expect(database.unit(({ run }) => run(statement))).rejects.toThrow('only ever added to')
      expect(await store.transaction((unit) => unit.activity())).toEqual([entry])
      const oak = { sight: { institutionId: 'oak' } }
      expect(await store.transaction((unit) => unit.activityByRequest(oak, { requests: 9 }))).toEqual([
        [entry],
      ])
    })

    test('takes whatever signs people send, and keeps what it can', async () => {
      const store = await storeOver(database, school)
      const odd = 'a\0b\uD800c"\\\'$1 {,} 😀'
      const kept = 'a\uFFFDb\uFFFDc"\\\'$1 {,} 😀'
      await store.transaction(async (unit) => {
        expect(await unit.pupils([odd, 'p-1', ''])).toHaveLength(1)
        expect(await unit.pupilByUsername(odd)).toBeNull()
        await unit.savePupil(
          ordinaryPupil({
            name: odd,
            block: { since: NOW, until: null, by: 's-1', reason: { code: 'own', words: odd } },
          }),
        )
        await unit.addToBucket(odd, 1, NOW)
        await unit.appendActivity([{ ...entry, source: odd, institutionIds: [odd, odd] }])
      })
      const [found] = await store.transaction((unit) => unit.pupils(['p-1']))
      expect(found?.name).toBe(kept)
      expect(found?.block?.reason).toEqual({ code: 'own', words: kept })
      expect(await store.transaction((unit) => unit.bucketSince(odd, 0))).toHaveLength(1)
      const [logged] = await store.transaction((unit) => unit.activity())
      expect(logged?.source).toBe(kept)
    })

    test('undoes a unit whose work goes on after the database has failed', async () => {
      const store = await storeOver(database, school)
      const careless = database.unit(async ({ query, change }) => {
        await change('insert into bucket_hits (bucket, at, count) values ($1, $2, $3)', ['b', NOW, 1])
        await query('select 1 / 0').catch(() => [])
      })
      await expect(careless).rejects.toThrow()
      expect(await store.transaction((unit) => unit.bucketSince('b', 0))).toEqual([])
    })

    test('takes out what is over, and nothing that anybody can still ask for', async () => {
      const store = await storeOver(database, {
        ...school,
        pupils: [ordinaryPupil(), ordinaryPupil({ id: 'p-2', username: 'test1235' })],
      })
      const long: Instant = days(3)
      const session = (name: string, startedAt: Instant): Session => ({
        tokenHash: name,
        ref: name,
        staffId: 's-1',
        secondFactorAt: null,
        sentCode: null,
        startedAt,
        lastActiveAt: startedAt,
        endedAt: null,
      })
      const pupilSession = (name: string, startedAt: Instant) => ({
        ...sessionByWindow(ordinaryPupil(), { tokenHash: name, ref: name }, startedAt),
      })
      const request = (id: string, requestedAt: Instant): StepUpRequest => ({
        id,
        pupilId: 'p-1',
        service: 'aula',
        checkCode: '12',
        requestedAt,
        outcome: null,
      })
      // Taken at the last moment, used at the last moment, and then shown as long as that is shown.
      const windowShown = RESET_WINDOW + SESSION_ABSOLUTE + RESET_OUTCOME_SHOWN
      const action = (key: string, at: Instant) => ({
        staffId: 's-1',
        key,
        fingerprint: 'f',
        decisions: [],
        at,
      })
      await store.transaction(async (unit) => {
        for (const [name, at] of [
          ['old', NOW - long],
          ['alive', NOW - SESSION_ABSOLUTE + 1],
        ] as const) {
          await unit.saveSession(session(name, at))
          await unit.savePupilSession(pupilSession(name, at))
        }
        await unit.saveResetWindow(openWindow('p-1', 's-1', NOW - long))
        await unit.saveResetWindow(openWindow('p-2', 's-1', NOW - windowShown + 1))
        await unit.saveStepUp(startStepUp('p-1', 's-1', NOW - long))
        await unit.saveStepUp(startStepUp('p-2', 's-1', NOW - STEP_UP + 1))
        await unit.saveStepUpRequest(request('old', NOW - long))
        await unit.saveStepUpRequest(request('alive', NOW - STEP_UP_REQUEST_LIFETIME - SESSION_ABSOLUTE + 1))
        await unit.saveCompletedAction(action('old', NOW - long))
        await unit.saveCompletedAction(action('alive', NOW - days(1) + 1))
        await unit.addToBucket('b', 1, NOW - long)
        await unit.addToBucket('b', 2, NOW - days(1) + 1)
        await unit.appendActivity([{ ...entry, at: NOW - long }])
      })
      await takeOutWhatIsOver(database, NOW)
      const both = ['p-1', 'p-2']
      await store.transaction(async (unit) => {
        expect([...(await unit.resetWindows(both)).keys()]).toEqual(['p-2'])
        expect([...(await unit.stepUps(both)).keys()]).toEqual(['p-2'])
        expect((await unit.stepUpRequestsById(['old', 'alive'])).map(({ id }) => id)).toEqual(['alive'])
      })
      await database.tidy()
      await store.transaction(async (unit) => {
        expect(await unit.session('old')).toBeNull()
        expect(await unit.pupilSession('old')).toBeNull()
        expect(await unit.completedAction('s-1', 'old')).toBeNull()
        expect(await unit.session('alive')).not.toBeNull()
        expect(await unit.pupilSession('alive')).not.toBeNull()
        expect(await unit.completedAction('s-1', 'alive')).not.toBeNull()
        expect((await unit.bucketSince('b', 0)).map(({ count }) => count)).toEqual([2])
        expect(await unit.activity()).toHaveLength(1)
      })
    })

    test('what is over is taken out soon after the start, and each hour from then on', async () => {
      const store = await storeOver(database, school)
      const old = () => store.transaction((unit) => unit.addToBucket('b', 1, NOW - days(3)))
      let rounds = 0
      const counted: Database = {
        ...database,
        async tidy() {
          await database.tidy()
          rounds += 1
        },
      }
      const beats = new Map<() => void, Duration>()
      const timer: Timer = {
        every(duration, work) {
          beats.set(work, duration)
          return () => void beats.delete(work)
        },
      }
      const activity = { sealing: nodeSealing(null), kept: days(365) }
      const stop = keepUp(counted, { now: () => NOW, timer, activity })
      for (const [round, after] of [FIRST_UPKEEP, UPKEEP, UPKEEP].entries()) {
        await old()
        expect([...beats.values()]).toEqual([after])
        for (const beat of [...beats.keys()]) beat()
        await vi.waitFor(() => expect(rounds).toBe(round + 1))
        expect(await store.read((unit) => unit.bucketSince('b', 0))).toEqual([])
      }
      stop()
      expect(beats.size).toBe(0)
    })

    test('takes out who has been gone from the roster for 30 days, and nobody a moment sooner', async () => {
      const gone = { source: 'default', kind: 'pupil' as const, sourcedId: 'x', id: 'p-1', goneAt: NOW }
      const store = await rosterStoreOver(database, {
        pupils: [ordinaryPupil({ active: false })],
        rosterLinks: [gone],
      })
      await takeOutWhatIsOver(database, NOW + GONE_KEPT - MOMENT)
      expect((await store.snapshot()).pupils).toHaveLength(1)
      await takeOutWhatIsOver(database, NOW + GONE_KEPT)
      const { pupils, rosterLinks } = await store.snapshot()
      expect([pupils, rosterLinks]).toEqual([[], []])
    })

    test('finds one class among many along indexes alone, also where nothing has been counted yet', async () => {
      const classes = Array.from({ length: 200 }, (_, at) => `c-${at}`)
      const ids = classes.flatMap((id) => Array.from({ length: 20 }, (_, at) => `p-${id}-${at}`))
      const classOf = (pupilId: string) => pupilId.slice(2, pupilId.lastIndexOf('-'))
      await storeOver(database, {
        ...school,
        institutions: [{ id: 'oak', name: 'Oak' }],
        staff: [{ id: 's-1', username: 'lone4821', name: 'Lone', roles: [], active: true }],
        classes: classes.map((id) => ({ id, institutionId: 'oak', kind: 'class', name: id, year: 4 })),
        pupils: ids.map((id) => ordinaryPupil({ id, username: id })),
        teaching: classes.slice(0, 3).map((classId) => ({ staffId: 's-1', classId })),
        enrolments: ids.map((pupilId) => ({ pupilId, classId: classOf(pupilId) })),
      })
      const { found, looked } = await database.unit(async (connection) => {
        const unit = unitOver(connection)
        const rowsRead = async () => {
          const [read] = await connection.query<{ count: number }>(
            `select sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::integer as count from pg_stat_xact_user_tables
             where relname in ('pupils', 'classes', 'enrolments', 'teaching', 'registrations')`,
          )
          return read?.count ?? 0
        }
        const before = await rowsRead()
        const found = await unit.pupilsInClasses(['c-7'])
        const pupilIds = found.map(({ pupil }) => pupil.id)
        await Promise.all([
          unit.classesTaughtBy('s-1'),
          unit.enrolledPupils(pupilIds),
          unit.classesOfPupils(pupilIds),
          unit.institutionsOfPupils(pupilIds),
          unit.teachersOfClasses(['c-7']),
          unit.statesOf(pupilIds),
        ])
        return { found, looked: (await rowsRead()) - before }
      })
      expect(found).toHaveLength(20)
      // Each of the 20 with its class, five times over, and a little more; all tables together have 8,200 rows.
      expect(looked).toBeGreaterThan(20)
      expect(looked).toBeLessThan(400)
    })

    test('carries out side by side what a unit asks side by side', async () => {
      const store = await storeOver(database, school)
      const [pupils, sessions, nobody] = await store.transaction((unit) =>
        Promise.all([unit.pupils(['p-1']), unit.pupilSessionsOf('p-1'), unit.staffByUsername('nobody')]),
      )
      expect([pupils.length, sessions, nobody]).toEqual([1, [], null])
    })

    test('decides on what one unit wrote elsewhere: of two that would both be right alone, one comes first', async () => {
      const store = await storeOver(database, school)
      // Each writes where the other looks, and would find nothing if neither waited.
      const takes = (mine: string, theirs: string) =>
        store.transaction(async (unit) => {
          const taken = await unit.bucketSince(theirs, 0)
          await new Promise<void>((resolve) => setImmediate(resolve))
          if (taken.length > 0) return false
          await unit.addToBucket(mine, 1, NOW)
          return true
        })
      const won = await Promise.all([takes('one', 'two'), takes('two', 'one')])
      expect(won.toSorted()).toEqual([false, true])
    })
  })
}
