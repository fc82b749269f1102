import { z } from '@hono/zod-openapi'
import { describe, expect, test } from 'vitest'
import { pupilListSchema } from '../../../server/pupils/schema'
import { hours, minutes, seconds, toIso } from '../../../server/time'
import { blockSince } from '../../rules/ordinary-pupil'
import { pupilSignedIn } from '../live-school'
import {
  expectRefused,
  MORNING,
  type Person,
  pupilsOf,
  refusalsIn,
  type SchoolUnderTest,
  schoolUnderTest,
} from '../school-under-test'

const requestSchema = z.object({
  id: z.string(),
  service: z.string(),
  checkCode: z.string().regex(/^[1-9][0-9]$/),
  requestedAt: z.string(),
  expiresAt: z.string(),
})
const askedSchema = z.object({ request: requestSchema, serverTime: z.string() })
const latestSchema = z.object({
  request: requestSchema.nullable(),
  outcome: z.string().nullable(),
  serverTime: z.string(),
})

const ASK = 'POST /api/pupil/step-up-requests'
const LATEST = 'GET /api/pupil/step-up-requests/latest'
const AULA = 'GET /api/pupil/services/aula'

type Headers = Record<string, string>

const ask = async (school: SchoolUnderTest, headers: Headers, service = 'aula') =>
  (await school.call(ASK, { headers, body: { service } })).json(askedSchema).request

const latest = async (school: SchoolUnderTest, headers: Headers) =>
  (await school.call(LATEST, { headers })).json(latestSchema)

const outcome = async (school: SchoolUnderTest, headers: Headers) => (await latest(school, headers)).outcome

const withdraw = (school: SchoolUnderTest, headers: Headers, id: string) =>
  school.call(`DELETE /api/pupil/step-up-requests/${id}`, { headers })

const decide = (
  school: SchoolUnderTest,
  as: Person,
  requestIds: readonly string[],
  decision: 'approve' | 'decline' = 'approve',
) => school.call('POST /api/step-up-requests/decisions', { as, body: { requestIds, decision } })

const opensAula = async (school: SchoolUnderTest, headers: Headers) =>
  (await school.call(AULA, { headers })).status

/** Those who wait for a teacher, in the order of the answer. */
const waiting = async (school: SchoolUnderTest, as: Person) =>
  (await school.call('GET /api/step-up-requests', { as }))
    .json(pupilListSchema)
    .pupils.map(({ name, status }) => [name, status.stepUpRequest?.checkCode] as const)

async function withAsta() {
  // Nobody waits when the test begins.
  const school = schoolUnderTest((data) => ({ ...data, stepUpRequests: [] }))
  const lone = await school.signIn('lone4821')
  const asta = await pupilSignedIn(school, 'asta2011')
  return { school, lone, asta }
}

describe('a pupil asks', () => {
  test('and the teacher sees the very same request: service, code, since when, until when', async () => {
    const { school, lone, asta } = await withAsta()
    const request = await ask(school, asta, 'wellbeingSurvey')
    expect(request).toMatchObject({
      service: 'wellbeingSurvey',
      requestedAt: toIso(MORNING),
      expiresAt: toIso(MORNING + minutes(15)),
    })
    const { pupils } = (await school.call('GET /api/step-up-requests', { as: lone })).json(pupilListSchema)
    expect(pupils.map(({ name, status }) => [name, status.stepUpRequest])).toEqual([['Asta Holm', request]])
    expect(school.activity().at(-1)).toMatchObject({
      action: 'askForStepUp',
      actorId: school.id('asta2011'),
      pupilId: school.id('asta2011'),
      outcome: 'done',
    })
  })

  test('those who wait stand in the order in which they began to, each with a code of own', async () => {
    const { school, lone } = await withAsta()
    const pupils = pupilsOf(school.snapshot(), 'birkeskolen-4b').toReversed()
    for (const { username } of pupils) {
      await ask(school, await pupilSignedIn(school, username))
      school.pass(seconds(1))
    }
    const found = await waiting(school, lone)
    expect(found.map(([name]) => name)).toEqual(pupils.map(({ name, alias }) => alias ?? name))
    expect(new Set(found.map(([, code]) => code)).size).toBe(pupils.length)
  })

  test('approved: the service opens, and the level holds for 2 hours from then', async () => {
    const { school, lone, asta } = await withAsta()
    await expectRefused(school, () => school.call(AULA, { headers: asta }), {
      status: 403,
      type: 'step-up-required',
      action: 'openService',
      by: school.id('asta2011'),
    })
    const { id } = await ask(school, asta)
    expect(await outcome(school, asta)).toBeNull()
    school.pass(minutes(5))
    expect(refusalsIn(await decide(school, lone, [id]))).toEqual([[id, null]])
    expect(await outcome(school, asta)).toBe('approved')
    const opened = await school.call(AULA, { headers: asta })
    expect(opened.status).toBe(200)
    expect(JSON.parse(opened.text)).toMatchObject({
      service: 'aula',
      levelEndsAt: toIso(MORNING + minutes(5) + hours(2)),
    })
  })

  test('after being stepped up in advance: is let in at once, and nobody is asked', async () => {
    const { school, lone, asta } = await withAsta()
    await school.call('POST /api/pupils/step-ups', { as: lone, body: { pupilIds: [school.id('asta2011')] } })
    expect(await opensAula(school, asta)).toBe(200)
    await ask(school, asta)
    expect(await outcome(school, asta)).toBe('approved')
    expect(await waiting(school, lone)).toEqual([])
  })

  test('before the new password is set: not yet', async () => {
    const { school } = await withAsta()
    const asta = await pupilSignedIn(school, 'asta2011', { stage: 'mustSetPassword', because: 'movedUp' })
    for (const [route, action] of [
      [ASK, 'askForStepUp'],
      [AULA, 'openService'],
    ] as const) {
      const body = route === ASK ? { service: 'aula' } : undefined
      await expectRefused(school, () => school.call(route, { headers: asta, body }), {
        status: 403,
        type: 'not-allowed',
        action,
        by: school.id('asta2011'),
      })
    }
  })

  test.each([{}, { service: 'bank' }, { service: null }])('for %j: refused', async (body) => {
    const { school, asta } = await withAsta()
    expect((await school.call(ASK, { headers: asta, body })).problem().type).toBe('invalid-request')
    expect((await school.call('GET /api/pupil/services/bank', { headers: asta })).status).toBe(404)
  })
})

describe('abuse case 17: approving what is no longer there', () => {
  test('a request the pupil has given up: refused', async () => {
    const { school, lone, asta } = await withAsta()
    const { id } = await ask(school, asta)
    expect((await withdraw(school, asta, id)).json(latestSchema).outcome).toBe('withdrawn')
    expect(refusalsIn(await decide(school, lone, [id]))).toEqual([[id, 'notWaiting']])
    expect(await opensAula(school, asta)).toBe(403)
  })

  test('a request the pupil has replaced: refused, and the new one waits on', async () => {
    const { school, lone, asta } = await withAsta()
    const first = await ask(school, asta)
    const second = await ask(school, asta, 'pupilPlan')
    expect(refusalsIn(await decide(school, lone, [first.id]))).toEqual([[first.id, 'notWaiting']])
    expect(await latest(school, asta)).toMatchObject({ request: { id: second.id }, outcome: null })
    expect(await opensAula(school, asta)).toBe(403)
  })

  test('a pupil who has signed out: refused', async () => {
    const { school, lone, asta } = await withAsta()
    const { id } = await ask(school, asta)
    await school.call('DELETE /api/pupil/session', { headers: asta })
    expect(await waiting(school, lone)).toEqual([])
    expect(refusalsIn(await decide(school, lone, [id]))).toEqual([[id, 'notWaiting']])
  })

  test("another pupil's request cannot be given up: as if it did not exist", async () => {
    const { school, lone, asta } = await withAsta()
    const { id } = await ask(school, await pupilSignedIn(school, 'emil2015'))
    for (const each of [id, 'r-nowhere']) {
      await expectRefused(school, () => withdraw(school, asta, each), {
        status: 404,
        type: 'not-found',
        action: 'withdrawStepUpRequest',
        by: school.id('asta2011'),
      })
    }
    expect((await waiting(school, lone)).map(([name]) => name)).toEqual(['Emil Østergaard'])
  })
})

describe('abuse case 18: approve all', () => {
  test('who asks after the list was shown waits on', async () => {
    const { school, lone, asta } = await withAsta()
    const shown = await ask(school, asta)
    const emil = await pupilSignedIn(school, 'emil2015')
    const late = await ask(school, emil)
    await decide(school, lone, [shown.id])
    expect(await outcome(school, asta)).toBe('approved')
    expect(await outcome(school, emil)).toBeNull()
    expect((await waiting(school, lone)).map(([, code]) => code)).toEqual([late.checkCode])
  })

  test('two teachers at once: one approves, and the pupil has one answer', async () => {
    const { school, lone, asta } = await withAsta()
    const mads = await school.signIn('mads5512')
    const { id } = await ask(school, asta)
    const answers = await Promise.all([decide(school, mads, [id], 'decline'), decide(school, lone, [id])])
    const refusals = answers.map((each) => refusalsIn(each)[0]?.[1])
    // Which of the two is first is nobody's promise; that there is only one is.
    const declined = refusals[0] === null
    expect(refusals).toEqual(declined ? [null, 'notWaiting'] : ['notWaiting', null])
    expect(await outcome(school, asta)).toBe(declined ? 'declined' : 'approved')
    expect(school.snapshot().stepUps).toHaveLength(declined ? 0 : 1)
    for (const as of [lone, mads]) expect(await waiting(school, as)).toEqual([])
  })
})

describe('abuse case 19: the end of a step-up', () => {
  const steppedUp = async () => {
    const { school, lone, asta } = await withAsta()
    const { id } = await ask(school, asta)
    await decide(school, lone, [id])
    expect(await opensAula(school, asta)).toBe(200)
    return { school, lone, asta }
  }

  test('at 2:00:00 the service is shut, on a second device too', async () => {
    const { school } = await steppedUp()
    school.pass(hours(2) - 1)
    const again = await pupilSignedIn(school, 'asta2011')
    const tablet = await pupilSignedIn(school, 'asta2011')
    expect([await opensAula(school, again), await opensAula(school, tablet)]).toEqual([200, 200])
    school.pass(1)
    expect([await opensAula(school, again), await opensAula(school, tablet)]).toEqual([403, 403])
  })

  test("the browser's clock changes nothing", async () => {
    const { school, asta } = await steppedUp()
    school.pass(hours(2))
    const back = await pupilSignedIn(school, 'asta2011')
    const late = await school.call(AULA, { headers: { ...back, Date: 'Fri, 20 Nov 2026 08:00:00 GMT' } })
    expect(late.status).toBe(403)
    expect(asta).not.toEqual(back)
  })

  test('the pupil signs out: it is over, and not there for the next sign-in', async () => {
    const { school, lone, asta } = await steppedUp()
    await school.call('DELETE /api/pupil/session', { headers: asta })
    expect(await opensAula(school, asta)).toBe(401)
    expect(await opensAula(school, await pupilSignedIn(school, 'asta2011'))).toBe(403)
    const { pupils } = (await school.call('GET /api/pupils', { as: lone })).json(pupilListSchema)
    expect(pupils.find(({ name }) => name === 'Asta Holm')?.status.stepUp).toBeNull()
  })

  test('a new password is given: it is over', async () => {
    const { school, lone, asta } = await steppedUp()
    await school.call('POST /api/pupils/password-resets', {
      as: lone,
      body: { pupilIds: [school.id('asta2011')] },
    })
    expect(await opensAula(school, asta)).not.toBe(200)
    expect(await opensAula(school, await pupilSignedIn(school, 'asta2011'))).toBe(403)
  })

  test('a block: it is over, also for a session that is open', async () => {
    const { school, asta } = await steppedUp()
    school.change((data) => ({
      ...data,
      pupils: data.pupils.map((each) =>
        each.username === 'asta2011' ? { ...each, block: blockSince(MORNING) } : each,
      ),
    }))
    expect(await opensAula(school, asta)).toBe(401)
  })

  test('it never passes to the next pupil at the same computer', async () => {
    const { school } = await steppedUp()
    const emil = await pupilSignedIn(school, 'emil2015')
    expect(await opensAula(school, emil)).toBe(403)
    expect(await latest(school, emil)).toMatchObject({ request: null, outcome: null })
  })
})

describe('abuse case 20: ended requests and floods', () => {
  test('declined, withdrawn and run out: each stays as it ended, whatever comes later', async () => {
    const { school, lone, asta } = await withAsta()
    const declined = await ask(school, asta)
    await decide(school, lone, [declined.id], 'decline')
    expect((await withdraw(school, asta, declined.id)).json(latestSchema).outcome).toBe('declined')
    expect(await outcome(school, asta)).toBe('declined')

    const withdrawn = await ask(school, asta)
    await withdraw(school, asta, withdrawn.id)
    await decide(school, lone, [withdrawn.id], 'decline')
    expect(await outcome(school, asta)).toBe('withdrawn')

    const { id } = await ask(school, asta)
    school.pass(minutes(15) - 1)
    expect(await outcome(school, asta)).toBeNull()
    school.pass(1)
    expect(await outcome(school, asta)).toBe('expired')
    expect((await withdraw(school, asta, id)).json(latestSchema).outcome).toBe('expired')
    expect(refusalsIn(await decide(school, lone, [id]))).toEqual([[id, 'notWaiting']])
    expect(school.snapshot().stepUps).toEqual([])
  })

  test('a flood of requests from one pupil is one row, and then a pause', async () => {
    const { school, lone, asta } = await withAsta()
    for (let asked = 0; asked < 30; asked += 1) await ask(school, asta)
    const before = await waiting(school, lone)
    expect(before).toHaveLength(1)
    const refused = await expectRefused(
      school,
      () => school.call(ASK, { headers: asta, body: { service: 'aula' } }),
      { status: 429, type: 'too-many-requests', action: 'askForStepUp', by: school.id('asta2011') },
    )
    expect(refused.headers.get('Retry-After')).toBe(String(15 * 60))
    expect(await waiting(school, lone)).toEqual(before)
    const others = school.snapshot().stepUpRequests.filter(({ outcome: ended }) => ended === null)
    expect(others).toHaveLength(1)
    // Her classmates are not in her pause.
    await ask(school, await pupilSignedIn(school, 'emil2015'))
  })
})

describe("abuse case 10: the queue is one's own", () => {
  test.each([
    ['lone4821', ['Asta Holm']],
    ['mads5512', ['Asta Holm']],
    ['bodi2259', []],
    ['omar7310', []],
    ['sofi6603', []],
  ])('%s sees %j', async (username, names) => {
    const { school, asta } = await withAsta()
    await ask(school, asta)
    const found = await waiting(school, await school.signIn(username))
    expect(found.map(([name]) => name)).toEqual(names)
  })
})
