import { describe, expect, test } from 'vitest'
import type { ActivityEntry } from '../../../server/activity/entry'
import { type ActivityLine, activitySchema } from '../../../server/activity/schema'
import { ACTIVITY_EXPORTS } from '../../../server/rate-limit'
import type { SchoolData } from '../../../server/store/memory'
import { hours, minutes, seconds } from '../../../server/time'
import {
  expectRefused,
  MORNING,
  type Person,
  pupilsOf,
  type SchoolUnderTest,
  schoolUnderTest,
} from '../school-under-test'

const REVEALS = 'POST /api/pupils/username-reveals'
const EXPORTS = 'POST /api/activity/exports'

async function read(school: SchoolUnderTest, as: Person, query = '') {
  const answer = await school.call(`GET /api/activity${query}`, { as })
  expect(answer.status, answer.text).toBe(200)
  return answer.json(activitySchema)
}

const lines = async (school: SchoolUnderTest, as: Person, query = '') => (await read(school, as, query)).lines

/** Who did what to whom, in short. */
const inShort = ({ actor, action, outcome, pupils }: ActivityLine) =>
  [actor.name, action, outcome, ...pupils.map(({ name }) => name)].join(' ')

const reveal = (school: SchoolUnderTest, as: Person, ...pupilIds: string[]) =>
  school.call(REVEALS, { as, body: { pupilIds } })

const first = (school: SchoolUnderTest, classId: string) => pupilsOf(school.snapshot(), classId)[0]?.id ?? ''

const bodilAt = (school: SchoolUnderTest, institutionId: string) =>
  school.administrator('bodi2259', institutionId)

/** Asta also goes to Søndervang, where Sofie teaches her. */
const atBothSchools = (data: SchoolData): SchoolData => {
  const asta = data.pupils.find(({ username }) => username === 'asta2011')?.id ?? ''
  return { ...data, enrolments: [...data.enrolments, { pupilId: asta, classId: 'soendervang-2a' }] }
}

describe('abuse case 1: a teacher sees own acts only', () => {
  test('and none of a colleague, not even on the same pupil', async () => {
    const school = schoolUnderTest()
    const [lone, mads] = [await school.signIn('lone4821'), await school.signIn('mads5512')]
    await reveal(school, lone, school.id('asta2011'))
    await reveal(school, mads, school.id('asta2011'))
    expect((await lines(school, lone)).map(inShort)).toEqual([
      'Lone Kjær revealUsername done Asta Holm',
      'Lone Kjær signIn done',
    ])
    expect((await lines(school, mads, `?by=s-lone`)).map(inShort)).toEqual([])
    expect((await lines(school, mads, '?by=pupils')).map(inShort)).toEqual([])
  })

  test('a pupil of another class, tried or asked about, has no name and no id', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    const stranger = first(school, 'birkeskolen-2b')
    await reveal(school, lone, stranger, school.id('asta2011'))
    const found = await school.call('GET /api/activity', { as: lone })
    expect(found.text).not.toContain(stranger)
    expect(found.json(activitySchema).lines.map(inShort)).toEqual([
      'Lone Kjær revealUsername refused ',
      'Lone Kjær revealUsername done Asta Holm',
      'Lone Kjær signIn done',
    ])
    for (const pupilId of [stranger, 'p-nobody']) {
      await expectRefused(school, () => school.call(`GET /api/activity?pupilId=${pupilId}`, { as: lone }), {
        status: 404,
        type: 'not-found',
        action: 'listActivity',
        by: 's-lone',
      })
    }
  })

  test('what was done as user administrator is not seen as a teacher', async () => {
    const school = schoolUnderTest()
    const bodil = await bodilAt(school, 'birkeskolen')
    await reveal(school, bodil, school.id('asta2011'))
    const { school: _, ...asTeacher } = bodil
    expect(await lines(school, asTeacher)).toEqual([])
    await reveal(school, asTeacher, first(school, 'birkeskolen-7a'))
    expect(await lines(school, asTeacher)).toMatchObject([{ action: 'revealUsername' }])
  })
})

describe('abuse case 2: another school', () => {
  test('is not seen by an administrator of both in the view of the first', async () => {
    const school = schoolUnderTest()
    const sofie = await school.signIn('sofi6603')
    const lone = await school.signIn('lone4821')
    await reveal(school, sofie, first(school, 'soendervang-2a'))
    await reveal(school, lone, school.id('asta2011'))
    const here = await school.call('GET /api/activity', { as: await bodilAt(school, 'birkeskolen') })
    expect(here.text).not.toMatch(/Sofie|s-sofie/)
    expect(here.text).toContain('Lone Kjær')
    const there = await school.call('GET /api/activity', { as: await bodilAt(school, 'soendervang') })
    expect(there.text).not.toMatch(/Lone|s-lone|Asta/)
    expect(there.text).toContain('Sofie Lind')
  })

  test('what an administrator of both did in the view of one is told there alone', async () => {
    const school = schoolUnderTest()
    const bodil = await bodilAt(school, 'birkeskolen')
    await school.call(EXPORTS, { as: bodil, body: { language: 'da' } })
    await reveal(school, bodil, first(school, 'soendervang-2a'))
    const actions = async (as: Person) =>
      (await lines(school, as)).map(({ action, outcome }) => `${action} ${outcome}`)
    const signingIn = ['giveSecondFactor done', 'sendSecondFactorCode done', 'signIn done']
    expect(await actions(bodil)).toEqual(['revealUsername refused', 'exportActivity done', ...signingIn])
    expect(await actions({ ...bodil, school: 'soendervang' })).toEqual(signingIn)
  })

  test('a pupil with two schools: each sees what its own did', async () => {
    const school = schoolUnderTest(atBothSchools)
    const [lone, sofie] = [await school.signIn('lone4821'), await school.signIn('sofi6603')]
    await reveal(school, lone, school.id('asta2011'))
    await reveal(school, sofie, school.id('asta2011'))
    await school.signInAsPupil('asta2011')
    const of = async (institutionId: string) => {
      const as = await bodilAt(school, institutionId)
      return (await lines(school, as, `?pupilId=${school.id('asta2011')}`)).map(inShort)
    }
    expect(await of('birkeskolen')).toEqual([
      'Asta Holm signIn done',
      'Lone Kjær revealUsername done Asta Holm',
    ])
    expect(await of('soendervang')).toEqual([
      'Asta Holm signIn done',
      'Sofie Lind revealUsername done Asta Holm',
    ])
  })

  test('a teacher at both: what was tried at one is told there', async () => {
    const school = schoolUnderTest((data) => ({
      ...data,
      teaching: [...data.teaching, { staffId: 's-lone', classId: 'soendervang-2a' }],
      staff: data.staff.map((each) =>
        each.id === 's-lone'
          ? { ...each, roles: [...each.roles, { institutionId: 'soendervang', role: 'teacher' as const }] }
          : each,
      ),
    }))
    const lone = await school.signIn('lone4821')
    await reveal(school, lone, school.id('asta2011'), first(school, 'soendervang-2a'))
    const atBirk = await lines(school, await bodilAt(school, 'birkeskolen'), '?group=usernames')
    expect(atBirk.map(inShort)).toEqual(['Lone Kjær revealUsername done Asta Holm'])
    const atSoender = await lines(school, await bodilAt(school, 'soendervang'), '?group=usernames')
    expect(atSoender.map(({ pupilCount }) => pupilCount)).toEqual([1])
    expect(atSoender[0]?.pupils[0]?.id).toBe(first(school, 'soendervang-2a'))
  })

  test('who joins a school brings nothing along, and who leaves takes nothing away', async () => {
    const school = schoolUnderTest()
    const sofie = await school.signIn('sofi6603')
    await reveal(school, sofie, first(school, 'soendervang-2a'))
    school.change((data) => ({
      ...data,
      staff: data.staff.map((each) =>
        each.id === 's-sofie'
          ? { ...each, roles: [{ institutionId: 'birkeskolen', role: 'teacher' as const }] }
          : each,
      ),
    }))
    const here = await school.call('GET /api/activity', { as: await bodilAt(school, 'birkeskolen') })
    expect(here.text).not.toContain('Sofie')
    const there = await lines(school, await bodilAt(school, 'soendervang'), '?by=s-sofie')
    expect(there.map(({ action }) => action)).toEqual(['revealUsername', 'signIn'])
  })
})

describe('abuse case 3: administrator at one school only', () => {
  test.each(['GET /api/activity', EXPORTS])('%s: the powers stop at the other', async (route) => {
    const school = schoolUnderTest()
    const kent = await school.administrator('kent1904', 'soendervang')
    const body = route === EXPORTS ? { language: 'da' } : undefined
    await expectRefused(school, () => school.call(route, { as: kent, body }), {
      status: 404,
      type: 'not-found',
      action: route === EXPORTS ? 'exportActivity' : 'listActivity',
      by: 's-kent',
    })
    // The try is told at Kent's own school, and the other hears nothing of him.
    const there = await lines(school, await bodilAt(school, 'soendervang'), '?outcome=refused')
    expect(there).toEqual([])
    const here = await lines(school, await bodilAt(school, 'birkeskolen'), '?outcome=refused')
    expect(here.map(inShort)).toEqual([
      `Kent Dahl ${route === EXPORTS ? 'exportActivity' : 'listActivity'} refused`,
    ])
  })
})

describe('abuse case 4: who has no business here', () => {
  test('nobody, and no pupil, reads the log or takes it away', async () => {
    const school = schoolUnderTest()
    const asta = await school.signInAsPupil('asta2011')
    for (const as of [undefined, asta]) {
      for (const [route, action] of [
        ['GET /api/activity', 'listActivity'],
        [EXPORTS, 'exportActivity'],
      ] as const) {
        const body = route === EXPORTS ? { language: 'da' } : undefined
        await expectRefused(school, () => school.call(route, { as, body }), {
          status: 401,
          type: 'not-signed-in',
          action,
          by: null,
        })
      }
    }
  })

  test('what nobody known has tried is in the log, and in no school’s', async () => {
    const school = schoolUnderTest()
    await school.call('POST /api/session', { body: { username: 'lone4821', password: 'x', as: 'teacher' } })
    await school.call('GET /api/pupils')
    expect(school.activity()).toMatchObject([
      { actorId: null, actorRole: null, institutionIds: [], outcome: 'refused' },
      { actorId: null, actorRole: null, institutionIds: [], outcome: 'refused' },
    ])
    const as = await bodilAt(school, 'birkeskolen')
    expect(await lines(school, as, '?outcome=refused')).toEqual([])
  })

  test('a second who signs in at the same browser is told at own schools', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    await school.signIn('sofi6603', lone)
    expect(school.activity().at(-1)).toMatchObject({
      actorId: 's-sofie',
      institutionIds: ['soendervang'],
    })
  })
})

describe('abuse case 5: without a second factor', () => {
  test.each(['GET /api/activity', EXPORTS])(
    '%s is refused, for own schools and others alike',
    async (route) => {
      const school = schoolUnderTest()
      const kent = await school.plantSession({ staffId: 's-kent' })
      const body = route === EXPORTS ? { language: 'da' } : undefined
      for (const view of ['birkeskolen', 'soendervang', 'nowhere']) {
        await expectRefused(school, () => school.call(route, { as: { ...kent, school: view }, body }), {
          status: 403,
          type: 'second-factor-needed',
          action: route === EXPORTS ? 'exportActivity' : 'listActivity',
          by: 's-kent',
        })
      }
    },
  )
})

describe('abuse case 10: names by the rule of every list', () => {
  test('a protected pupil is told by the alias, in the list and in the file', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    await reveal(school, lone, school.id('elev8031'))
    expect((await lines(school, lone)).map(inShort)).toContain('Lone Kjær revealUsername done Elev 31')
    const as = await bodilAt(school, 'birkeskolen')
    const file = await school.call(EXPORTS, { as, body: { language: 'da' } })
    expect(file.text).toContain('Elev 31')
    expect(file.text).not.toContain('Navn under beskyttelse')
  })

  test('a pupil who has left the class is somebody without a name from then on', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    const asta = school.id('asta2011')
    await reveal(school, lone, asta)
    school.change((data) => ({
      ...data,
      enrolments: data.enrolments.filter(({ pupilId }) => pupilId !== asta),
    }))
    const answer = await school.call('GET /api/activity?group=usernames', { as: lone })
    expect(answer.json(activitySchema).lines[0]?.pupils).toEqual([{ id: null, name: null, reason: null }])
    expect(answer.text).not.toContain(asta)
  })

  test('the staff to choose from are those in the school’s own log', async () => {
    const school = schoolUnderTest()
    for (const username of ['lone4821', 'sofi6603']) await school.signIn(username)
    const { staff } = await read(school, await bodilAt(school, 'soendervang'))
    expect(staff.map(({ name }) => name).toSorted()).toEqual(['Bodil Friis', 'Sofie Lind'])
    const lone = await school.signIn('lone4821')
    expect((await read(school, lone)).staff).toEqual([])
  })
})

/** The cells of a file, row by row; none of them holds a line break here. */
const cellsOf = (file: string) =>
  file
    .replace(/^\uFEFF/, '')
    .split('\r\n')
    .slice(0, -1)
    .map((row) => row.split(';'))

describe('abuse case 22: the file', () => {
  test('opens as a table in a Danish spreadsheet', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    school.pass(minutes(2) + seconds(5))
    await school.call('POST /api/pupils/password-resets', {
      as: lone,
      body: { pupilIds: [school.id('asta2011'), school.id('bert2012')] },
    })
    const as = await school.administrator('kent1904', 'birkeskolen')
    const answer = await school.call(EXPORTS, { as, body: { language: 'da', by: 's-lone' } })
    expect(answer.headers.get('Content-Type')).toBe('text/csv; charset=utf-8')
    expect(answer.headers.get('Elevadgang-Incomplete')).toBeNull()
    const [headings, given, refused, signIn, ...rest] = cellsOf(answer.text)
    expect(headings?.slice(0, 8)).toEqual([
      'Dato',
      'Klokkeslæt',
      'Hvem',
      'Rolle',
      'Handling',
      'Elev',
      'Resultat',
      'Årsag',
    ])
    const at = ['20-11-2026', '09:02:05', 'Lone Kjær', 'lærer', 'giv ny adgangskode']
    expect(given?.slice(0, 9)).toEqual([...at, 'Asta Holm', 'udført', '', school.source])
    expect(refused?.slice(0, 8)).toEqual([...at, 'Bertram Lund', 'afvist', 'eleven er spærret'])
    expect(signIn?.slice(0, 6)).toEqual(['20-11-2026', '09:00:00', 'Lone Kjær', 'lærer', 'log på', ''])
    expect(rest).toEqual([])
    const english = await school.call(EXPORTS, { as, body: { language: 'en' } })
    expect(cellsOf(english.text)[0]?.[0]).toBe('Date')
  })

  test.each(['=1+1', '+45', '-2', '@SUM(A1)', '\t=1'])('a pupil called %j is text', async (name) => {
    const school = schoolUnderTest((data) => ({
      ...data,
      pupils: data.pupils.map((each) => (each.username === 'asta2011' ? { ...each, name } : each)),
    }))
    const lone = await school.signIn('lone4821')
    await reveal(school, lone, school.id('asta2011'))
    const as = await school.administrator('kent1904', 'birkeskolen')
    const { text } = await school.call(EXPORTS, { as, body: { language: 'da' } })
    expect(text).toContain(`;'${name};`)
    expect(text).not.toContain(`;${name}`)
  })
})

describe('abuse case 24: the log', () => {
  test('a file taken away is itself in the log, and limited', async () => {
    const school = schoolUnderTest()
    const as = await school.administrator('kent1904', 'birkeskolen')
    for (let time = 0; time < ACTIVITY_EXPORTS.max; time += 1) {
      expect((await school.call(EXPORTS, { as, body: { language: 'da' } })).status).toBe(200)
    }
    expect(school.activity().at(-1)).toMatchObject({
      actorId: 's-kent',
      actorRole: 'userAdministrator',
      action: 'exportActivity',
      outcome: 'done',
      institutionIds: ['birkeskolen'],
    })
    await expectRefused(school, () => school.call(EXPORTS, { as, body: { language: 'da' } }), {
      status: 429,
      type: 'too-many-requests',
      action: 'exportActivity',
      by: 's-kent',
    })
    school.pass(ACTIVITY_EXPORTS.per)
    expect((await school.call(EXPORTS, { as, body: { language: 'da' } })).status).toBe(200)
  })

  test('reading it adds nothing to it', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    const before = school.activity()
    await read(school, lone)
    expect(school.activity()).toEqual(before)
  })

  test('holds no username and no password, however it is read', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    await reveal(school, lone, ...pupilsOf(school.snapshot(), 'birkeskolen-2a').map(({ id }) => id))
    await school.call('POST /api/pupils/password-resets', {
      as: lone,
      body: { pupilIds: [school.id('asta2011')] },
    })
    await school.takeWindow('asta2011')
    await school.call('POST /api/pupil/session', { body: { username: 'emil2015', password: 'wrong one' } })
    const as = await bodilAt(school, 'birkeskolen')
    // Every answer is searched for usernames, passwords and secrets: see expectProperAnswer.
    await read(school, as, '?by=pupils')
    const file = await school.call(EXPORTS, { as, body: { language: 'da' } })
    expect(file.text).not.toContain('wrong one')
    expect(file.text).toContain('log på med brugernavnet alene')
  })
})

describe('the activity log as it is read', () => {
  test('a whole class in one request is one line with its pupils inside', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    const pupils = pupilsOf(school.snapshot(), 'birkeskolen-2a')
    await reveal(school, lone, ...pupils.map(({ id }) => id))
    const [line, ...others] = await lines(school, lone, '?group=usernames')
    expect(others).toEqual([])
    expect(line).toMatchObject({ action: 'revealUsername', outcome: 'done', pupilCount: pupils.length })
    expect(line?.pupils.map(({ name }) => name)).toEqual(pupils.map(({ name }) => name))
  })

  test('more pupils than a class are counted, not named', async () => {
    const school = schoolUnderTest()
    const as = await bodilAt(school, 'birkeskolen')
    const ids = school.snapshot().pupils.slice(0, 90)
    await reveal(school, as, ...ids.map(({ id }) => id))
    const [line] = await lines(school, as, '?group=usernames')
    expect([line?.pupilCount, line?.pupils.length]).toEqual([90, 60])
  })

  test('what was done and what was refused in one request are two lines', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    const pupilIds = [school.id('asta2011'), school.id('bert2012'), school.id('carl2013')]
    await school.call('POST /api/pupils/password-resets', { as: lone, body: { pupilIds } })
    const found = await lines(school, lone, '?group=passwords')
    expect(found.map(({ outcome, pupils }) => [outcome, pupils.map(({ reason }) => reason)])).toEqual([
      ['done', [null]],
      ['refused', ['blocked', 'localLogin']],
    ])
  })

  test('refused looks are left out, unless they or refusals are asked for', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    await school.call('GET /api/classes/birkeskolen-2b', { as: lone })
    const actions = async (query: string) => (await lines(school, lone, query)).map(({ action }) => action)
    expect(await actions('')).toEqual(['signIn'])
    expect(await actions('?group=looking')).toEqual(['listPupils'])
    expect(await actions('?outcome=refused')).toEqual(['listPupils'])
    expect(await actions('?outcome=done&group=looking')).toEqual([])
  })

  test('days are days in Denmark, on both sides of midnight', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    const entry = (requestId: string, at: number): ActivityEntry => ({
      at,
      actorId: 's-lone',
      actorRole: 'teacher',
      action: 'stepUp',
      outcome: 'done',
      reason: null,
      pupilId: school.id('asta2011'),
      institutionIds: ['birkeskolen'],
      requestId,
      source: 'page',
    })
    // Midnight in Denmark is 23:00 UTC in November.
    const midnight = MORNING - hours(9)
    const added = [entry('AAAA-2222', midnight - 1), entry('BBBB-2222', midnight)]
    for (const each of added) await school.store.transaction((unit) => unit.appendActivity([each]))
    const ids = async (query: string) =>
      (await lines(school, lone, `?group=stepUp&${query}`)).map(({ requestId }) => requestId)
    expect(await ids('from=2026-11-20')).toEqual(['BBBB-2222'])
    expect(await ids('to=2026-11-19')).toEqual(['AAAA-2222'])
    expect(await ids('from=2026-11-19&to=2026-11-20')).toEqual(['BBBB-2222', 'AAAA-2222'])
    expect(await ids('from=2026-11-20&to=2026-11-19')).toEqual([])
  })

  test('pages of fifty requests follow one another', async () => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    for (let time = 0; time < 60; time += 1) await reveal(school, lone, school.id('asta2011'))
    const newest = await read(school, lone)
    const older = await read(school, lone, `?olderThan=${newest.next}`)
    expect([newest.lines.length, older.lines.length, older.next]).toEqual([50, 11, null])
    const ids = [...newest.lines, ...older.lines].map(({ id }) => id)
    expect(new Set(ids).size).toBe(61)
  })

  test.each([
    'by=a%20b',
    'by=',
    'pupilId=../x',
    'group=everything',
    'outcome=maybe',
    'from=2026-02-30',
    'from=20-11-2026',
    'to=now',
    'olderThan=1',
  ])('?%s is refused, and so logged', async (query) => {
    const school = schoolUnderTest()
    const lone = await school.signIn('lone4821')
    await expectRefused(school, () => school.call(`GET /api/activity?${query}`, { as: lone }), {
      status: 422,
      type: 'invalid-request',
      action: 'listActivity',
      by: 's-lone',
    })
  })
})
