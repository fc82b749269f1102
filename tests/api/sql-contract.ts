import { describe, expect, test } from 'vitest'
import type { ActivityEntry } from '../../server/activity/entry'
import { openWindow, RESET_OUTCOME_SHOWN, RESET_WINDOW } from '../../server/password-reset/rules'
import { sessionByWindow } from '../../server/pupil-session/rules'
import { SESSION_ABSOLUTE, type Session } from '../../server/session/rules'
import {
  STEP_UP,
  STEP_UP_REQUEST_LIFETIME,
  type StepUpRequest,
  startStepUp,
} from '../../server/step-up/rules'
import type { Database } from '../../server/store/sql/database'
import { takeOutWhatIsOver } from '../../server/store/sql/upkeep'
import { days, type Instant } from '../../server/time'
import { emptySchool, NOW, ordinaryPupil } from '../rules/ordinary-pupil'
import { storeOver } from './sql-databases'

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

    test('carries out side by side what a unit asks side by side', async () => {
      const store = await storeOver(database, school)
      const [pupils, sessions, nobody] = await store.transaction((unit) =>
        Promise.all([unit.pupils(['p-1']), unit.pupilSessionsOf('p-1'), unit.staffById('s-1')]),
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
