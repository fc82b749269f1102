import { describe, expect, test } from 'vitest'
import { pupilListSchema } from '../../server/pupils/schema'
import { plainPupil } from '../../server/schools/rows'
import { schoolPupilSchema, schoolPupilsSchema } from '../../server/schools/schema'
import { days, minutes, toIso } from '../../server/time'
import { filledUp, type SchoolAnswer, withChanges } from '../../src/features/whole-school/rows'
import { liveSchool, staffHeaders } from './live-school'
import {
  expectRefused,
  MORNING,
  type Person,
  type SchoolUnderTest,
  schoolUnderTest,
} from './school-under-test'

const LIST = 'GET /api/schools/birkeskolen/pupils'

const list = async (school: SchoolUnderTest, as: Person, query = '') =>
  (await school.call(`${LIST}${query}`, { as })).json(schoolPupilsSchema)

/** An answer that tells everything. */
function whole(answer: SchoolAnswer) {
  if (!answer.whole) throw new Error('only changes were told')
  return answer
}
function changes(answer: SchoolAnswer) {
  if (answer.whole) throw new Error('everything was told')
  return answer
}

async function withKent() {
  const school = schoolUnderTest()
  return { school, kent: await school.administrator('kent1904', 'birkeskolen') }
}

const readPupil = async (school: SchoolUnderTest, as: Person, username: string) =>
  (await school.call(`${LIST}/${school.id(username)}`, { as })).json(schoolPupilSchema)

describe('the whole school', () => {
  test('filled up, is what the list of pupils tells in the same view', async () => {
    const { school, kent } = await withKent()
    await school.call('POST /api/pupils/password-resets', {
      as: kent,
      body: { pupilIds: [school.id('asta2011')] },
    })
    const told = filledUp(whole(await list(school, kent)))
    const { pupils } = (await school.call('GET /api/pupils', { as: kent })).json(pupilListSchema)
    expect(told.pupils).toEqual(pupils)
    expect(told.pupils.length).toBeGreaterThan(560)
    expect(told.institution).toEqual({ id: 'birkeskolen', name: 'Birkeskolen' })
    expect(told.classes.map(({ name }) => name).slice(0, 3)).toEqual(['0.A', '0.B', '1.A'])
    expect(told.classes.map(({ name }) => name).slice(-3)).toEqual(['10.X', '10.Y', 'Tysk 8'])
  })

  test('tells of most pupils a name, a year, a policy and a class, and nothing more', async () => {
    const { school, kent } = await withKent()
    const { rows, plain } = whole(await list(school, kent))
    expect(plain).toEqual(plainPupil)
    const asta = rows.find(({ id }) => id === school.id('asta2011'))
    expect(asta).toEqual({
      id: school.id('asta2011'),
      name: 'Asta Holm',
      year: 2,
      policy: 'indskoling',
      homeClassId: 'birkeskolen-2a',
    })
    const hannah = rows.find(({ id }) => id === school.id('hann8011'))
    expect(hannah).toMatchObject({
      homeClassId: 'birkeskolen-8a',
      classIds: ['birkeskolen-8a', 'birkeskolen-tysk-8'],
      changeBy: toIso(MORNING + days(12)),
      status: { mustChange: { because: 'yearly', by: toIso(MORNING + days(12)) } },
    })
  })

  test('tells when each password must be changed, also where that is far away', async () => {
    const { school, kent } = await withKent()
    const { pupils } = filledUp(whole(await list(school, kent)))
    const freja = pupils.find(({ id }) => id === school.id('frej4011'))
    expect(freja?.changeBy).toBe(toIso(MORNING - days(12) + days(30)))
    for (const { year, changeBy, status, policyOverridden } of pupils) {
      if (status.mustChange) expect(changeBy).toBe(status.mustChange.by)
      else if (!policyOverridden && !status.neverSignedIn) expect(changeBy !== null).toBe(year >= 7)
    }
  })

  test('tells, after an event, only of those who have changed since', async () => {
    const { school, kent } = await withKent()
    const first = whole(await list(school, kent))
    expect(changes(await list(school, kent, `?changedSince=${first.latestEvent}`)).pupils).toEqual([])

    const lone = await school.signIn('lone4821')
    await school.call('POST /api/pupils/step-ups', { as: lone, body: { pupilIds: [school.id('asta2011')] } })
    const since = changes(await list(school, kent, `?changedSince=${first.latestEvent}`))
    expect(since.pupils.map(({ id }) => id)).toEqual([school.id('asta2011')])
    expect(since.latestEvent).toBeGreaterThan(first.latestEvent)

    const before = filledUp(first)
    const after = withChanges(before, since)
    expect(after.pupils).toEqual(filledUp(whole(await list(school, kent))).pupils)
    expect(after.pupils.filter((pupil, place) => pupil !== before.pupils[place])).toHaveLength(1)
  })

  test('does not tell of changes at another school', async () => {
    const { school, kent } = await withKent()
    const { latestEvent } = await list(school, kent)
    const sofie = await school.signIn('sofi6603')
    const theirs = school.snapshot().enrolments.find(({ classId }) => classId === 'soendervang-2a')?.pupilId
    await school.call('POST /api/pupils/step-ups', { as: sofie, body: { pupilIds: [theirs] } })
    const since = changes(await list(school, kent, `?changedSince=${latestEvent}`))
    expect(since.pupils).toEqual([])
    expect(since.latestEvent).toBeGreaterThan(latestEvent)
  })

  test('is told anew where the events no longer reach back, or never did', async () => {
    const { school, kent } = await withKent()
    const { latestEvent } = await list(school, kent)
    for (const unknown of [1, latestEvent - 1, latestEvent + 1]) {
      expect((await list(school, kent, `?changedSince=${unknown}`)).whole).toBe(true)
    }
  })

  test.each(['', 'x', '-1', '1.5', '1e3', '9'.repeat(16)])('is not asked for since %j', async (since) => {
    const { school, kent } = await withKent()
    const answer = await school.call(`${LIST}?changedSince=${since}`, { as: kent })
    expect([answer.status, answer.problem().type]).toEqual([422, 'invalid-request'])
  })

  test('has those who are in no class', async () => {
    const school = schoolUnderTest((data) => {
      const { id: pupilId = '' } = data.pupils.find(({ username }) => username === 'asta2011') ?? {}
      return {
        ...data,
        enrolments: data.enrolments.filter((each) => each.pupilId !== pupilId),
        registrations: [{ pupilId, institutionId: 'birkeskolen' }],
      }
    })
    const kent = await school.administrator('kent1904', 'birkeskolen')
    const { pupils } = filledUp(whole(await list(school, kent)))
    const asta = pupils.find(({ id }) => id === school.id('asta2011'))
    expect(asta).toMatchObject({ homeClass: null, classIds: [] })
    const body = { pupilIds: [school.id('asta2011')] }
    expect((await school.call('POST /api/pupils/password-resets', { as: kent, body })).status).toBe(200)
  })
})

describe('one pupil', () => {
  test('with class and groups, and who can help in each', async () => {
    const { school, kent } = await withKent()
    const asta = await readPupil(school, kent, 'asta2011')
    expect(asta.institution).toEqual({ id: 'birkeskolen', name: 'Birkeskolen' })
    expect(asta.classes).toEqual([
      {
        id: 'birkeskolen-2a',
        kind: 'class',
        name: '2.A',
        year: 2,
        teachers: [
          { id: 's-lone', name: 'Lone Kjær' },
          { id: 's-mads', name: 'Mads Bro' },
        ],
      },
    ])
    const hannah = await readPupil(school, kent, 'hann8011')
    expect(hannah.classes.map(({ name, teachers }) => [name, teachers.map(({ name }) => name)])).toEqual([
      ['8.A', []],
      ['Tysk 8', ['Lone Kjær']],
    ])
  })

  test('who cannot help is not told: deactivated, or a teacher elsewhere only', async () => {
    const school = schoolUnderTest((data) => ({
      ...data,
      staff: data.staff.map((each) => (each.id === 's-mads' ? { ...each, active: false } : each)),
      teaching: [...data.teaching, { staffId: 's-sofie', classId: 'birkeskolen-2a' }],
    }))
    const kent = await school.administrator('kent1904', 'birkeskolen')
    const { classes } = await readPupil(school, kent, 'asta2011')
    expect(classes[0]?.teachers.map(({ name }) => name)).toEqual(['Lone Kjær'])
  })

  test('with policy, note and dates', async () => {
    const { school, kent } = await withKent()
    const gustav = await readPupil(school, kent, 'gust4012')
    expect(gustav.policy).toEqual({
      ofYear: 'mellemtrin',
      override: 'indskoling',
      note: 'Har svært ved at huske ord.',
    })
    expect(gustav.passwordSetAt).toBe(toIso(school.pupil('gust4012').passwordSetAt ?? 0))
    expect((await readPupil(school, kent, 'frej4011')).movedUpAt).toBe(toIso(MORNING - days(12)))
    expect((await readPupil(school, kent, 'dict2014')).passwordSetAt).toBeNull()
  })

  test('with block, window and step-up, and by whom', async () => {
    const { school, kent } = await withKent()
    expect((await readPupil(school, kent, 'bert2012')).block).toEqual({
      since: toIso(MORNING - days(3)),
      until: null,
      reason: { code: 'passwordKnown' },
      by: { id: 's-kent', name: 'Kent Dahl' },
    })
    const lone = await school.signIn('lone4821')
    const body = { pupilIds: [school.id('asta2011')] }
    await school.call('POST /api/pupils/password-resets', { as: lone, body })
    await school.call('POST /api/pupils/step-ups', { as: lone, body })
    const by = { id: 's-lone', name: 'Lone Kjær' }
    expect(await readPupil(school, kent, 'asta2011')).toMatchObject({
      block: null,
      resetWindow: { openedAt: toIso(MORNING), closesAt: toIso(MORNING + minutes(5)), openedBy: by },
      stepUp: { startedAt: toIso(MORNING), endsAt: toIso(MORNING + minutes(120)), startedBy: by },
    })
    school.pass(minutes(5))
    const later = await readPupil(school, kent, 'asta2011')
    expect(later.resetWindow).toBeNull()
    expect(later.pupil.status.resetWindow?.state).toBe('expired')
  })

  test('a block with an end passes by itself, in every list and for the pupil', async () => {
    const school = schoolUnderTest((data) => ({
      ...data,
      pupils: data.pupils.map((each) =>
        each.block ? { ...each, block: { ...each.block, until: MORNING + minutes(10) } } : each,
      ),
    }))
    const kent = await school.administrator('kent1904', 'birkeskolen')
    const give = () =>
      school.call('POST /api/pupils/password-resets', {
        as: kent,
        body: { pupilIds: [school.id('bert2012')] },
      })
    school.pass(minutes(10) - 1)
    expect((await readPupil(school, kent, 'bert2012')).block?.until).toBe(toIso(MORNING + minutes(10)))
    expect((await give()).text).toContain('"refusal":"blocked"')
    school.pass(1)
    const bertram = await readPupil(school, kent, 'bert2012')
    expect([bertram.block, bertram.pupil.status.block]).toEqual([null, null])
    expect((await give()).text).toContain('"refusal":null')
    expect((await school.signInAsPupil('bert2012')).token).not.toBe('')
  })

  test.each(['p-nobody', 's-lone', 'birkeskolen-2a'])('%s is nobody', async (id) => {
    const { school, kent } = await withKent()
    await expectRefused(school, () => school.call(`${LIST}/${id}`, { as: kent }), {
      status: 404,
      type: 'not-found',
      action: 'readPupil',
      by: 's-kent',
    })
  })
})

test("an administrator's stream tells of the whole school, and of no other", async () => {
  const school = liveSchool()
  const kent = await school.administrator('kent1904', 'birkeskolen')
  const stream = await school.listen('/api/events', {
    ...staffHeaders(kent),
    'Elevadgang-School': 'birkeskolen',
  })
  expect(stream.response.status).toBe(200)
  const theirs = school.snapshot().enrolments.find(({ classId }) => classId === 'soendervang-2a')?.pupilId
  const ours = school.snapshot().enrolments.find(({ classId }) => classId === 'birkeskolen-9b')?.pupilId
  const bodil = await school.administrator('bodi2259', 'soendervang')
  const stepUp = (pupilId: string | undefined, institutionId: string) =>
    school.call(
      'POST /api/pupils/step-ups',
      { ...staffHeaders(bodil), 'Elevadgang-School': institutionId },
      { pupilIds: [pupilId] },
    )
  expect((await stepUp(theirs, 'soendervang')).status).toBe(200)
  await school.settle()
  expect(stream.looks()).toEqual([])
  expect((await stepUp(ours, 'birkeskolen')).status).toBe(200)
  await school.settle()
  expect(stream.looks()).toHaveLength(1)
  await stream.leave()
})
