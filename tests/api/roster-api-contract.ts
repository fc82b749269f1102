import { describe, expect, test } from 'vitest'
import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { STAFF_PASSWORD } from '../../mocks/people'
import { createApp } from '../../server/app'
import { createEventBus, type EventBus } from '../../server/events/bus'
import { openWindow } from '../../server/password-reset/rules'
import { GONE_KEPT } from '../../server/roster/rules'
import { newRef, sha256 } from '../../server/secrets'
import { SCHOOL_HEADER } from '../../server/session/caller'
import { PAGE_PUPIL_SESSION_HEADER, PAGE_SESSION_HEADER, pageCarrier } from '../../server/session/carrier'
import { startStepUp } from '../../server/step-up/rules'
import { days, hours, type Instant, systemTimer } from '../../server/time'
import { MOMENT, NOW } from '../rules/ordinary-pupil'
import { filesOf, importInto, inClass, smallSchool, without } from '../rules/roster'
import type { OpenRosterStore, RosterStore } from './roster-contract'
import { newKey, noPhone } from './school-under-test'

/** The API over a store, at a moment that can be moved. */
export function apiOver(store: RosterStore, events: EventBus = createEventBus(NOW)) {
  let now: Instant = NOW
  const app = createApp({
    store,
    clock: { now: () => now },
    timer: systemTimer,
    events,
    session: pageCarrier(),
    pupilSession: pageCarrier(PAGE_PUPIL_SESSION_HEADER),
    identity: { passwordMatches: async (_, password) => password === STAFF_PASSWORD },
    codes: noPhone,
    passwords: demoPasswordHash,
    sourceOf: () => 'page',
  })
  async function call(route: string, headers: Record<string, string> = {}, body?: object) {
    const [method = '', path = ''] = route.split(' ')
    return app.fetch(
      new Request(`https://school.test/api${path}`, {
        method,
        headers: {
          ...headers,
          ...(method === 'GET' ? {} : { 'Idempotency-Key': newKey(), 'Content-Type': 'application/json' }),
        },
        body: body ? JSON.stringify(body) : null,
      }),
    )
  }
  /** The id that a sourcedId has here. */
  async function idOf(sourcedId: string) {
    const link = (await store.snapshot()).rosterLinks.find((each) => each.sourcedId === sourcedId)
    return link?.id ?? `nobody is ${sourcedId}`
  }
  return {
    call,
    idOf,
    at(moment: Instant) {
      now = moment
    },
    /** What the answer of this status says, as text. */
    async said(status: number, ...asked: Parameters<typeof call>) {
      const answer = await call(...asked)
      const text = await answer.text()
      expect([answer.status, text]).toEqual([status, text])
      return text
    },
    async signIn(username: string) {
      const answer = await call('POST /session', {}, { username, password: STAFF_PASSWORD })
      expect(answer.status).toBe(200)
      return { [PAGE_SESSION_HEADER]: answer.headers.get(PAGE_SESSION_HEADER) ?? '' }
    },
    /** A user administrator with a second factor, in the view of the school. */
    async administrator(sourcedId: string, school: string) {
      const token = newKey()
      const staffId = await idOf(sourcedId)
      const row = { tokenHash: sha256(token), ref: newRef(), staffId, sentCode: null, endedAt: null }
      await store.transaction((unit) =>
        unit.saveSession({ ...row, secondFactorAt: now, startedAt: now, lastActiveAt: now }),
      )
      return { [PAGE_SESSION_HEADER]: token, [SCHOOL_HEADER]: await idOf(school) }
    },
    async pupil(sourcedId: string) {
      const token = newKey()
      const pupilId = await idOf(sourcedId)
      const row = { tokenHash: sha256(token), ref: newRef(), pupilId, endedAt: null, suggestion: null }
      await store.transaction((unit) =>
        unit.savePupilSession({
          ...row,
          stage: 'signedIn',
          because: null,
          startedAt: now,
          lastActiveAt: now,
        }),
      )
      return { [PAGE_PUPIL_SESSION_HEADER]: token }
    },
  }
}

/** What an import means for whoever asks the API, over any store. */
export function rosterApiContract(name: string, open: OpenRosterStore) {
  async function opened() {
    const store = await open({})
    await importInto(store, { files: filesOf(smallSchool()) })
    return { store, ...apiOver(store) }
  }

  describe(`${name}: after an import, the API`, () => {
    test('(abuse case 8) lets a pupil who has moved change teachers at once', async () => {
      const { store, said, signIn, idOf } = await opened()
      const pupilIds = [await idOf('p-2')]
      const ane = await signIn('anek1001')
      expect(await said(200, `GET /classes/${await idOf('3a')}`, ane)).toContain('Søren Ærø')
      const bo = await signIn(
        (await store.snapshot()).staff.find(({ name }) => name === 'Bo Riis')?.username ?? '',
      )
      expect(await said(200, `GET /classes/${await idOf('3b')}`, bo)).not.toContain('Søren Ærø')

      await importInto(store, { files: filesOf(inClass(smallSchool(), 'p-2', '3b')) })
      expect(await said(200, `GET /classes/${await idOf('3a')}`, ane)).not.toContain('Søren Ærø')
      expect(await said(200, `GET /classes/${await idOf('3b')}`, bo)).toContain('Søren Ærø')
      const reveal = 'POST /pupils/username-reveals'
      await said(404, reveal, ane, { pupilIds })
      expect(await said(200, reveal, bo, { pupilIds })).toMatch(/"username":"soer\d{4}"/)
    })

    test('(abuse case 8) knows nothing of a pupil who is gone: in no list, by no id, by no sign-in', async () => {
      const { store, said, signIn, administrator, pupil, idOf } = await opened()
      const id = await idOf('p-1')
      const [ane, head, ida] = [
        await signIn('anek1001'),
        await administrator('t-head', 'oak'),
        await pupil('p-1'),
      ]
      const school = await idOf('oak')
      await store.transaction(async (unit) => {
        await unit.saveResetWindow(openWindow(id, 's', NOW))
        await unit.saveStepUp(startStepUp(id, 's', NOW))
      })
      await said(200, 'GET /pupil/session', ida)
      await importInto(store, { files: filesOf(without(smallSchool(), 'p-1')) })

      for (const [route, as] of [
        [`GET /classes/${await idOf('3a')}`, ane],
        ['GET /pupils', ane],
        [`GET /schools/${school}/pupils`, head],
        [`GET /schools/${school}/pupils?changedSince=${NOW}&also=${id}`, head],
      ] as const) {
        const text = await said(200, route, as)
        expect(text).not.toContain('Ida')
        expect(text).not.toContain(id)
      }
      await said(404, `GET /schools/${school}/pupils/${id}`, head)
      for (const deed of ['username-reveals', 'password-resets', 'step-ups']) {
        for (const as of [ane, head]) await said(404, `POST /pupils/${deed}`, as, { pupilIds: [id] })
      }
      expect(await said(404, 'POST /pupil/session/username', {}, { username: 'idah2001' })).toContain(
        'username-not-found',
      )
      expect(await said(200, 'GET /pupil/session', ida)).toContain('"signedIn":false')
      await said(401, 'POST /pupil/session/keep-alive', ida)
    })

    test('gives a pupil who returns nothing of what was open before', async () => {
      const { store, said, pupil, idOf, at } = await opened()
      const id = await idOf('p-1')
      const ida = await pupil('p-1')
      await store.transaction((unit) => unit.saveStepUp(startStepUp(id, 's', NOW)))
      await importInto(store, { files: filesOf(without(smallSchool(), 'p-1')), now: NOW + MOMENT })
      await importInto(store, { files: filesOf(smallSchool()), now: NOW + 2 * MOMENT })
      at(NOW + 3 * MOMENT)
      expect(await said(200, 'GET /pupil/session', ida)).toContain('"signedIn":false')
      expect((await store.snapshot()).stepUps).toMatchObject([{ pupilId: id, endedAt: NOW + MOMENT }])
      expect(await idOf('p-1')).toBe(id)
    })

    test('(abuse case 8) ends the session of a teacher who is gone', async () => {
      const { store, said, signIn } = await opened()
      const ane = await signIn('anek1001')
      await importInto(store, { files: filesOf(without(smallSchool(), 't-ane')) })
      await said(401, 'GET /classes', ane)
    })

    test('tells the import in the log of the school, with how many, and to nobody else', async () => {
      const { store, said, call, signIn, administrator, at } = await opened()
      const exported = without(inClass(smallSchool(), 'p-2', '3b'), 'p-3')
      await importInto(store, { files: filesOf(exported), now: NOW + hours(1), source: 'default' })
      at(NOW + hours(2))
      const head = await administrator('t-head', 'oak')
      const { lines } = JSON.parse(await said(200, 'GET /activity?by=staff', head))
      expect(lines.map(({ at, ...line }: { at: string }) => line)).toMatchObject([
        {
          actor: { kind: 'import', name: null },
          action: 'importRoster',
          outcome: 'done',
          source: 'OneRoster',
          pupils: [],
          counts: [
            { of: 'pupils', change: 'moved', count: 1 },
            { of: 'pupils', change: 'gone', count: 1 },
          ],
        },
        {
          action: 'importRoster',
          counts: [
            { of: 'pupils', change: 'added', count: 4 },
            { of: 'staff', change: 'added', count: 3 },
            { of: 'classes', change: 'added', count: 3 },
          ],
        },
      ])
      const file = await call('POST /activity/exports', head, { language: 'da', group: 'roster' })
      expect(await file.text()).toContain(
        'import af personer og klasser; Elever: 1 flyttet; Elever: 1 udgået',
      )
      expect(await said(200, 'GET /activity', await signIn('anek1001'))).not.toContain('importRoster')
    })
  })

  describe(`${name}: a pupil who is gone`, () => {
    async function gone() {
      const { store, ...api } = await opened()
      const id = await api.idOf('p-1')
      await api.pupil('p-1')
      await store.transaction(async (unit) => {
        await unit.savePassword({ pupilId: id, policy: 'indskoling', hash: 'h', setAt: NOW })
        await unit.saveResetWindow(openWindow(id, 's', NOW))
        await unit.saveStepUp(startStepUp(id, 's', NOW))
        await unit.saveStepUpRequest({
          id: 'q-1',
          pupilId: id,
          service: 'aula',
          checkCode: '12',
          requestedAt: NOW,
          outcome: null,
        })
      })
      // One of the log's lines is about the pupil.
      const reveal = await api.call('POST /pupils/username-reveals', await api.signIn('anek1001'), {
        pupilIds: [id],
      })
      expect(reveal.status).toBe(200)
      await importInto(store, { files: filesOf(without(smallSchool(), 'p-1')) })
      return { store, id, ...api }
    }
    const everywhere = async (store: RosterStore, id: string) => {
      const { activity, ...data } = await store.snapshot()
      return Object.entries(data)
        .filter(([table, rows]) => table !== 'completedActions' && JSON.stringify(rows).includes(`"${id}"`))
        .map(([table]) => table)
        .toSorted()
    }
    const log = async (store: RosterStore) => JSON.stringify((await store.snapshot()).activity)

    test('is kept to the last moment of the 30 days, and is then the same again', async () => {
      const { store, id, idOf } = await gone()
      await store.roster.removeWhoIsOver(NOW + GONE_KEPT - MOMENT)
      const { result } = await importInto(store, {
        files: filesOf(smallSchool()),
        now: NOW + GONE_KEPT - MOMENT,
      })
      expect(result).toMatchObject({ summary: { pupils: { returned: 1, unchanged: 3 } } })
      expect(await idOf('p-1')).toBe(id)
      expect((await store.snapshot()).passwords).toHaveLength(1)
      // Who has returned is gone no more.
      await store.roster.removeWhoIsOver(NOW + days(400))
      expect(await idOf('p-1')).toBe(id)
    })

    test('is removed once 30 days have passed, with all that was theirs but the lines of the log', async () => {
      const { store, id } = await gone()
      expect(await everywhere(store, id)).toEqual([
        'passwords',
        'pupilSessions',
        'pupils',
        'resetWindows',
        'rosterLinks',
        'stepUpRequests',
        'stepUps',
      ])
      const before = await log(store)
      expect(before).toContain(id)
      await store.roster.removeWhoIsOver(NOW + GONE_KEPT)
      expect(await everywhere(store, id)).toEqual([])
      expect(await log(store)).toBe(before)
      expect((await store.snapshot()).pupils).toHaveLength(3)

      const back = await importInto(store, { files: filesOf(smallSchool()), now: NOW + GONE_KEPT })
      expect(back.result).toMatchObject({ summary: { pupils: { added: 1, unchanged: 3 } } })
    })
  })
}
