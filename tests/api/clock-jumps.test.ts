import { describe, expect, test } from 'vitest'
import { activitySchema } from '../../server/activity/schema'
import { type PupilAnswer, pupilListSchema } from '../../server/pupils/schema'
import { SESSION_ABSOLUTE, SESSION_IDLE } from '../../server/session/rules'
import { hours, minutes, seconds } from '../../server/time'
import { type Person, type SchoolUnderTest, schoolUnderTest } from './school-under-test'

/** As when a machine wakes up, or somebody sets its clock right. */
const JUMP = hours(2)

const RESETS = 'POST /api/pupils/password-resets'
const STEP_UPS = 'POST /api/pupils/step-ups'

async function seen(school: SchoolUnderTest, as: Person, username: string): Promise<PupilAnswer> {
  const { pupils } = (await school.call('GET /api/pupils', { as })).json(pupilListSchema)
  const found = pupils.find(({ id }) => id === school.id(username))
  if (!found) throw new Error(`${username} is not shown`)
  return found
}

const wrongPassword = (school: SchoolUnderTest) =>
  school.call('POST /api/session', { body: { username: 'kent1904', password: 'wrong' } })

async function begun() {
  const school = schoolUnderTest()
  const lone = await school.signIn('lone4821')
  const asta = { as: lone, body: { pupilIds: [school.id('asta2011')] } }
  const emil = { as: lone, body: { pupilIds: [school.id('emil2015')] } }
  await school.call(RESETS, asta)
  await school.call(STEP_UPS, emil)
  return { school, lone, asta }
}

describe('the clock jumps ahead by two hours', () => {
  test('windows, step-ups and sessions are over, and everything can begin anew', async () => {
    const { school, lone } = await begun()
    for (let tries = 0; tries < 11; tries += 1) await wrongPassword(school)
    expect((await wrongPassword(school)).status).toBe(429)
    school.pass(JUMP)
    expect((await school.call('GET /api/pupils', { as: lone })).problem().type).toBe('session-ended')
    const again = await school.signIn('lone4821')
    expect((await seen(school, again, 'asta2011')).status.resetWindow).toBeNull()
    expect((await seen(school, again, 'emil2015')).status.stepUp).toBeNull()
    expect((await wrongPassword(school)).status).toBe(401)
  })
})

describe('the clock jumps back by two hours', () => {
  test('a window and a step-up from then do not hold, and new ones last as long as ever', async () => {
    const { school, lone, asta } = await begun()
    school.pass(-JUMP)
    expect(await school.signInAlone('asta2011')).toBe(false)
    expect((await seen(school, lone, 'asta2011')).status.resetWindow?.state).not.toBe('open')
    expect((await seen(school, lone, 'emil2015')).status.stepUp).toBeNull()

    await school.call(RESETS, asta)
    school.pass(minutes(5) - 1)
    expect((await seen(school, lone, 'asta2011')).status.resetWindow?.state).toBe('open')
    school.pass(1)
    expect((await seen(school, lone, 'asta2011')).status.resetWindow?.state).toBe('expired')
  })

  test('whoever is to wait is told a time that comes, and it comes', async () => {
    const { school } = await begun()
    for (let tries = 0; tries < 11; tries += 1) await wrongPassword(school)
    school.pass(-JUMP)
    const refused = (await wrongPassword(school)).problem()
    expect(refused.type).toBe('too-many-requests')
    expect(refused.retryAfterSeconds).toBeGreaterThan(0)
    school.pass(seconds(refused.retryAfterSeconds ?? 0))
    expect((await wrongPassword(school)).status).toBe(401)
  })

  test('a session goes on, and ends by being idle and by its age as ever', async () => {
    const idle = await begun()
    idle.school.pass(-JUMP)
    expect((await idle.school.call('GET /api/pupils', { as: idle.lone })).status).toBe(200)
    await idle.school.call(RESETS, idle.asta)
    idle.school.pass(SESSION_IDLE)
    expect((await idle.school.call('GET /api/pupils', { as: idle.lone })).status).toBe(401)

    const busy = await begun()
    busy.school.pass(-JUMP)
    for (let gone = 0; gone < SESSION_ABSOLUTE + JUMP; gone += minutes(15)) {
      await busy.school.call(RESETS, busy.asta)
      busy.school.pass(minutes(15))
    }
    expect((await busy.school.call('GET /api/pupils', { as: busy.lone })).status).toBe(401)
  })

  test('the log keeps the order in which things happened', async () => {
    const { school, lone, asta } = await begun()
    const first = school.activity().length
    school.pass(-JUMP)
    await school.call('POST /api/pupils/password-reset-cancellations', asta)
    await school.call(RESETS, asta)
    expect(
      school
        .activity()
        .slice(first)
        .map(({ action }) => action),
    ).toEqual(['cancelNewPassword', 'giveNewPassword'])
    const { lines } = (await school.call('GET /api/activity', { as: lone })).json(activitySchema)
    expect(lines.slice(0, 2).map(({ action }) => action)).toEqual(['giveNewPassword', 'cancelNewPassword'])
  })
})
