import { describe, expect, test } from 'vitest'
import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { STAFF_PASSWORD } from '../../mocks/people'
import { createApp } from '../../server/app'
import { createEventBus } from '../../server/events/bus'
import { openWindow } from '../../server/password-reset/rules'
import { SCHOOL_HEADER } from '../../server/session/caller'
import { PAGE_PUPIL_SESSION_HEADER, PAGE_SESSION_HEADER, pageCarrier } from '../../server/session/carrier'
import { startStepUp } from '../../server/step-up/rules'
import type { Store } from '../../server/store/store'
import { minutes, systemTimer } from '../../server/time'
import {
  exportWords,
  MORNING,
  newKey,
  noPhone,
  type Person,
  type SchoolUnderTest,
  schoolUnderTest,
} from './school-under-test'

/** Asta with a window and a step-up to act on, and a request that waits. */
const busySchool = () =>
  schoolUnderTest((school) => {
    const { id = '' } = school.pupils.find(({ username }) => username === 'asta2011') ?? {}
    const request = { id: 'r-asta', pupilId: id, service: 'aula', checkCode: '12' } as const
    return {
      ...school,
      resetWindows: [openWindow(id, 's-mads', MORNING)],
      stepUps: [startStepUp(id, 's-mads', MORNING)],
      stepUpRequests: [{ ...request, requestedAt: MORNING + minutes(10), outcome: null }],
    }
  })

const lone = (school: SchoolUnderTest) => school.signIn('lone4821')
const kent = (school: SchoolUnderTest) => school.administrator('kent1904', 'birkeskolen')
const emil = (school: SchoolUnderTest) => school.signInAsPupil('emil2015')
const freja = (school: SchoolUnderTest) => school.signInAsPupil('frej4011')
const nobody = async () => undefined
const asta = (school: SchoolUnderTest) => ({ pupilIds: [school.id('asta2011')] })

interface Act {
  as: (school: SchoolUnderTest) => Promise<Person | undefined>
  body?: (school: SchoolUnderTest) => unknown
}

/** An act of each kind that changes something, or hands something out. */
const acts: Record<string, Act> = {
  'POST /api/session': { as: nobody, body: () => ({ username: 'lone4821', password: STAFF_PASSWORD }) },
  'DELETE /api/session': { as: lone },
  'POST /api/pupil/session/username': { as: nobody, body: () => ({ username: 'asta2011' }) },
  'DELETE /api/pupil/session': { as: emil },
  'POST /api/pupil/new-password': { as: freja, body: () => ({ password: 'gul-regnbue', from: 'own' }) },
  'POST /api/pupil/step-up-requests': { as: emil, body: () => ({ service: 'aula' }) },
  'POST /api/pupils/username-reveals': { as: lone, body: asta },
  'POST /api/pupils/username-slips': { as: kent, body: asta },
  'POST /api/pupils/exports': { as: kent, body: (school) => ({ ...asta(school), words: exportWords }) },
  'POST /api/pupils/password-resets': { as: lone, body: asta },
  'POST /api/pupils/password-reset-cancellations': { as: lone, body: asta },
  'POST /api/pupils/step-ups': { as: lone, body: asta },
  'POST /api/pupils/step-up-ends': { as: lone, body: asta },
  'POST /api/step-up-requests/decisions': {
    as: lone,
    body: () => ({ requestIds: ['r-asta'], decision: 'approve' }),
  },
  'POST /api/pupils/policies': {
    as: kent,
    body: (school) => ({ ...asta(school), policy: 'mellemtrin', note: 'Aftalt med klasselæreren' }),
  },
  'POST /api/pupils/blocks': {
    as: kent,
    body: (school) => ({ ...asta(school), reason: { code: 'misuse' }, until: null }),
  },
  'POST /api/pupils/unblocks': { as: kent, body: (school) => ({ pupilIds: [school.id('bert2012')] }) },
}

const broken = new Error('the disk is full')

/** The entry cannot be written; the act could be. */
const withoutEntries = (store: Store): Store => ({
  ...store,
  transaction: (work) =>
    store.transaction((unit) => work({ ...unit, appendActivity: () => Promise.reject(broken) })),
})

/** A unit of work that has saved anything cannot be committed; one that writes entries alone could be. */
const withoutActs = (store: Store): Store => ({
  ...store,
  transaction: (work) =>
    store.transaction(async (unit) => {
      let hasSaved = false
      const noted =
        <Saved>(save: (saved: Saved) => Promise<void>) =>
        (saved: Saved) => {
          hasSaved = true
          return save(saved)
        }
      const result = await work({
        ...unit,
        savePupil: noted(unit.savePupil),
        savePassword: noted(unit.savePassword),
        saveResetWindow: noted(unit.saveResetWindow),
        saveStepUp: noted(unit.saveStepUp),
        saveStepUpRequest: noted(unit.saveStepUpRequest),
        saveSession: noted(unit.saveSession),
        savePupilSession: noted(unit.savePupilSession),
        saveCompletedAction: noted(unit.saveCompletedAction),
      })
      if (hasSaved) throw broken
      return result
    }),
})

/** Acts through an API over a store that fails in this way. @returns what was there before and after */
async function tried(name: string, { as, body }: Act, failing: (store: Store) => Store) {
  const school = busySchool()
  const person = await as(school)
  const before = school.snapshot()
  const unexpected: unknown[] = []
  const app = createApp({
    store: failing(school.store),
    clock: school.clock,
    timer: systemTimer,
    events: createEventBus(MORNING),
    session: pageCarrier(),
    pupilSession: pageCarrier(PAGE_PUPIL_SESSION_HEADER),
    identity: { passwordMatches: async (_, password) => password === STAFF_PASSWORD },
    codes: noPhone,
    passwords: demoPasswordHash,
    sourceOf: () => 'page',
    onUnexpected: (error) => void unexpected.push(error),
  })
  const [method = '', path = ''] = name.split(' ')
  const content = body?.(school)
  const answer = await app.fetch(
    new Request(`https://school.test${path}`, {
      method,
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': newKey(),
        ...(person ? { [person.carriedIn ?? PAGE_SESSION_HEADER]: person.token } : {}),
        ...(person?.school ? { [SCHOOL_HEADER]: person.school } : {}),
      },
      body: content === undefined ? null : JSON.stringify(content),
    }),
  )
  const [{ buckets: _, ...then }, { buckets: __, ...now }] = [before, school.snapshot()]
  return { status: answer.status, unexpected, then, now }
}

describe.each(Object.entries(acts))('%s', (name, act) => {
  test('is not done without its entry in the log', async () => {
    const { status, unexpected, then, now } = await tried(name, act, withoutEntries)
    expect([status, unexpected]).toEqual([500, [broken]])
    expect(now).toEqual(then)
  })

  test('has no entry in the log where it was not done', async () => {
    const { status, unexpected, then, now } = await tried(name, act, withoutActs)
    expect([status, unexpected]).toEqual([500, [broken]])
    expect(now).toEqual(then)
  })

  test('is done, and in the log, where nothing fails', async () => {
    const { status, then, now } = await tried(name, act, (store) => store)
    expect(status).toBeLessThan(300)
    expect(now.activity.length).toBeGreaterThan(then.activity.length)
  })
})
