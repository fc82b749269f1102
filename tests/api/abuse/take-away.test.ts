import { describe, expect, test } from 'vitest'
import type { Role } from '../../../server/people'
import { policyOf } from '../../../server/policy/rules'
import { classListsSchema, exportedSchema, slipsSchema } from '../../../server/take-away/schema'
import { seconds } from '../../../server/time'
import { expectRefused, exportWords, newKey, pupilsOf, schoolUnderTest } from '../school-under-test'

const SLIPS = 'POST /api/pupils/username-slips'
const LISTS = 'POST /api/pupils/class-lists'
const EXPORTS = 'POST /api/pupils/exports'

/** Everything that leaves the page for good: the route, its name in the log, and what it asks for beside the ids. */
const ways = [
  [SLIPS, 'printSlips', {}],
  [LISTS, 'printClassList', {}],
  [EXPORTS, 'exportPupils', { words: exportWords }],
] as const

const kentIn = async (school: ReturnType<typeof schoolUnderTest>) =>
  school.administrator('kent1904', 'birkeskolen')

describe('slips with usernames', () => {
  test('say name, class, school and username, in the order asked; the alias of who is protected', async () => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    const pupilIds = ['elev8031', 'asta2011', 'carl2013'].map((username) => school.id(username))
    const { results } = (await school.call(SLIPS, { as, body: { pupilIds } })).json(slipsSchema)
    expect(results).toEqual([
      {
        id: pupilIds[0],
        refusal: null,
        slip: {
          name: 'Elev 31',
          className: expect.stringMatching(/^8\.[AB]$/),
          schoolName: 'Birkeskolen',
          username: 'elev8031',
          localLogin: false,
        },
      },
      {
        id: pupilIds[1],
        refusal: null,
        slip: {
          name: 'Asta Holm',
          className: '2.A',
          schoolName: 'Birkeskolen',
          username: 'asta2011',
          localLogin: false,
        },
      },
      {
        id: pupilIds[2],
        refusal: null,
        slip: {
          name: 'Carla Nguyen',
          className: '2.A',
          schoolName: 'Birkeskolen',
          username: 'carl2013',
          localLogin: true,
        },
      },
    ])
  })

  test('of a pupil who is in no class: the school of the view', async () => {
    const school = schoolUnderTest((data) => ({
      ...data,
      enrolments: data.enrolments.filter(({ pupilId }) => pupilId !== data.pupils[0]?.id),
      registrations: [
        ...data.registrations,
        { pupilId: data.pupils[0]?.id ?? '', institutionId: 'birkeskolen' },
      ],
    }))
    const body = { pupilIds: [school.snapshot().pupils[0]?.id] }
    const { results } = (await school.call(SLIPS, { as: await kentIn(school), body })).json(slipsSchema)
    expect(results[0]?.slip).toMatchObject({ className: null, schoolName: 'Birkeskolen' })
  })
})

describe('class lists', () => {
  test('say names and classes, and no username', async () => {
    const school = schoolUnderTest()
    const as = await school.signIn('lone4821')
    const body = { pupilIds: [school.id('elev8031'), school.id('asta2011')] }
    const { results } = (await school.call(LISTS, { as, body })).json(classListsSchema)
    expect(results.map(({ listed }) => listed)).toEqual([
      { name: 'Elev 31', className: expect.stringMatching(/^8\.[AB]$/), schoolName: 'Birkeskolen' },
      { name: 'Asta Holm', className: '2.A', schoolName: 'Birkeskolen' },
    ])
  })
})

describe('exports', () => {
  test('hold a row for each pupil in the order asked, in the words of the page', async () => {
    const school = schoolUnderTest()
    const as = await kentIn(school)
    const names = [
      'gust4012',
      'asta2011',
      'frej4011',
      'bert2012',
      'carl2013',
      'dict2014',
      'emil2015',
      'elev8031',
    ]
    const pupilIds = names.map((username) => school.id(username))
    await school.call('POST /api/pupils/password-resets', { as, body: { pupilIds: [school.id('dict2014')] } })
    await school.call('POST /api/pupils/step-ups', { as, body: { pupilIds: [school.id('asta2011')] } })

    const { file, results } = (
      await school.call(EXPORTS, { as, body: { pupilIds, words: exportWords } })
    ).json(exportedSchema)
    expect(results).toEqual(pupilIds.map((id) => ({ id, refusal: null })))
    const lines = file.slice(1).split('\r\n')
    expect(lines[0]).toBe('Navn;Klasse;Årgang;Adgangskodepolitik;Ændret politik;Skal skifte senest;Status')
    expect(lines.at(-1)).toBe('')
    const rows = lines.slice(1, -1).map((line) => line.split(';'))
    expect(rows.map(([name, className, year]) => [name, className, year])).toEqual([
      ['Gustav Petersen', '4.B', '4'],
      ['Asta Holm', '2.A', '2'],
      ['Freja Åkjær', '4.B', '4'],
      ['Bertram Lund', '2.A', '2'],
      ['Carla Nguyen', '2.A', '2'],
      ['Dicte Vestergaard', '2.A', '2'],
      ['Emil Østergaard', '2.A', '2'],
      ['Elev 31', expect.stringMatching(/^8\.[AB]$/), '8'],
    ])
    expect(rows.map(([, , , policy, overridden]) => [policy, overridden])).toEqual(
      names.map((username) => {
        const pupil = school.pupil(username)
        return [policyOf(pupil), pupil.policyOverride === null ? 'nej' : 'ja']
      }),
    )
    expect(rows[0]?.slice(3, 5)).toEqual(['indskoling', 'ja'])
    expect(rows.map((row) => row[6])).toEqual([
      '',
      'to-faktor-adgang',
      'skal skifte',
      'spærret',
      'lokal loginløsning',
      'ny adgangskode, har aldrig logget på',
      'venter',
      '',
    ])
    expect(rows[1]?.[5]).toBe('')
    expect(rows[2]?.[5]).toMatch(/^2026-1[12]-\d\d$/)
  })

  test('a further part of a file has no header', async () => {
    const school = schoolUnderTest()
    const body = { pupilIds: [school.id('asta2011')], words: exportWords, continues: true }
    const { file } = (await school.call(EXPORTS, { as: await kentIn(school), body })).json(exportedSchema)
    expect(file).toMatch(/^\uFEFFAsta Holm;2\.A;[^\r]*\r\n$/)
  })

  test('the day is that of Denmark', async () => {
    const school = schoolUnderTest((data) => ({
      ...data,
      pupils: data.pupils.map((each) =>
        each.username === 'frej4011' ? { ...each, movedUpAt: Date.parse('2026-11-10T23:30:00Z') } : each,
      ),
    }))
    const body = { pupilIds: [school.id('frej4011')], words: exportWords }
    const { file } = (await school.call(EXPORTS, { as: await kentIn(school), body })).json(exportedSchema)
    expect(file).toContain(';2026-12-11;')
  })

  test('abuse case 22: a name that is a formula is made harmless', async () => {
    const school = schoolUnderTest((data) => ({
      ...data,
      pupils: data.pupils.map((each) =>
        each.username === 'asta2011' ? { ...each, name: '=cmd|\' /C calc\'!A0;"x"' } : each,
      ),
    }))
    const body = { pupilIds: [school.id('asta2011')], words: exportWords }
    const { file } = (await school.call(EXPORTS, { as: await kentIn(school), body })).json(exportedSchema)
    expect([...new TextEncoder().encode(file).slice(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
    expect(file).toContain('\r\n"\'=cmd|\' /C calc\'!A0;""x""";2.A;')
  })

  test('abuse case 22: so are the words of the page', async () => {
    const school = schoolUnderTest()
    const words = { ...exportWords, columns: { ...exportWords.columns, name: '=1+1' } }
    const body = { pupilIds: [school.id('asta2011')], words }
    const { file } = (await school.call(EXPORTS, { as: await kentIn(school), body })).json(exportedSchema)
    expect(file.slice(1)).toMatch(/^'=1\+1;/)
  })

  test.each([
    ['none', undefined],
    ['one missing', { ...exportWords, yes: undefined }],
    ['an empty one', { ...exportWords, yes: ' ' }],
    ['a long one', { ...exportWords, yes: 'j'.repeat(81) }],
    ['a column missing', { ...exportWords, columns: { name: 'Navn' } }],
    ['a number', { ...exportWords, statuses: { ...exportWords.statuses, blocked: 5 } }],
  ])('abuse case 25: words that do not fit: %s', async (_, words) => {
    const school = schoolUnderTest()
    const as = await kentIn(school)
    const body = { pupilIds: [school.id('asta2011')], words }
    await expectRefused(school, () => school.call(EXPORTS, { as, body }), {
      status: 422,
      type: 'invalid-request',
      action: 'exportPupils',
      by: 's-kent',
    })
  })
})

describe.each(ways)('%s', (route, action, more) => {
  test('abuse cases 2 and 3: an administrator takes nothing of another school away', async () => {
    const school = schoolUnderTest()
    const as = await kentIn(school)
    const [foreign] = pupilsOf(school.snapshot(), 'soendervang-2a')
    const body = { pupilIds: [foreign?.id], ...more }
    const answer = await expectRefused(school, () => school.call(route, { as, body }), {
      status: 404,
      type: 'not-found',
      action,
      by: 's-kent',
    })
    expect(answer.text).not.toContain(foreign?.name)
  })

  test('abuse case 6: of a batch with a foreign id the own ones are taken, once each, and each is logged', async () => {
    const school = schoolUnderTest()
    const as = await kentIn(school)
    const [foreign] = pupilsOf(school.snapshot(), 'soendervang-2a')
    const [asta, emil] = [school.id('asta2011'), school.id('emil2015')]
    const logged = school.activity().length
    const pupilIds = [foreign?.id ?? '', emil, asta, emil]
    const answer = await school.call(route, { as, body: { pupilIds, ...more } })
    expect(answer.text).not.toContain(foreign?.name)
    expect(answer.text.split('Emil Østergaard')).toHaveLength(2)
    expect(answer.text.indexOf('Emil')).toBeLessThan(answer.text.indexOf('Asta'))
    expect(JSON.parse(answer.text).results).toMatchObject([
      { id: foreign?.id, refusal: 'notFound' },
      { id: emil, refusal: null },
      { id: asta, refusal: null },
    ])
    const entries = school.activity().slice(logged)
    expect(entries).toMatchObject([
      {
        action,
        pupilId: foreign?.id,
        outcome: 'refused',
        reason: 'notFound',
        institutionIds: ['birkeskolen'],
      },
      { action, pupilId: emil, outcome: 'done', institutionIds: ['birkeskolen'], actorId: 's-kent' },
      { action, pupilId: asta, outcome: 'done', institutionIds: ['birkeskolen'], actorId: 's-kent' },
    ])
    school.expectNoSecrets(JSON.stringify(entries))
  })

  test('abuse case 23: the same key again does nothing twice, and another request under it is a mistake', async () => {
    const school = schoolUnderTest()
    const as = await kentIn(school)
    const key = newKey()
    const ask = (username: string) =>
      school.call(route, { as, key, body: { pupilIds: [school.id(username)], ...more } })
    const first = await ask('asta2011')
    const { activity, buckets } = school.snapshot()
    expect((await ask('asta2011')).text).toBe(first.text)
    expect(school.snapshot().activity).toEqual(activity)
    expect(school.snapshot().buckets).toEqual(buckets)
    expect((await ask('emil2015')).problem().type).toBe('idempotency-key-reused')
  })

  test('nothing of the school changes', async () => {
    const school = schoolUnderTest()
    const as = await kentIn(school)
    const { pupils, resetWindows, stepUps, passwords } = school.snapshot()
    await school.call(route, { as, body: { pupilIds: [school.id('asta2011')], ...more } })
    expect(school.snapshot()).toMatchObject({ pupils, resetWindows, stepUps, passwords })
  })
})

describe('abuse case 24: what is taken away is limited', () => {
  /** A school of 2,001 pupils in one class, which Lone teaches and Kent administers. */
  const large = () =>
    schoolUnderTest((data) => {
      const [pattern] = data.pupils
      if (!pattern) throw new Error('the demo school has pupils')
      const pupils = Array.from({ length: 2_001 }, (_, place) => ({
        ...pattern,
        id: `p-many-${place}`,
        username: `many${String(place).padStart(4, '0')}`,
        alias: null,
      }))
      return {
        ...data,
        pupils: [...data.pupils, ...pupils],
        enrolments: [
          ...data.enrolments,
          ...pupils.map(({ id }) => ({ pupilId: id, classId: 'birkeskolen-2a' })),
        ],
      }
    })
  const ids = (from: number, to: number) =>
    Array.from({ length: to - from }, (_, place) => `p-many-${from + place}`)

  const printers: readonly (readonly [Role, string, number])[] = [
    ['teacher', 's-lone', 300],
    ['userAdministrator', 's-kent', 2_000],
  ]
  test.each(printers)('slips: a %s (%s) prints %d an hour and no more', async (role, by, max) => {
    const school = large()
    const as = role === 'teacher' ? await school.signIn('lone4821') : await kentIn(school)
    const print = (from: number, to: number) => school.call(SLIPS, { as, body: { pupilIds: ids(from, to) } })
    const refusal = { status: 429, type: 'too-many-requests', action: 'printSlips', by } as const
    expect((await print(0, max - 1)).status).toBe(200)
    school.pass(seconds(60))
    // As a whole or not at all.
    await expectRefused(school, () => print(max - 1, max + 1), refusal)
    expect((await print(max - 1, max)).status).toBe(200)
    const answer = await expectRefused(school, () => print(0, 1), refusal)
    expect(answer.problem().retryAfterSeconds).toBe(59 * 60)
  })

  test('slips and reveals are counted apart', async () => {
    const school = large()
    const as = await school.signIn('lone4821')
    await school.call(SLIPS, { as, body: { pupilIds: ids(0, 300) } })
    const reveal = await school.call('POST /api/pupils/username-reveals', {
      as,
      body: { pupilIds: ids(0, 300) },
    })
    expect(reveal.status).toBe(200)
  })

  test('files and class lists together: 20,000 an hour', async () => {
    const school = large()
    const as = await kentIn(school)
    const pupilIds = ids(0, 2_000)
    for (let place = 0; place < 5; place++) {
      expect((await school.call(LISTS, { as, body: { pupilIds } })).status).toBe(200)
      expect((await school.call(EXPORTS, { as, body: { pupilIds, words: exportWords } })).status).toBe(200)
    }
    for (const [route, action, more] of ways.slice(1)) {
      const body = { pupilIds: [school.id('asta2011')], ...more }
      await expectRefused(school, () => school.call(route, { as, body }), {
        status: 429,
        type: 'too-many-requests',
        action,
        by: 's-kent',
      })
    }
  })
})
