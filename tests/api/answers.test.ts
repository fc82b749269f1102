import { describe, expect, test, vi } from 'vitest'
import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { demoSchools, STAFF_PASSWORD } from '../../mocks/people'
import { createApp } from '../../server/app'
import { classListSchema, schoolClassSchema } from '../../server/classes/schema'
import { createEventBus } from '../../server/events/bus'
import type { Services } from '../../server/http'
import type { PasswordHash } from '../../server/passwords/hash'
import { inTurn } from '../../server/passwords/queue'
import { problemSchema, Unavailable } from '../../server/problems'
import { pupilListSchema } from '../../server/pupils/schema'
import { PUPILS_WRONG_PASSWORDS_PER_SOURCE } from '../../server/rate-limit'
import { sha256 } from '../../server/secrets'
import { PAGE_PUPIL_SESSION_HEADER, pageCarrier } from '../../server/session/carrier'
import { createMemoryStore } from '../../server/store/memory'
import { days, minutes, seconds, systemTimer, toIso } from '../../server/time'
import { staffRoutes } from './contract'
import { exportWords, MORNING, noPhone, schoolUnderTest } from './school-under-test'

describe('every answer', () => {
  // The harness looks at every answer of every test: see expectProperAnswer. Here is what no other test asks for.
  test.each([
    'GET /api/openapi.json',
    'HEAD /api/session',
    'GET /api/nowhere',
    'GET /api',
    'GET /api/',
    'GET /',
    'GET /index.html',
    'POST /api/pupils',
    'PUT /api/session',
    'PATCH /api/classes',
    'OPTIONS /api/session',
    'DELETE /api/pupils',
    'GET /api/pupils/username-reveals',
    'GET /api/classes/birkeskolen-2a/pupils',
    'GET /api//classes',
    'GET /api/classes/%2e%2e%2fpupils',
  ])('%s is never stored, has a request id, and fails by a problem', async (route) => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    const { status } = await school.call(route, { as: lone })
    expect(status).toBe(/openapi|HEAD/.test(route) ? 200 : 404)
  })

  test('has a request id of its own', async () => {
    const school = schoolUnderTest()
    const ids = new Set<string | null>()
    for (let asked = 0; asked < 50; asked += 1) {
      ids.add((await school.call('GET /api/session')).headers.get('Request-Id'))
    }
    expect(ids.size).toBe(50)
  })

  test('the harness would see a username, a password, a hash or a protected name', async () => {
    const school = schoolUnderTest()
    const { token } = await school.signIn('lone4821')
    for (const secret of [
      'asta2011',
      'xasta20119',
      'lone4821',
      STAFF_PASSWORD,
      'Navn under beskyttelse',
      sha256(token),
    ]) {
      expect(() => school.expectNoSecrets(`{"name":"${secret}"}`)).toThrow()
    }
    expect(() => school.expectNoSecrets('{"username":"asta2011"}', ['asta2011'])).not.toThrow()
    expect(() => school.expectNoSecrets('{"username":"emil2015"}', ['asta2011'])).toThrow()
  })

  test('of every route that lists or acts holds no username and no key that could hold one', async () => {
    const school = schoolUnderTest()
    const kent = await school.administrator('kent1904', 'birkeskolen')
    // Each route takes of this what is its own.
    const body = {
      pupilIds: school.snapshot().pupils.map(({ id }) => id),
      policy: null,
      note: null,
      reason: { code: 'misuse' },
      until: null,
      words: exportWords,
      language: 'da',
    }
    for (const { name, method, path } of staffRoutes) {
      if (/username-|session/.test(path)) continue
      const sent = path.endsWith('decisions') ? { requestIds: ['r-emil'], decision: 'decline' } : body
      const address = name
        .replace('{classId}', 'birkeskolen-2a')
        .replace('{institutionId}', 'birkeskolen')
        .replace('{pupilId}', school.id('bert2012'))
      const answer = await school.call(address, {
        as: kent,
        body: method === 'POST' ? sent : undefined,
      })
      expect(answer.status, name).toBe(200)
      expect(answer.text, name).not.toMatch(
        /"(username|password(?!SetAt)|secret|token)\w*":(?!(true|false))/i,
      )
    }
  })
})

describe('what fails on our side', () => {
  const body = JSON.stringify({ username: 'lone4821', password: STAFF_PASSWORD })
  const post = () =>
    new Request('https://school.test/api/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    })
  const secret = new Error('SELECT * FROM pupils failed for asta2011 at /srv/elevadgang/store.ts')

  const broken = (parts: Partial<Services>) => {
    const onUnexpected = vi.fn<NonNullable<Services['onUnexpected']>>()
    const app = createApp({
      store: createMemoryStore(demoSchools(MORNING)),
      clock: { now: () => MORNING },
      timer: systemTimer,
      events: createEventBus(MORNING),
      session: pageCarrier(),
      pupilSession: pageCarrier(PAGE_PUPIL_SESSION_HEADER),
      codes: noPhone,
      passwords: demoPasswordHash,
      identity: { passwordMatches: async () => true },
      sourceOf: () => 'page',
      onUnexpected,
      ...parts,
    })
    return { app, onUnexpected }
  }
  const failing = {
    read: async () => Promise.reject(secret),
    transaction: async () => Promise.reject(secret),
  }

  test.each<[string, Partial<Services>, () => Request]>([
    ['the store', { store: failing }, post],
    [
      'the store, where nothing is sent',
      { store: failing },
      () => new Request('https://school.test/api/session'),
    ],
    ['who checks passwords', { identity: { passwordMatches: () => Promise.reject(secret) } }, post],
    [
      'the log, of a refusal',
      { store: failing },
      () =>
        new Request('https://school.test/api/session', {
          method: 'POST',
          headers: { Origin: 'https://evil.test' },
        }),
    ],
  ])('%s: a problem that tells nothing, and we are told', async (_, parts, request) => {
    const { app, onUnexpected } = broken(parts)
    const answer = await app.fetch(request())
    expect(answer.status).toBe(500)
    expect(answer.headers.get('Cache-Control')).toBe('no-store')
    expect(answer.headers.get('Content-Type')).toBe('application/problem+json')
    const requestId = answer.headers.get('Request-Id')
    expect(problemSchema.strict().parse(await answer.json())).toEqual({
      type: 'unexpected',
      status: 500,
      title: 'unexpected',
      requestId,
    })
    expect(onUnexpected.mock.calls).toEqual([[secret, requestId]])
  })

  test('a refusal is none of our failures', async () => {
    const { app, onUnexpected } = broken({ identity: { passwordMatches: async () => false } })
    expect((await app.fetch(post())).status).toBe(401)
    expect(onUnexpected).not.toHaveBeenCalled()
  })

  test('a sign-in that fails half-way opens no session', async () => {
    const store = createMemoryStore(demoSchools(MORNING))
    const { app } = broken({ store, sourceOf: breakingAfter(1) })
    expect((await app.fetch(post())).status).toBe(500)
    expect(store.snapshot().sessions).toEqual([])
    expect(store.snapshot().activity).toEqual([])
  })

  describe('and passes by itself', () => {
    const postAsPupil = () =>
      new Request('https://school.test/api/pupil/session', {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ username: 'asta2011', password: 'sun cat boat apple' }),
      })
    /** Fails until it is told to work. */
    function failingFirst(error: Error) {
      let works = false
      return {
        match: async () => (works ? true : Promise.reject(error)),
        repair: () => {
          works = true
        },
      }
    }
    /** More often than anybody may give a wrong password. */
    const OFTEN = 12

    test('the store: when to come again, nothing of why, and we are told', async () => {
      const outOfReach = async () => Promise.reject(new Unavailable(5, secret))
      const gone = { read: outOfReach, transaction: outOfReach }
      const { app, onUnexpected } = broken({ store: gone })
      for (const request of [post(), postAsPupil(), new Request('https://school.test/api/classes')]) {
        const answer = await app.fetch(request)
        const requestId = answer.headers.get('Request-Id')
        expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '5'])
        expect(problemSchema.strict().parse(await answer.json())).toEqual({
          type: 'unavailable',
          status: 503,
          title: 'unavailable',
          requestId,
          retryAfterSeconds: 5,
        })
        expect(onUnexpected.mock.lastCall).toEqual([secret, requestId])
      }
    })

    test('too many passwords at once: nobody is told, nothing is logged, and it was no wrong try', async () => {
      const store = createMemoryStore(demoSchools(MORNING))
      const { match, repair } = failingFirst(new Unavailable(7))
      const { app, onUnexpected } = broken({ store, passwords: { ...demoPasswordHash, matches: match } })
      for (let turn = 0; turn < OFTEN; turn += 1) {
        const answer = await app.fetch(postAsPupil())
        expect([answer.status, answer.headers.get('Retry-After')]).toEqual([503, '7'])
      }
      expect(onUnexpected).not.toHaveBeenCalled()
      expect(store.snapshot().activity).toEqual([])
      repair()
      expect((await app.fetch(postAsPupil())).status).toBe(200)
    })

    test('a whole school at once behind one address: nobody is taken for somebody who guesses', async () => {
      const store = createMemoryStore(demoSchools(MORNING))
      const { pupils, passwords: kept } = store.snapshot()
      const usernames = pupils
        .filter(({ id, signInKind, block }) => {
          return signInKind === 'unilogin' && block === null && kept.some(({ pupilId }) => pupilId === id)
        })
        .map(({ username }) => username)
      expect(usernames.length).toBeGreaterThan(PUPILS_WRONG_PASSWORDS_PER_SOURCE.max)
      const instant: PasswordHash = { hash: async () => '', matches: async () => true }
      const { app } = broken({
        store,
        passwords: inTurn(instant, { atOnce: 2, clock: { now: () => MORNING } }),
      })
      const answers = await Promise.all(
        usernames.map((username) =>
          app.fetch(
            new Request('https://school.test/api/pupil/session', {
              method: 'POST',
              headers: { 'Content-Type': 'application/json' },
              body: JSON.stringify({ username, password: 'x' }),
            }),
          ),
        ),
      )
      const statuses = answers.map(({ status }) => status)
      expect(new Set(statuses)).toEqual(new Set([200, 503]))
      expect(statuses.filter((status) => status === 200).length).toBeGreaterThanOrEqual(62)
      expect(store.snapshot().activity.filter(({ outcome }) => outcome === 'refused')).toEqual([])
    })

    test('who checks passwords of staff: it was no wrong try', async () => {
      const { match, repair } = failingFirst(secret)
      const { app } = broken({ identity: { passwordMatches: match } })
      for (let turn = 0; turn < OFTEN; turn += 1) expect((await app.fetch(post())).status).toBe(500)
      repair()
      expect((await app.fetch(post())).status).toBe(200)
    })
  })
})

/** Tells the source this often, and then breaks. */
function breakingAfter(times: number) {
  let told = 0
  return () => {
    told += 1
    if (told > times) throw new Error('no address')
    return 'page'
  }
}

describe('what a teacher sees', () => {
  test('classes by name and groups last, with their sizes and who waits', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    const list = (await school.call('GET /api/classes', { as: lone })).json(classListSchema)
    const sizeOf = (classId: string) =>
      school.snapshot().enrolments.filter((each) => each.classId === classId).length
    const institution = { id: 'birkeskolen', name: 'Birkeskolen' }
    expect(list).toEqual({
      classes: [
        {
          id: 'birkeskolen-2a',
          kind: 'class',
          name: '2.A',
          institution,
          pupilCount: sizeOf('birkeskolen-2a'),
          waitingCount: 1,
        },
        {
          id: 'birkeskolen-4b',
          kind: 'class',
          name: '4.B',
          institution,
          pupilCount: sizeOf('birkeskolen-4b'),
          waitingCount: 0,
        },
        {
          id: 'birkeskolen-tysk-8',
          kind: 'group',
          name: 'Tysk 8',
          institution,
          pupilCount: 24,
          waitingCount: 0,
        },
      ],
      serverTime: toIso(MORNING),
    })
  })

  test('2.A before 10.X', async () => {
    const school = schoolUnderTest((data) => ({
      ...data,
      teaching: ['10x', '2a', 'tysk-8', '10y', '1a'].map((name) => ({
        staffId: 's-lone',
        classId: `birkeskolen-${name}`,
      })),
    }))
    const lone = await school.signIn('lone4821')
    const { classes } = (await school.call('GET /api/classes', { as: lone })).json(classListSchema)
    expect(classes.map(({ name }) => name)).toEqual(['1.A', '2.A', '10.X', '10.Y', 'Tysk 8'])
  })

  test('pupils in Danish order, each with what is special', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    const { pupils } = (await school.call('GET /api/classes/birkeskolen-2a', { as: lone })).json(
      schoolClassSchema,
    )
    const names = pupils.map(({ name }) => name)
    expect(names).toEqual(names.toSorted(new Intl.Collator('da').compare))

    const yes = { allowed: true }
    const plain = {
      protected: false,
      homeClass: { id: 'birkeskolen-2a', name: '2.A' },
      classIds: ['birkeskolen-2a'],
      policy: 'indskoling',
      policyOverridden: false,
      changeBy: null,
      year: 2,
      status: {
        block: null,
        localLogin: false,
        neverSignedIn: false,
        mustChange: null,
        resetWindow: null,
        stepUp: null,
        stepUpRequest: null,
      },
      can: { giveNewPassword: yes, stepUp: yes },
    }
    const seen = (username: string) => pupils.find(({ id }) => id === school.id(username))
    expect(seen('asta2011')).toEqual({ ...plain, id: school.id('asta2011'), name: 'Asta Holm' })
    expect(seen('bert2012')).toEqual({
      ...plain,
      id: school.id('bert2012'),
      name: 'Bertram Lund',
      status: {
        ...plain.status,
        block: { since: toIso(MORNING - days(3)), until: null, reason: { code: 'passwordKnown' } },
      },
      can: {
        giveNewPassword: { allowed: false, reason: 'blocked' },
        stepUp: { allowed: false, reason: 'blocked' },
      },
    })
    expect(seen('carl2013')).toEqual({
      ...plain,
      id: school.id('carl2013'),
      name: 'Carla Nguyen',
      status: { ...plain.status, localLogin: true },
      can: { giveNewPassword: { allowed: false, reason: 'localLogin' }, stepUp: yes },
    })
    expect(seen('dict2014')?.status).toEqual({ ...plain.status, neverSignedIn: true })
    expect(seen('emil2015')?.status).toEqual({
      ...plain.status,
      stepUpRequest: {
        id: 'r-emil',
        service: 'aula',
        checkCode: '47',
        requestedAt: toIso(MORNING - seconds(12)),
        expiresAt: toIso(MORNING - seconds(12) + minutes(15)),
      },
    })
  })

  test('what can be done is what is done', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    const { pupils } = (await school.call('GET /api/pupils', { as: lone })).json(pupilListSchema)
    for (const [route, ability] of [
      ['POST /api/pupils/password-resets', 'giveNewPassword'],
      ['POST /api/pupils/step-ups', 'stepUp'],
    ] as const) {
      for (const { id, can } of pupils) {
        const { text } = await school.call(route, { as: lone, body: { pupilIds: [id] } })
        const expected = can[ability].allowed ? null : can[ability].reason
        expect(text).toContain(`{"id":"${id}","refusal":${JSON.stringify(expected)}`)
      }
    }
  })

  test('a pupil of two of the own classes once, with both', async () => {
    const school = schoolUnderTest((data) => ({
      ...data,
      teaching: [...data.teaching, { staffId: 's-lone', classId: 'birkeskolen-8a' }],
    }))
    const lone = await school.signIn('lone4821')
    const { pupils } = (await school.call('GET /api/pupils', { as: lone })).json(pupilListSchema)
    expect(new Set(pupils.map(({ id }) => id)).size).toBe(pupils.length)
    expect(pupils.find(({ id }) => id === school.id('hann8011'))).toMatchObject({
      homeClass: { id: 'birkeskolen-8a', name: '8.A' },
      classIds: ['birkeskolen-8a', 'birkeskolen-tysk-8'],
      policy: 'udskoling',
      status: { mustChange: { because: 'yearly', by: toIso(MORNING + days(12)) } },
    })
  })

  test('the time of the server, by which a page counts', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    school.pass(minutes(7))
    for (const route of [
      'GET /api/pupils',
      'GET /api/classes',
      'GET /api/classes/birkeskolen-2a',
      'GET /api/session',
    ]) {
      expect((await school.call(route, { as: lone })).text).toContain(
        `"serverTime":"${toIso(MORNING + minutes(7))}"`,
      )
    }
  })
})
