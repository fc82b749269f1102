import { describe, expect, test } from 'vitest'
import { STAFF_PASSWORD } from '../../mocks/people'
import { createEventBus } from '../../server/events/bus'
import { tellOfChanges } from '../../server/events/tell'
import { problemSchema } from '../../server/problems'
import { SCHOOL_HEADER } from '../../server/session/caller'
import { minutes, seconds } from '../../server/time'
import { type LiveSchool, liveSchool, pupilSignedIn, staffHeaders } from './live-school'
import { MORNING, pupilsOf } from './school-under-test'

const asks = (school: LiveSchool, pupil: Record<string, string>) =>
  school.call('POST /api/pupil/step-up-requests', pupil, { service: 'aula' })

const look = (id: number, what?: string) =>
  `event: look\nid: ${id}\ndata: ${what ? JSON.stringify({ what }) : '{}'}`

async function withLone() {
  const school = liveSchool()
  const lone = staffHeaders(await school.signIn('lone4821'))
  const asta = await pupilSignedIn(school, 'asta2011')
  return { school, lone, asta }
}

describe('the bus', () => {
  test('tells who listens, in order, and keeps what it told for who comes back', () => {
    const bus = createEventBus(100)
    const heard: number[] = []
    const stop = bus.subscribe(({ id }) => heard.push(id))
    bus.publish('pupils', ['p-1'])
    bus.publish('stepUpRequests', ['p-2'])
    stop()
    bus.publish('pupils', ['p-3'])
    expect(heard).toEqual([101, 102])
    expect(bus.since(101)?.map(({ pupilIds }) => pupilIds)).toEqual([['p-2'], ['p-3']])
    expect(bus.since(103)).toEqual([])
    expect(bus.latestId()).toBe(103)
  })

  test('says nothing about nobody', () => {
    const bus = createEventBus(100)
    bus.publish('pupils', [])
    expect(bus.latestId()).toBe(100)
  })

  test('admits that it no longer knows, or never did', () => {
    const bus = createEventBus(100)
    for (let told = 0; told < 2001; told += 1) bus.publish('pupils', ['p-1'])
    expect(bus.since(100)).toBeNull()
    expect(bus.since(101)).toHaveLength(2000)
    expect(bus.since(99)).toBeNull()
    expect(bus.since(2102)).toBeNull()
  })
})

describe('a unit of work', () => {
  test('is told of after it has committed, and one that fails never is', async () => {
    const { store, id } = liveSchool()
    const bus = createEventBus(100)
    const told = tellOfChanges(store, bus)
    const window = { pupilId: id('asta2011'), openedAt: MORNING, openedBy: 's-lone', usedAt: null }
    const row = { ...window, cancelledAt: null, takenAt: null, takenBy: null }
    await told.transaction(async (unit) => {
      await unit.saveResetWindow(row)
      expect(bus.latestId()).toBe(100)
    })
    expect(bus.since(100)).toEqual([{ id: 101, what: 'pupils', pupilIds: [id('asta2011')] }])
    const failing = told.transaction(async (unit) => {
      await unit.saveResetWindow(row)
      throw new Error('no')
    })
    await expect(failing).rejects.toThrow('no')
    expect(bus.latestId()).toBe(101)
  })
})

describe("a teacher's stream", () => {
  test('begins with a beat, is not kept by proxies, and says "look" when a pupil asks', async () => {
    const { school, lone, asta } = await withLone()
    const stream = await school.listen('/api/events', lone)
    expect(stream.response.status).toBe(200)
    expect(stream.response.headers.get('Content-Type')).toBe('text/event-stream; charset=utf-8')
    expect(stream.response.headers.get('Cache-Control')).toBe('no-store')
    expect(stream.response.headers.get('X-Accel-Buffering')).toBe('no')
    expect(stream.response.headers.get('Connection')).toBeNull()
    expect([stream.looks(), stream.beats()]).toEqual([[], 1])
    await asks(school, asta)
    await school.settle()
    expect(stream.looks()).toEqual([look(MORNING + 1, 'stepUpRequests')])
    await stream.leave()
  })

  test('beats every 15 seconds', async () => {
    const { school, lone } = await withLone()
    const stream = await school.listen('/api/events', lone)
    await school.pass(seconds(15) - 1)
    expect(stream.beats()).toBe(1)
    await school.pass(1)
    expect(stream.beats()).toBe(2)
    await school.pass(seconds(15))
    expect(stream.beats()).toBe(3)
    await stream.leave()
  })

  test('lets go of everything when the page leaves', async () => {
    const { school, lone } = await withLone()
    const stream = await school.listen('/api/events', lone)
    expect(school.beating()).toBe(1)
    await stream.leave()
    expect(school.beating()).toBe(0)
  })

  test('goes on after Last-Event-ID: what was missed is one look, what was heard none', async () => {
    const { school, lone, asta } = await withLone()
    await asks(school, asta)
    await asks(school, asta)
    const missed = await school.listen('/api/events', { ...lone, 'Last-Event-ID': String(MORNING) })
    expect(missed.looks()).toEqual([look(MORNING + 2, 'stepUpRequests')])
    const upToDate = await school.listen('/api/events', { ...lone, 'Last-Event-ID': String(MORNING + 2) })
    expect(upToDate.looks()).toEqual([])
    const byQuery = await school.listen(`/api/events?after=${MORNING + 1}`, lone)
    expect(byQuery.looks()).toEqual([look(MORNING + 2, 'stepUpRequests')])
    for (const each of [missed, upToDate, byQuery]) await each.leave()
  })

  test.each(['1', String(MORNING + 900)])(
    'after an event it does not know (%s): look at everything',
    async (id) => {
      const { school, lone } = await withLone()
      const stream = await school.listen('/api/events', { ...lone, 'Last-Event-ID': id })
      expect(stream.looks()).toEqual([look(MORNING)])
      await stream.leave()
    },
  )

  test.each(['', '-1', '1e9', 'abc', '9'.repeat(40)])(
    'a resume point that no server said (%j) is none',
    async (id) => {
      const { school, lone } = await withLone()
      const stream = await school.listen(`/api/events?after=${id}`, lone)
      expect([stream.response.status, stream.looks()]).toEqual([200, []])
      await stream.leave()
    },
  )

  test('every answer tells which event it shows at least', async () => {
    const { school, lone, asta } = await withLone()
    const before = await school.call('GET /api/classes', lone)
    expect(before.headers.get('Latest-Event')).toBe(String(MORNING))
    await asks(school, asta)
    const after = await school.call('GET /api/classes', lone)
    expect(after.headers.get('Latest-Event')).toBe(String(MORNING + 1))
  })

  test('a whole class at once: few looks, and the last one is of the last event', async () => {
    const { school, lone } = await withLone()
    const stream = await school.listen('/api/events', lone)
    const pupils = pupilsOf(school.snapshot(), 'birkeskolen-4b')
    const signedIn = await Promise.all(pupils.map(({ username }) => pupilSignedIn(school, username)))
    await Promise.all(signedIn.map((pupil) => asks(school, pupil)))
    await school.settle()
    expect(stream.looks().length).toBeLessThanOrEqual(pupils.length)
    expect(stream.looks().at(-1)).toBe(look(MORNING + pupils.length, 'stepUpRequests'))
    await stream.leave()
  })

  test('decisions, step-ups, their ends and resets are told to the colleague who shares the pupil', async () => {
    const { school, lone, asta } = await withLone()
    const mads = await school.listen('/api/events', staffHeaders(await school.signIn('mads5512')))
    const pupilIds = [school.id('asta2011')]
    const answer = await asks(school, asta)
    const { request } = await answer.json()
    await school.call('POST /api/step-up-requests/decisions', lone, {
      requestIds: [request.id],
      decision: 'approve',
    })
    await school.settle()
    await school.call('POST /api/pupils/step-up-ends', lone, { pupilIds })
    await school.settle()
    await school.call('POST /api/pupils/password-resets', lone, { pupilIds })
    await school.settle()
    await school.call('POST /api/pupils/username-reveals', lone, { pupilIds })
    await school.settle()
    expect(mads.looks().map((each) => each.split('\n').at(-1))).toEqual([
      'data: {"what":"stepUpRequests"}',
      'data: {"what":"stepUpRequests"}',
      'data: {"what":"pupils"}',
      'data: {"what":"pupils"}',
    ])
    await mads.leave()
  })
})

describe('what an administrator changes', () => {
  const administrator = async (school: LiveSchool, institutionId: string) => {
    const person = await school.plantSession({ staffId: 's-kent', secondFactorAt: MORNING })
    return { ...staffHeaders(person), [SCHOOL_HEADER]: institutionId }
  }

  test('is told to the teachers, to administrators of the school, and to nobody else', async () => {
    const { school, lone } = await withLone()
    const kent = await administrator(school, 'birkeskolen')
    const [hers, his, theirs] = await Promise.all([
      school.listen('/api/events', lone),
      school.listen('/api/events', kent),
      school.listen('/api/events', staffHeaders(await school.signIn('sofi6603'))),
    ])
    const pupilIds = [school.id('dict2014')]
    for (const [route, body] of [
      ['blocks', { pupilIds, reason: { code: 'leave' }, until: null }],
      ['unblocks', { pupilIds }],
      ['policies', { pupilIds, policy: 'udskoling', note: 'Aftalt' }],
    ] as const) {
      expect((await school.call(`POST /api/pupils/${route}`, kent, body)).status).toBe(200)
      await school.settle()
    }
    for (const stream of [hers, his]) {
      expect(stream.looks().map((each) => each.split('\n').at(-1))).toEqual(
        Array(3).fill('data: {"what":"pupils"}'),
      )
    }
    expect(theirs.looks()).toEqual([])
    for (const stream of [hers, his, theirs]) await stream.leave()
  })

  test('abuse case 19: a block ends the stream of the pupil, whose next call is refused', async () => {
    const { school, asta } = await withLone()
    const emil = await pupilSignedIn(school, 'emil2015')
    const hers = await school.listen('/api/pupil/events', asta)
    const his = await school.listen('/api/pupil/events', emil)
    await school.call('POST /api/pupils/blocks', await administrator(school, 'birkeskolen'), {
      pupilIds: [school.id('asta2011')],
      reason: { code: 'misuse' },
      until: null,
    })
    await school.settle()
    expect([hers.ended(), his.ended()]).toEqual([true, false])
    const next = await school.call('GET /api/pupil/step-up-requests/latest', asta)
    expect(problemSchema.parse(await next.json()).type).toBe('session-ended')
    await his.leave()
  })
})

describe('abuse case 10: a stream tells of own pupils only, by the rule of the lists', () => {
  test.each(['bodi2259', 'omar7310', 'sofi6603'])('%s hears nothing of Asta', async (username) => {
    const { school, asta } = await withLone()
    const stream = await school.listen('/api/events', staffHeaders(await school.signIn(username)))
    await asks(school, asta)
    await school.settle()
    expect(stream.looks()).toEqual([])
    await stream.leave()
    const signedIn = staffHeaders(await school.signIn(username))
    const resumed = await school.listen('/api/events', { ...signedIn, 'Last-Event-ID': String(MORNING) })
    expect(resumed.looks()).toEqual([])
    await resumed.leave()
  })

  test('an event is a question to the database for the streams of its school alone, and for the pupil it is about', async () => {
    const { school, asta } = await withLone()
    const emil = await pupilSignedIn(school, 'emil2015')
    const questions = async (path: string, headers: Record<string, string>) => {
      const stream = await school.listen(path, headers)
      const before = school.units()
      school.events.publish('pupils', [school.id('asta2011')])
      await school.settle()
      const asked = school.units() - before
      await stream.leave()
      return asked
    }
    const none = await school
      .settle()
      .then(school.units)
      .then(async (before) => {
        await school.settle()
        return school.units() - before
      })
    const staff = async (username: string) =>
      (await questions('/api/events', staffHeaders(await school.signIn(username)))) - none
    // Sofi is at the other school. Omar is at this one, and teaches nobody: whom it concerns is asked once for all who
    // listen there. Only Lone's stream then asks for itself.
    expect([await staff('sofi6603'), await staff('omar7310'), await staff('lone4821')]).toEqual([0, 1, 2])
    const pupil = async (headers: Record<string, string>) =>
      (await questions('/api/pupil/events', headers)) - none
    expect([await pupil(emil), await pupil(asta)]).toEqual([0, 1])
  })

  test('abuse case 8: reach is that of the moment of sending', async () => {
    const { school, lone, asta } = await withLone()
    const stream = await school.listen('/api/events', lone)
    await asks(school, asta)
    await school.settle()
    expect(stream.looks()).toHaveLength(1)
    // She leaves the school; what happens to her then is nobody's business here.
    await school.store.transaction((unit) => unit.savePupil({ ...school.pupil('asta2011'), active: false }))
    school.events.publish('pupils', [school.id('asta2011')])
    await school.settle()
    expect(stream.looks()).toHaveLength(1)
    await stream.leave()
  })

  test('a new roster of a school is told to its staff alone, whoever teaches whom by it', async () => {
    const school = liveSchool()
    const [lone, sofie, asta] = [
      await school.listen('/api/events', staffHeaders(await school.signIn('lone4821'))),
      await school.listen('/api/events', staffHeaders(await school.signIn('sofi6603'))),
      await school.listen('/api/pupil/events', await pupilSignedIn(school, 'asta2011')),
    ]
    const roster = { what: 'rosters', pupilIds: [], institutionIds: ['birkeskolen'] } as const
    school.events.deliver({ id: school.events.latestId() + 1, ...roster })
    await school.settle()
    expect([lone, sofie, asta].map((stream) => stream.looks().length)).toEqual([1, 0, 0])
    await Promise.all([lone, sofie, asta].map((stream) => stream.leave()))
  })

  test('a pupil hears of herself only', async () => {
    const { school, asta } = await withLone()
    const emil = await pupilSignedIn(school, 'emil2015')
    const hers = await school.listen('/api/pupil/events', asta)
    const his = await school.listen('/api/pupil/events', emil)
    await asks(school, asta)
    await school.settle()
    expect([hers.looks().length, his.looks().length]).toEqual([1, 0])
    await hers.leave()
    await his.leave()
  })

  test('abuse case 4: neither side opens the stream of the other, and nobody without a session any', async () => {
    const { school, lone, asta } = await withLone()
    for (const [path, headers] of [
      ['/api/events', asta],
      ['/api/pupil/events', lone],
      ['/api/events', {}],
      ['/api/pupil/events', {}],
    ] as const) {
      const answer = await school.call(`GET ${path}`, headers)
      expect(answer.status).toBe(401)
      expect(problemSchema.parse(await answer.json()).type).toBe('not-signed-in')
    }
    expect(school.beating()).toBe(0)
  })

  test('no event holds anything personal: no name, no username, no id of a pupil', async () => {
    const { school, lone, asta } = await withLone()
    const stream = await school.listen('/api/events', lone)
    await asks(school, asta)
    await school.call('POST /api/pupils/password-resets', lone, { pupilIds: [school.id('asta2011')] })
    await school.settle()
    const text = stream.looks().join('\n')
    expect(text.replace(/event: look\nid: \d+\ndata: \{("what":"(stepUpRequests|pupils)")?\}\n?/g, '')).toBe(
      '',
    )
    await stream.leave()
  })
})

describe('a stream ends with its session', () => {
  test('on signing out at once, in every tab of that session and in no other', async () => {
    const { school, lone, asta } = await withLone()
    const stream = await school.listen('/api/events', lone)
    const otherTab = await school.listen('/api/events', lone)
    const atHome = await school.listen('/api/events', staffHeaders(await school.signIn('lone4821')))
    await school.call('DELETE /api/session', lone)
    await school.settle()
    expect([stream.ended(), otherTab.ended(), atHome.ended()]).toEqual([true, true, false])
    await atHome.leave()
    expect(school.beating()).toBe(0)
    await asks(school, asta)
    await school.settle()
    expect(stream.looks()).toEqual([])
  })

  test('on signing in anew in the same browser', async () => {
    const { school, lone } = await withLone()
    const stream = await school.listen('/api/events', lone)
    await school.call('POST /api/session', lone, { username: 'omar7310', password: STAFF_PASSWORD })
    await school.settle()
    expect(stream.ended()).toBe(true)
  })

  test('what is being asked about at that moment is told no more', async () => {
    const { school, lone, asta } = await withLone()
    const stream = await school.listen('/api/events', lone)
    // Both on their way before the stream has looked into the store for either.
    const [left] = await Promise.all([school.call('DELETE /api/session', lone), asks(school, asta)])
    expect(left.status).toBe(204)
    await school.settle()
    expect([stream.ended(), stream.looks()]).toEqual([true, []])
  })

  test('a sign-out that fails ends no stream', async () => {
    const { school, lone } = await withLone()
    const stream = await school.listen('/api/events', lone)
    const elsewhere = { ...lone, 'Elevadgang-Session': 'f'.repeat(16) }
    expect((await school.call('DELETE /api/session', elsewhere)).status).toBe(409)
    await school.settle()
    expect(stream.ended()).toBe(false)
    await stream.leave()
  })

  test('at once where something happens first, and without telling it', async () => {
    const { school, lone, asta } = await withLone()
    const stream = await school.listen('/api/events', lone)
    await school.call('DELETE /api/session', lone)
    await asks(school, asta)
    await school.settle()
    expect([stream.ended(), stream.looks()]).toEqual([true, []])
  })

  test('after 20 minutes without a deed: listening is none', async () => {
    const { school, lone } = await withLone()
    const stream = await school.listen('/api/events', lone)
    await school.pass(minutes(20) - seconds(1))
    expect(stream.ended()).toBe(false)
    await school.pass(seconds(16))
    expect(stream.ended()).toBe(true)
  })

  test("a pupil's ends as soon as the pupil signs out, on every device", async () => {
    const { school, asta } = await withLone()
    const stream = await school.listen('/api/pupil/events', asta)
    await school.call('DELETE /api/pupil/session', asta)
    await school.settle()
    expect(stream.ended()).toBe(true)
  })

  test('a page drawn for somebody else gets none', async () => {
    const { school, lone } = await withLone()
    const answer = await school.call('GET /api/events', { ...lone, 'Elevadgang-Session': 'f'.repeat(16) })
    expect(problemSchema.parse(await answer.json()).type).toBe('session-changed')
  })
})
