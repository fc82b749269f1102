import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canStayLonger,
  isAlive,
  SESSION_ABSOLUTE,
  SESSION_IDLE,
  SESSION_WARNING,
  type Session,
  sessionEndsAt,
} from '../../server/session/rules'
import { hours, minutes, seconds } from '../../server/time'
import { MOMENT, NOW } from './ordinary-pupil'

const session: Session = {
  tokenHash: 'hash',
  ref: 'ref',
  staffId: 's-lone',
  secondFactorAt: null,
  sentCode: null,
  startedAt: NOW,
  lastActiveAt: NOW,
  endedAt: null,
}
const activeAt = (lastActiveAt: number): Session => ({ ...session, lastActiveAt })

describe('a session', () => {
  test('lives 20 minutes after the last activity, and not a moment longer', () => {
    expect(SESSION_IDLE).toBe(minutes(20))
    expect(sessionEndsAt(session)).toBe(NOW + minutes(20))
    expect(isAlive(session, NOW)).toBe(true)
    expect(isAlive(session, NOW + minutes(19) + seconds(59))).toBe(true)
    expect(isAlive(session, NOW + minutes(20) - MOMENT)).toBe(true)
    expect(isAlive(session, NOW + minutes(20))).toBe(false)
  })

  test('activity moves the end', () => {
    const active = activeAt(NOW + minutes(19))
    expect(sessionEndsAt(active)).toBe(NOW + minutes(39))
    expect(isAlive(active, NOW + minutes(39) - MOMENT)).toBe(true)
    expect(isAlive(active, NOW + minutes(39))).toBe(false)
  })

  test('lives 8 hours at most', () => {
    expect(SESSION_ABSOLUTE).toBe(hours(8))
    const busy = activeAt(NOW + hours(8) - MOMENT)
    expect(sessionEndsAt(busy)).toBe(NOW + hours(8))
    expect(isAlive(busy, NOW + hours(8) - MOMENT)).toBe(true)
    expect(isAlive(busy, NOW + hours(8))).toBe(false)
  })

  test('can be made longer until its end is that of the day', () => {
    expect(canStayLonger(session)).toBe(true)
    expect(canStayLonger(activeAt(NOW + hours(8) - minutes(20) - MOMENT))).toBe(true)
    expect(canStayLonger(activeAt(NOW + hours(8) - minutes(20)))).toBe(false)
    expect(canStayLonger(activeAt(NOW + hours(8) - minutes(1)))).toBe(false)
  })

  test('is dead once ended, whatever its time', () => {
    expect(isAlive({ ...session, endedAt: NOW }, NOW)).toBe(false)
    expect(isAlive({ ...session, endedAt: NOW + minutes(1) }, NOW + minutes(1))).toBe(false)
  })

  test('warns a minute before', () => {
    expect(SESSION_WARNING).toBe(minutes(1))
  })
})

test('whatever the activity, never outlives 8 hours nor 20 idle minutes, and never comes back', () => {
  const pause = fc.oneof(
    fc.constantFrom(minutes(20), minutes(20) - MOMENT, 0),
    fc.integer({ min: 0, max: minutes(22) }),
  )
  fc.assert(
    fc.property(fc.array(pause, { maxLength: 60 }), fc.nat({ max: hours(9) }), (pauses, look) => {
      let kept = session
      let now = NOW
      let died = false
      for (const length of pauses) {
        now += length
        const alive = isAlive(kept, now)
        if (length >= minutes(20)) expect(alive).toBe(false)
        if (now - NOW >= hours(8)) expect(alive).toBe(false)
        if (died) expect(alive).toBe(false)
        if (alive) kept = { ...kept, lastActiveAt: now }
        else died = true
      }
      const alive = isAlive(kept, now + look)
      expect(alive).toBe(now + look < sessionEndsAt(kept))
      expect(sessionEndsAt(kept)).toBeLessThanOrEqual(NOW + hours(8))
    }),
  )
})
