import { describe, expect, test } from 'vitest'
import { follow, next, type Seen, startTour, stepOf, TOUR_LENGTH, type Tour } from '../../mocks/demo/tour'
import type { ActivityAction } from '../../server/activity/entry'
import { seconds } from '../../server/time'
import { NOW } from './ordinary-pupil'

const seen = (...actions: ActivityAction[]): Seen => ({
  now: NOW,
  isStaffSignedIn: true,
  deeds: actions.map((action) => ({ action, pupil: 'Asta Holm', at: NOW })),
})

const nameOf = (tour: Tour) => stepOf(tour)?.name ?? 'over'

describe('the tour', () => {
  test('begins with signing in, which counts whoever did it and when', () => {
    const tour = follow(startTour(), { ...seen(), isStaffSignedIn: false })
    expect(nameOf(tour)).toBe('signIn')
    expect(nameOf(follow(tour, seen()))).toBe('revealUsername')
  })

  test('goes on by itself, a deed at a time, to its end', () => {
    const deeds = [
      'revealUsername',
      'giveNewPassword',
      'useResetWindow',
      'setPassword',
      'askForStepUp',
      'approveStepUpRequest',
    ] as const
    let tour = follow(startTour(), seen())
    const came = [nameOf(tour)]
    for (let count = 1; count <= deeds.length; count += 1) {
      tour = follow(tour, seen(...deeds.slice(0, count)))
      came.push(nameOf(tour))
    }
    expect(came).toEqual([
      'revealUsername',
      'giveNewPassword',
      'useWindow',
      'setPassword',
      'askForStepUp',
      'approve',
      'over',
    ])
  })

  test('waits for its own pupil', () => {
    const ofAnother = { ...seen(), deeds: [{ action: 'revealUsername' as const, pupil: 'Emil', at: NOW }] }
    expect(nameOf(follow(startTour(), ofAnother))).toBe('revealUsername')
  })

  test('counts nothing that was done before it began, and all from that moment on', () => {
    const begun = follow(startTour(), seen())
    const at = (moment: number): Seen => ({
      ...seen(),
      now: NOW + seconds(9),
      deeds: [{ action: 'revealUsername', pupil: 'Asta Holm', at: moment }],
    })
    expect(nameOf(follow(begun, at(NOW - 1)))).toBe('revealUsername')
    expect(nameOf(follow(begun, at(NOW)))).toBe('giveNewPassword')
  })

  test('passes over what was done out of turn', () => {
    const tour = follow(startTour(), seen('giveNewPassword'))
    expect(nameOf(tour)).toBe('revealUsername')
    expect(nameOf(follow(tour, seen('giveNewPassword', 'revealUsername')))).toBe('useWindow')
  })

  test('goes on without the deed where that is asked for, and not beyond its end', () => {
    let tour = startTour()
    for (let count = 0; count < TOUR_LENGTH + 3; count += 1) tour = next(tour)
    expect([tour.place, nameOf(tour)]).toEqual([TOUR_LENGTH, 'over'])
  })

  test('is the same tour where nothing has changed', () => {
    const tour = follow(startTour(), seen())
    expect(follow(tour, seen())).toBe(tour)
  })
})
