import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { type InspectableSchool, openSchool } from '../../mocks/school'
import { type ClockFace, createSchoolClock } from '../../mocks/school-clock'
import type { BusEvent } from '../../server/events/bus'
import { PAGE_SESSION_HEADER } from '../../server/session/carrier'
import { SESSION_IDLE } from '../../server/session/rules'
import { hours, minutes, seconds } from '../../server/time'
import { NOW } from './ordinary-pupil'

beforeEach(() => {
  vi.useFakeTimers({ now: NOW })
})
afterEach(() => {
  vi.useRealTimers()
})

const ofTheComputer = { now: () => Date.now() }

describe('the school’s clock', () => {
  test('goes with the computer’s until it is moved', () => {
    const clock = createSchoolClock(ofTheComputer)
    vi.advanceTimersByTime(seconds(90))
    expect([clock.now(), clock.isMoved()]).toEqual([NOW + seconds(90), false])
    clock.advance(minutes(5))
    expect([clock.now(), clock.isMoved()]).toEqual([NOW + seconds(90) + minutes(5), true])
  })

  test('runs fast from the moment it is told to, stands still, and goes on from there', () => {
    const clock = createSchoolClock(ofTheComputer)
    vi.advanceTimersByTime(seconds(10))
    clock.setSpeed(60)
    expect(clock.now()).toBe(NOW + seconds(10))
    vi.advanceTimersByTime(seconds(3))
    expect(clock.now()).toBe(NOW + seconds(10) + minutes(3))
    clock.setSpeed(0)
    vi.advanceTimersByTime(minutes(7))
    expect(clock.now()).toBe(NOW + seconds(10) + minutes(3))
    clock.setSpeed(1)
    vi.advanceTimersByTime(seconds(1))
    expect(clock.now()).toBe(NOW + seconds(11) + minutes(3))
    clock.reset()
    expect([clock.now(), clock.isMoved()]).toEqual([Date.now(), false])
  })

  test('is shown at once and after every change, until that is stopped', () => {
    const clock = createSchoolClock(ofTheComputer)
    const faces: ClockFace[] = []
    const stop = clock.follow((face) => faces.push(face))
    clock.advance(minutes(5))
    clock.setSpeed(10)
    vi.advanceTimersByTime(seconds(1))
    clock.reset()
    stop()
    clock.advance(minutes(1))
    expect(faces).toEqual([
      { now: NOW, speed: 1 },
      { now: NOW + minutes(5), speed: 1 },
      { now: NOW + minutes(5), speed: 10 },
      { now: NOW + seconds(1), speed: 1 },
    ])
  })

  test('goes on as it was written down', () => {
    const clock = createSchoolClock(ofTheComputer)
    clock.setSpeed(10)
    vi.advanceTimersByTime(seconds(2))
    const again = createSchoolClock(ofTheComputer, clock.state())
    vi.advanceTimersByTime(seconds(1))
    expect(again.now()).toBe(clock.now())
  })
})

/** Signs in at a school. @returns whether that session is still alive. */
async function signInAt(school: InspectableSchool) {
  const answer = await school.fetch(
    new Request('https://school.test/api/session', {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ username: 'lone4821', password: 'Elevadgang-2026' }),
    }),
  )
  const headers = { [PAGE_SESSION_HEADER]: answer.headers.get(PAGE_SESSION_HEADER) ?? '' }
  return async (at = school) => {
    const request = new Request('https://school.test/api/session', { headers })
    return (await (await at.fetch(request)).json()).signedIn
  }
}

describe('whoever is signed in', () => {
  test('was away while the clock was moved, unless it is said that nobody was', async () => {
    const school = openSchool()
    const isSignedIn = await signInAt(school)
    await school.command({ do: 'advance', by: hours(2), keepSessions: true })
    expect(await isSignedIn()).toBe(true)
    // The session has not grown younger, either.
    vi.advanceTimersByTime(SESSION_IDLE - 1)
    expect(await isSignedIn()).toBe(true)
    await school.command({ do: 'advance', by: 1 })
    expect(await isSignedIn()).toBe(false)
  })

  test.each([10, 60])('stays so as long as ever while the clock runs %i times as fast', async (speed) => {
    const school = openSchool()
    const isSignedIn = await signInAt(school)
    await school.command({ do: 'setSpeed', speed })
    await vi.advanceTimersByTimeAsync(minutes(19))
    expect(await isSignedIn()).toBe(true)
    await vi.advanceTimersByTimeAsync(minutes(1))
    expect(await isSignedIn()).toBe(false)
  })

  test('goes on in a school that was written down while its clock ran fast', async () => {
    const school = openSchool()
    const isSignedIn = await signInAt(school)
    await school.command({ do: 'setSpeed', speed: 60 })
    await vi.advanceTimersByTimeAsync(seconds(30))
    const kept = structuredClone(school.state())
    await vi.advanceTimersByTimeAsync(seconds(30))
    const again = openSchool({ resume: kept })
    expect(await isSignedIn(again)).toBe(true)
    expect(again.clock.now()).toBe(school.clock.now())
  })
})

describe('pages', () => {
  /** How often everybody is told to look within this time. */
  async function looksIn(school: InspectableSchool, work: () => Promise<unknown>) {
    const heard: BusEvent[] = []
    const stop = school.events.subscribe((event) => heard.push(event))
    await work()
    stop()
    return heard.filter(({ what }) => what === 'pupils').length
  }

  test('are told to look when the clock is moved, and then every second, as their timers are wrong', async () => {
    const school = openSchool()
    expect(await looksIn(school, () => vi.advanceTimersByTimeAsync(seconds(5)))).toBe(0)
    expect(await looksIn(school, () => school.command({ do: 'advance', by: minutes(5) }))).toBe(1)
    expect(await looksIn(school, () => vi.advanceTimersByTimeAsync(seconds(5)))).toBe(5)
    await school.command({ do: 'load', scenario: 'normal' })
    expect(await looksIn(school, () => vi.advanceTimersByTimeAsync(seconds(5)))).toBe(0)
  })
})
