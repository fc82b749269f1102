import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  endsAt,
  isSteppedUp,
  isWaiting,
  STEP_UP,
  STEP_UP_REQUEST_LIFETIME,
  type StepUp,
  type StepUpRequest,
  startStepUp,
  whyNoStepUp,
} from '../../server/step-up/rules'
import { hours, minutes, seconds } from '../../server/time'
import { blockSince, MOMENT, NOW, ordinaryPupil } from './ordinary-pupil'

const stepUp = startStepUp('p-1', 's-lone', NOW)
const at2h = NOW + hours(2)

describe('a step-up', () => {
  test('says for whom, by whom and since when', () => {
    expect(stepUp).toEqual({ pupilId: 'p-1', startedAt: NOW, startedBy: 's-lone', endedAt: null })
  })

  test('holds from its first moment to 1:59:59.999, and not at 2:00:00', () => {
    expect(STEP_UP).toBe(hours(2))
    expect(endsAt(stepUp)).toBe(at2h)
    expect(isSteppedUp(stepUp, NOW - MOMENT)).toBe(false)
    expect(isSteppedUp(stepUp, NOW)).toBe(true)
    expect(isSteppedUp(stepUp, at2h - MOMENT)).toBe(true)
    expect(isSteppedUp(stepUp, at2h)).toBe(false)
  })

  test('ended early holds no more from that moment', () => {
    const endedAt = NOW + minutes(30)
    const ended = { ...stepUp, endedAt }
    expect(endsAt(ended)).toBe(endedAt)
    expect(isSteppedUp(ended, endedAt - MOMENT)).toBe(true)
    expect(isSteppedUp(ended, endedAt)).toBe(false)
    expect(isSteppedUp(ended, endedAt + MOMENT)).toBe(false)
  })

  test('ended at once never holds', () => {
    expect(isSteppedUp({ ...stepUp, endedAt: NOW }, NOW)).toBe(false)
  })

  test('there is none where none was given', () => {
    expect(isSteppedUp(null, NOW)).toBe(false)
  })

  test('is not for a blocked pupil; local login is no hindrance', () => {
    expect(whyNoStepUp(ordinaryPupil(), NOW)).toBeNull()
    expect(whyNoStepUp(ordinaryPupil({ signInKind: 'local' }), NOW)).toBeNull()
    expect(whyNoStepUp(ordinaryPupil({ block: blockSince(NOW) }), NOW)).toBe('blocked')
  })
})

describe('a waiting request', () => {
  const request: StepUpRequest = {
    id: 'r-1',
    pupilId: 'p-1',
    service: 'aula',
    checkCode: '47',
    requestedAt: NOW,
    outcome: null,
  }
  const at15m = NOW + minutes(15)

  test('waits for 15 minutes and not a moment longer', () => {
    expect(STEP_UP_REQUEST_LIFETIME).toBe(minutes(15))
    expect(isWaiting(request, NOW)).toBe(true)
    expect(isWaiting(request, at15m - MOMENT)).toBe(true)
    expect(isWaiting(request, at15m)).toBe(false)
  })

  test.each(['approved', 'declined', 'withdrawn', 'replaced'] as const)('%s waits no more', (decision) => {
    expect(isWaiting({ ...request, outcome: { decision, at: NOW } }, NOW)).toBe(false)
    expect(isWaiting({ ...request, outcome: { decision, at: NOW } }, NOW + seconds(1))).toBe(false)
  })

  test('there is none where none was made', () => {
    expect(isWaiting(null, NOW)).toBe(false)
  })
})

test('never holds at or after 2:00:00, whenever it is ended, and once over never comes back', () => {
  const moment = fc.integer({ min: 0, max: hours(5) })
  fc.assert(
    fc.property(fc.option(moment), moment, moment, (endedAfter, at, later) => {
      const given: StepUp = { ...stepUp, endedAt: endedAfter === null ? null : NOW + endedAfter }
      const holds = isSteppedUp(given, NOW + at)
      if (at >= hours(2) && (endedAfter === null || endedAfter <= hours(2))) expect(holds).toBe(false)
      if (endedAfter !== null && at >= endedAfter) expect(holds).toBe(false)
      if (!holds) expect(isSteppedUp(given, NOW + at + later)).toBe(false)
    }),
  )
})
