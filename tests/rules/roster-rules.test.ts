import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { areTooManyGone, GONE_KEPT, isOver, movedUpAfter } from '../../server/roster/rules'
import { madeUsername, mayBeUsername } from '../../server/roster/usernames'
import { isUsername } from '../../server/session/username'
import { days } from '../../server/time'
import { MOMENT, NOW, ordinaryPupil } from './ordinary-pupil'

test('somebody who is gone is kept for 30 days, to the moment', () => {
  expect(GONE_KEPT).toBe(days(30))
  expect(isOver(NOW, NOW + GONE_KEPT - MOMENT)).toBe(false)
  expect(isOver(NOW, NOW + GONE_KEPT)).toBe(true)
})

describe('who has moved up', () => {
  const movedUp = (from: number, to: number, special = {}) =>
    movedUpAfter(ordinaryPupil({ year: from, ...special }), to, NOW)

  test.each([
    [3, 4],
    [6, 7],
    [2, 5],
    [0, 10],
  ])('from %i to %i: now, as the stage is a higher one', (from, to) => expect(movedUp(from, to)).toBe(NOW))

  test.each([
    [2, 3],
    [4, 6],
    [7, 10],
    [3, 3],
  ])('from %i to %i: as before, as the stage is the same', (from, to) => {
    expect(movedUp(from, to)).toBe(null)
    expect(movedUp(from, to, { movedUpAt: NOW - 5 })).toBe(NOW - 5)
  })

  test.each([
    [4, 3],
    [7, 6],
  ])('from %i back to %i: not, so that nobody has to change for it', (from, to) => {
    expect(movedUp(from, to, { movedUpAt: NOW - 5 })).toBe(null)
  })

  test('with a policy of the pupil’s own: as before, as the year changes nothing', () => {
    expect(movedUp(3, 4, { policyOverride: 'indskoling' })).toBe(null)
    expect(movedUp(4, 3, { policyOverride: 'indskoling', movedUpAt: NOW })).toBe(NOW)
  })
})

test('more than ten gone, and more than a third: somebody is to look', () => {
  expect(areTooManyGone(10, 12)).toBe(false)
  expect(areTooManyGone(11, 12)).toBe(true)
  expect(areTooManyGone(11, 33)).toBe(false)
  expect(areTooManyGone(12, 33)).toBe(true)
})

describe('a username that is made', () => {
  const first = (limit: number) => limit - limit
  const of = (name: string, tries = 0) => madeUsername(name, tries, first)

  test.each([
    ['Ida Holm', 'idah1000'],
    ['Bo Ø', 'booe1000'],
    ['Søren Ærø', 'soer1000'],
    ['Åse Dam', 'aase1000'],
    ['Zoë Élan', 'zoee1000'],
    ['Al', 'alxx1000'],
    ['王 明', 'xxxx1000'],
    ["O'Neil-Ås", 'onei1000'],
    ['Elev 31', 'elev1000'],
  ])('of %s begins %s', (name, made) => expect(of(name)).toBe(made))

  test('leaves a letter more to chance each twenty tries', () => {
    expect([19, 20, 40, 60, 80, 500].map((tries) => of('Ida Holm', tries))).toEqual([
      'idah1000',
      'idaa1000',
      'idaa1000',
      'iaaa1000',
      'aaaa1000',
      'aaaa1000',
    ])
  })

  test('is always four letters and four digits', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }),
        fc.nat(200),
        fc.infiniteStream(fc.nat()),
        (name, tries, numbers) => {
          const randomBelow = (limit: number) => (numbers.next().value ?? 0) % limit
          expect(isUsername(madeUsername(name, tries, randomBelow))).toBe(true)
        },
      ),
    )
  })
})

test.each([
  ['idah2001', true],
  ['max@oak.dk', true],
  ['max.b@skole.oak.dk', true],
  ['ida2001', false],
  ['idah20011', false],
  ['@oak.dk', false],
  ['max@', false],
  ['max@oak', false],
  ['a b@oak.dk', false],
  ['ida holm', false],
])('an export may bring the username %s: %s', (username, may) => expect(mayBeUsername(username)).toBe(may))
