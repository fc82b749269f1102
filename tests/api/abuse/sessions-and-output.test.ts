import { describe, expect, test } from 'vitest'
import { schoolClassSchema } from '../../../server/classes/schema'
import { pupilListSchema, revealedSchema } from '../../../server/pupils/schema'
import { minutes, seconds } from '../../../server/time'
import { isForPupils, routes, staffRoutes } from '../contract'
import {
  expectRefused,
  exportWords,
  MORNING,
  newKey,
  type Person,
  pupilsOf,
  refusalsIn,
  type SchoolUnderTest,
  schoolUnderTest,
} from '../school-under-test'

const RESETS = 'POST /api/pupils/password-resets'
const REVEALS = 'POST /api/pupils/username-reveals'
const COPIES = 'POST /api/pupils/username-copies'

const changing = routes.filter(({ method }) => method !== 'GET')

/** A body that the route would accept. */
async function bodyFor(path: string, school: SchoolUnderTest): Promise<unknown> {
  if (path === '/api/activity/exports') return { language: 'da' }
  if (path === '/api/pupils/exports') return { pupilIds: [school.id('asta2011')], words: exportWords }
  if (path === '/api/pupils/policies') {
    return { pupilIds: [school.id('asta2011')], policy: 'mellemtrin', note: 'Aftalt' }
  }
  if (path === '/api/pupils/blocks') {
    return { pupilIds: [school.id('asta2011')], reason: { code: 'misuse' }, until: null }
  }
  if (path.startsWith('/api/pupils/')) return { pupilIds: [school.id('asta2011')] }
  if (path === '/api/step-up-requests/decisions') return { requestIds: ['r-emil'], decision: 'approve' }
  if (path === '/api/session') return { username: 'omar7310', password: 'Elevadgang-2026' }
  if (path === '/api/session/second-factor') return { code: (await school.codeOnPhone()) || '000000' }
  if (path === '/api/session/username') return { username: 'omar7310' }
  if (path === '/api/pupil/session') return { username: 'asta2011', password: 'sun cat boat apple' }
  if (path === '/api/pupil/session/username') return { username: 'asta2011' }
  if (path === '/api/pupil/new-password') return { password: 'Gul-Regnbue-42', from: 'own' }
  if (path === '/api/pupil/new-password/check') return { password: 'Gul-Regnbue-42' }
  if (path === '/api/pupil/step-up-requests') return { service: 'aula' }
  return undefined
}

const needsFreshFactor = (path: string) => /policies|blocks/.test(path)
const isForAdministrators = (path: string) =>
  /second-factor|schools|exports/.test(path) || needsFreshFactor(path)

/** Somebody who may use the route: Lone, Kent with a code on the phone or given, a pupil who must change password, or one who waits. */
async function whoMay(path: string, school: SchoolUnderTest): Promise<Person> {
  if (needsFreshFactor(path) || /exports/.test(path)) return school.administrator('kent1904', 'birkeskolen')
  if (isForAdministrators(path)) {
    const kent = await school.signIn('kent1904', undefined, 'userAdministrator')
    await school.call('POST /api/session/second-factor/codes', { as: kent })
    return kent
  }
  if (!isForPupils({ path })) return school.signIn('lone4821')
  return school.signInAsPupil(path.includes('new-password') ? 'frej4011' : 'emil2015')
}

const idOf = (path: string, school: SchoolUnderTest) => {
  if (isForAdministrators(path)) return 's-kent'
  return isForPupils({ path }) ? school.id(path.includes('new-password') ? 'frej4011' : 'emil2015') : 's-lone'
}

/** The route at an address that is there. */
const addressed = (name: string) =>
  name
    .replace('{classId}', 'birkeskolen-2a')
    .replace('{id}', 'r-emil')
    .replace('{institutionId}', 'birkeskolen')
    .replace('{pupilId}', 'p-nobody')

describe('abuse case 21: requests of other sites, and two people at one computer', () => {
  const foreign = [
    ['of another site', { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://evil.test' }],
    ['of a neighbouring site', { 'Sec-Fetch-Site': 'same-site', Origin: 'https://other.school.test' }],
    ['without a site of its own', { 'Sec-Fetch-Site': 'none' }],
    ['of an older browser on another site', { Origin: 'https://evil.test' }],
    ['of a hidden origin', { Origin: 'null' }],
    ['of another port', { Origin: 'https://school.test:8443' }],
    ['of a site that begins alike', { Origin: 'https://school.test.evil.test' }],
    [
      'that claims to be its own and another',
      { 'Sec-Fetch-Site': 'cross-site', Origin: 'https://school.test' },
    ],
  ] as const

  test.each(foreign)('a request %s changes nothing, on any route', async (_, headers) => {
    for (const { name, path, method } of changing) {
      const school = schoolUnderTest()
      const as = await whoMay(path, school)
      const before = school.snapshot()
      const body = method === 'DELETE' ? undefined : await bodyFor(path, school)
      const answer = await school.call(addressed(name), { as, body, headers })
      expect([answer.status, answer.problem().type], name).toEqual([403, 'cross-site'])
      const { activity, ...after } = school.snapshot()
      const { activity: activityBefore, ...rest } = before
      expect(after).toEqual(rest)
      expect(activity.slice(activityBefore.length)).toMatchObject([
        { outcome: 'refused', reason: 'cross-site', actorId: idOf(path, school) },
      ])
    }
  })

  test.each([
    ['of its own page', { 'Sec-Fetch-Site': 'same-origin', Origin: 'https://school.test' }],
    ['of its own page in an older browser', { Origin: 'https://school.test' }],
    ['of its own page behind a name of its own', { Origin: 'https://elev.test', Host: 'elev.test' }],
    ['of a client that is no browser', {}],
  ])('a request %s is carried out', async (_, headers) => {
    for (const { name, path, method } of changing) {
      const school = schoolUnderTest()
      const as = await whoMay(path, school)
      const body = method === 'DELETE' ? undefined : await bodyFor(path, school)
      const answer = await school.call(addressed(name), { as, body, headers })
      expect(answer.status, name).toBeLessThan(300)
    }
  })

  test("a page drawn for one person does not act in the next one's session", async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    const mads = await school.signIn('mads5512', lone)
    // What is the same for everybody.
    const ofNobody = ['/api/session', '/api/session/username', '/api/operating-status']
    for (const { name, path, method } of staffRoutes.filter(({ path }) => !ofNobody.includes(path))) {
      const body = method === 'POST' ? await bodyFor(path, school) : undefined
      const before = school.snapshot()
      const answer = await school.call(addressed(name), {
        as: mads,
        body,
        headers: { 'Elevadgang-Session': lone.ref },
      })
      expect([answer.status, answer.problem().type], name).toEqual([409, 'session-changed'])
      const { activity, ...after } = school.snapshot()
      expect(after).toEqual({ ...before, activity: undefined })
      expect(activity.at(-1)).toMatchObject({
        actorId: 's-mads',
        outcome: 'refused',
        reason: 'session-changed',
      })
    }
  })

  test('a page drawn for this very session acts in it', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    const answer = await school.call('GET /api/pupils', {
      as: lone,
      headers: { 'Elevadgang-Session': lone.ref },
    })
    expect(answer.status).toBe(200)
  })

  test('signing out in one tab signs out the others', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    await school.call('DELETE /api/session', { as: lone })
    await expectRefused(school, () => school.call('GET /api/pupils', { as: lone }), {
      status: 401,
      type: 'session-ended',
      action: 'listPupils',
      by: null,
    })
  })
})

describe('abuse case 22: names are text, and usernames are in no address', () => {
  test.each([
    `O'Brien "Bobby" <script>alert(1)</script>`,
    '\u202Eanirtak\u202C \u200Fשלום',
    '👩🏽‍🏫 Åse 🇩🇰',
    '=1+1',
    '+45 11111111',
    '-2+3',
    '@SUM(A1)',
    'Å\u030A\u0000\u2028\u2029</title>',
    '\\u0041 \\n %00 #{7*7} {{name}}',
  ])('%j comes out as it went in', async (given) => {
    const school = schoolUnderTest((data) => ({
      ...data,
      pupils: data.pupils.map((each) => (each.username === 'asta2011' ? { ...each, name: given } : each)),
      classes: data.classes.map((each) => (each.id === 'birkeskolen-2a' ? { ...each, name: given } : each)),
    }))
    const name = school.kept(given)
    const as = await school.signIn('lone4821')
    const answer = await school.call('GET /api/classes/birkeskolen-2a', { as })
    expect(answer.headers.get('Content-Type')).toBe('application/json')
    const found = answer.json(schoolClassSchema)
    expect(found.name).toBe(name)
    expect(found.pupils.find(({ id }) => id === school.id('asta2011'))?.name).toBe(name)
    const list = (await school.call('GET /api/pupils', { as })).json(pupilListSchema)
    expect(list.pupils.map((pupil) => pupil.name)).toContain(name)
  })

  test('a protected pupil is shown by the alias only, and sorted by it', async () => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    const answer = await school.call('GET /api/classes/birkeskolen-tysk-8', { as })
    expect(answer.text).not.toContain('Navn under beskyttelse')
    const { pupils } = answer.json(schoolClassSchema)
    expect(pupils.find(({ id }) => id === school.id('elev8031'))).toMatchObject({
      name: 'Elev 31',
      protected: true,
    })
    const names = pupils.map(({ name }) => name)
    expect(names).toEqual(names.toSorted(new Intl.Collator('da').compare))
  })

  test('no route takes a username in its address', () => {
    const ids = ['classId', 'id', 'institutionId', 'pupilId', 'service', 'after', 'changedSince', 'also']
    // Of the activity log: an id or a code, a day, a request.
    ids.push('by', 'group', 'outcome', 'from', 'to', 'olderThan')
    for (const { path, operation } of routes) {
      expect(path).not.toMatch(/{\w*(user|name)\w*}/i)
      for (const { name, in: place } of operation.parameters) {
        if (place !== 'header') expect(ids).toContain(name)
      }
    }
  })
})

describe('abuse case 23: the network is lost', () => {
  test('a batch is sent again with its key: nothing is done twice, and nothing is logged twice', async () => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    const pupilIds = pupilsOf(school.snapshot(), 'birkeskolen-2a').map(({ id }) => id)
    const key = newKey()
    const send = () => school.call(RESETS, { as, body: { pupilIds }, key })
    const first = await send()
    const afterFirst = school.snapshot()
    school.pass(seconds(30))
    const second = await send()
    expect(refusalsIn(second)).toEqual(refusalsIn(first))
    expect(school.snapshot()).toEqual(afterFirst)
    expect(new Set(school.snapshot().resetWindows.map(({ openedAt }) => openedAt))).toEqual(
      new Set([MORNING]),
    )
  })

  test('a request that never arrived is carried out by its repetition', async () => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    const pupilIds = [school.id('asta2011')]
    const key = newKey()
    const answer = await school.call(RESETS, { as, body: { pupilIds }, key })
    expect(refusalsIn(answer)).toEqual([[school.id('asta2011'), null]])
  })
})

describe('abuse case 24: reveals and copies', () => {
  test('each username shown is in the log, by whom and of whom, and not the username itself', async () => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    const pupilIds = pupilsOf(school.snapshot(), 'birkeskolen-2a').map(({ id }) => id)
    for (const [route, action] of [
      [REVEALS, 'revealUsername'],
      [COPIES, 'copyUsername'],
    ] as const) {
      const logged = school.activity().length
      const answer = await school.call(route, { as, body: { pupilIds } })
      const { results } = answer.json(revealedSchema)
      expect(results.map(({ username }) => username)).toEqual(
        pupilsOf(school.snapshot(), 'birkeskolen-2a').map(({ username }) => username),
      )
      const entries = school.activity().slice(logged)
      expect(entries.map(({ pupilId }) => pupilId)).toEqual(pupilIds)
      for (const entry of entries) {
        expect(entry).toEqual({
          at: MORNING,
          actorId: 's-lone',
          actorRole: 'teacher',
          institutionIds: ['birkeskolen'],
          action,
          outcome: 'done',
          reason: null,
          pupilId: entry.pupilId,
          requestId: answer.headers.get('Request-Id'),
          source: school.source,
        })
      }
      school.expectNoSecrets(JSON.stringify(entries))
    }
  })

  /** Lone teaches the whole school, so that she could ask for more than is allowed. */
  const wholeSchool = async () => {
    const school = schoolUnderTest((data) => ({
      ...data,
      teaching: data.classes.map(({ id }) => ({ staffId: 's-lone', classId: id })),
    }))
    const as = await school.signIn('lone4821')
    const ids = school
      .snapshot()
      .pupils.slice(0, 400)
      .map(({ id }) => id)
    const ask = (from: number, to: number, { route = REVEALS, key = newKey() } = {}) =>
      school.call(route, { as, body: { pupilIds: ids.slice(from, to) }, key })
    return { school, as, ids, ask }
  }

  test('300 in ten minutes, reveals and copies together, and then no more until the first are ten minutes old', async () => {
    const { school, ask } = await wholeSchool()
    expect((await ask(0, 150)).status).toBe(200)
    school.pass(seconds(30))
    expect((await ask(150, 299, { route: COPIES })).status).toBe(200)
    expect((await ask(299, 300)).status).toBe(200)

    const refusal = {
      status: 429,
      type: 'too-many-requests',
      action: 'revealUsername',
      by: 's-lone',
    } as const
    const answer = await expectRefused(school, () => ask(300, 301), refusal)
    expect(answer.headers.get('Retry-After')).toBe('570')
    expect(answer.problem().retryAfterSeconds).toBe(570)
    await expectRefused(school, () => ask(300, 301, { route: COPIES }), {
      ...refusal,
      action: 'copyUsername',
    })

    school.pass(minutes(10) - seconds(30) - 1)
    expect((await expectRefused(school, () => ask(300, 301), refusal)).headers.get('Retry-After')).toBe('1')
    school.pass(1)
    expect((await ask(300, 400)).status).toBe(200)
  })

  test('a batch is shown as a whole or not at all', async () => {
    const { ask, school } = await wholeSchool()
    expect((await ask(0, 200)).status).toBe(200)
    const before = school.snapshot().buckets
    expect((await ask(200, 301)).status).toBe(429)
    expect(school.snapshot().buckets).toEqual(before)
    expect((await ask(200, 300)).status).toBe(200)
  })

  test('ids out of reach and repeated requests use up nothing', async () => {
    const { ask, as, school, ids } = await wholeSchool()
    const key = newKey()
    await ask(0, 299, { key })
    expect((await ask(0, 299, { key })).status).toBe(200)
    const strangers = Array.from({ length: 50 }, (_, place) => `p-${place}`)
    const body = { pupilIds: [...strangers, ids[299], ids[299]] }
    const answer = await school.call(REVEALS, { as, body })
    expect(answer.json(revealedSchema).results.filter(({ username }) => username !== null)).toHaveLength(1)
    expect((await ask(300, 301)).status).toBe(429)
  })

  test('another teacher has a limit of his own', async () => {
    const { ask, school } = await wholeSchool()
    await ask(0, 300)
    school.change((data) => ({
      ...data,
      teaching: [...data.teaching, { staffId: 's-mads', classId: 'birkeskolen-2a' }],
    }))
    const mads = await school.signIn('mads5512')
    const answer = await school.call(REVEALS, { as: mads, body: { pupilIds: [school.id('asta2011')] } })
    expect(answer.status).toBe(200)
  })

  test('no route changes or empties the log: one reads it, one takes a copy away', async () => {
    const ofTheLog = routes.filter(({ path }) => /activity|log/.test(path))
    expect(ofTheLog.map(({ name }) => name)).toEqual(['GET /api/activity', 'POST /api/activity/exports'])
    const school = schoolUnderTest()
    const as = await school.administrator('kent1904', 'birkeskolen')
    const logged = school.activity()
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      for (const path of ['/api/activity', '/api/activity/0', '/api/activity/exports', '/api/log']) {
        if (ofTheLog.some(({ name }) => name === `${method} ${path}`)) continue
        expect((await school.call(`${method} ${path}`, { as })).status).toBe(404)
      }
    }
    expect(school.activity()).toEqual(logged)
  })
})

describe('abuse case 25: bodies that no page sends', () => {
  const latin1 = new Uint8Array([
    ...new TextEncoder().encode('{"username":"bj'),
    0xf8,
    0x72,
    0x6e,
    0x22,
    0x7d,
  ])
  const utf16 = new Uint8Array([0xff, 0xfe, 0x7b, 0x00, 0x7d, 0x00])
  const deep = `{"pupilIds":${'['.repeat(50_000)}${']'.repeat(50_000)}}`

  const bodies: readonly {
    what: string
    raw: string | Uint8Array<ArrayBuffer>
    headers?: Record<string, string>
    expected: readonly [number, string]
  }[] = [
    { what: 'one byte too large', raw: ' '.repeat(128 * 1024 + 1), expected: [413, 'too-large'] },
    {
      what: 'as large as may be, of nothing',
      raw: ' '.repeat(128 * 1024),
      expected: [400, 'malformed-request'],
    },
    { what: 'far too large', raw: `"${'x'.repeat(5_000_000)}"`, expected: [413, 'too-large'] },
    {
      what: 'that only claims to be too large',
      raw: '{}',
      headers: { 'Content-Length': '999999999' },
      expected: [413, 'too-large'],
    },
    { what: 'cut off', raw: '{"pupilIds":["p-1"', expected: [400, 'malformed-request'] },
    { what: 'of two documents', raw: '{}{}', expected: [400, 'malformed-request'] },
    { what: 'of JavaScript', raw: "{pupilIds:['p-1']}", expected: [400, 'malformed-request'] },
    { what: 'of a form', raw: 'username=lone4821', expected: [400, 'malformed-request'] },
    { what: 'with not-a-number', raw: '{"pupilIds":[NaN]}', expected: [400, 'malformed-request'] },
    { what: 'in Latin-1', raw: latin1, expected: [400, 'malformed-request'] },
    { what: 'in UTF-16', raw: utf16, expected: [400, 'malformed-request'] },
    { what: 'nested very deep', raw: deep, expected: [422, 'invalid-request'] },
    { what: 'of a string', raw: '"p-1"', expected: [422, 'invalid-request'] },
    { what: 'of null', raw: 'null', expected: [422, 'invalid-request'] },
    { what: 'of nothing', raw: '', expected: [400, 'malformed-request'] },
    ...[
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=iso-8859-1',
      'application/json; charset=utf-16',
      'application/jsonp',
      'application/vnd.api+json',
      'text/json',
      'application/json, text/plain',
      'nonsense',
    ].map((type) => ({
      what: `said to be ${type}`,
      raw: '{}',
      headers: { 'Content-Type': type },
      expected: [415, 'unsupported-media-type'] as const,
    })),
  ]

  const withBodies = changing.filter(({ operation }) => operation.requestBody)

  test.each(bodies)(
    '$what: a problem, nothing changed, on every route',
    async ({ raw, headers = {}, expected }) => {
      const school = schoolUnderTest()
      const lone = await school.signIn('lone4821')
      const freja = await school.signInAsPupil('frej4011')
      for (const { name, path } of withBodies) {
        const as = isForPupils({ path }) ? freja : lone
        const { activity: logged, ...before } = school.snapshot()
        const answer = await school.call(name, { as, raw, headers })
        const { status, type } = answer.problem()
        expect([status, type], name).toEqual(expected)
        expect(answer.text).not.toMatch(/\bat \w|stack|Error|node_modules|SyntaxError/)
        const { activity, ...after } = school.snapshot()
        expect(after).toEqual(before)
        expect(activity.slice(logged.length)).toMatchObject([
          { outcome: 'refused', reason: type, actorId: as === lone ? 's-lone' : school.id('frej4011') },
        ])
      }
    },
  )

  test.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON;charset="UTF-8"'])(
    'said to be %s: read',
    async (type) => {
      const school = schoolUnderTest()
      const as = await school.signIn('lone4821')
      const body = { pupilIds: [school.id('asta2011')] }
      const answer = await school.call(RESETS, { as, body, headers: { 'Content-Type': type } })
      expect(answer.status).toBe(200)
    },
  )

  test('what did not fit is named by its place, never by its value', async () => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    const answer = await school.call(RESETS, { as, body: { pupilIds: ['<b>Asta Holm</b>', 5] } })
    expect(answer.problem().errors?.map(({ path }) => path)).toEqual(['pupilIds.0', 'pupilIds.1'])
    expect(answer.text).not.toContain('Asta')

    const signIn = await school.call('POST /api/session', { body: { username: '', password: 7 } })
    expect(signIn.problem().errors?.map(({ path }) => path)).toEqual(['username', 'password'])
  })

  test('a body that never ends is cut off at its limit', async () => {
    const school = schoolUnderTest()
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 64 * 1024
        if (sent > 10_000_000) throw new Error('still reading')
        controller.enqueue(new Uint8Array(64 * 1024).fill(32))
      },
    })
    const init: RequestInit & { duplex: 'half' } = {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: endless,
      duplex: 'half',
    }
    const answered = school.fetch(new Request('https://school.test/api/session', init))
    const status = await answered.then(
      (response) => response.status,
      (error: unknown) => {
        // A line that is cut while somebody still writes may take the answer along.
        if (school.onItsWay > 0 && /EPIPE|ECONNRESET/.test(String(error))) return 'cut'
        throw error
      },
    )
    expect([413, 'cut']).toContain(status)
    // A line between two programs has more on its way than either of them wants.
    expect(sent).toBeLessThan(school.onItsWay + 1_000_000)
  })
})
