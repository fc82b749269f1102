import { describe, expect, test } from 'vitest'
import { Problem } from '../../server/problems'
import { ApiError, errorOf, isApiError, isSessionLost } from '../../src/api/errors'

const document = (problem: Problem) =>
  new Response(JSON.stringify(problem.document('K7QX-29FD')), {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json', 'Request-Id': 'K7QX-29FD' },
  })

describe('a refusal is read', () => {
  test('from a problem document', async () => {
    const error = await errorOf(document(new Problem('too-many-requests', { retryAfterSeconds: 30 })))
    expect(error).toMatchObject({
      type: 'too-many-requests',
      requestId: 'K7QX-29FD',
      retryAfterSeconds: 30,
    })
  })

  test.each([
    ['a page', '<h1>Bad gateway</h1>'],
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['another document', '{"message":"no"}'],
    ['a type that is no word', '{"type":7}'],
  ])('as unreadable from %s, with the number that the headers tell', async (_, body) => {
    const response = new Response(body, { status: 502, headers: { 'Request-Id': 'K7QX-29FD' } })
    expect(await errorOf(response)).toMatchObject({ type: 'unreadable-answer', requestId: 'K7QX-29FD' })
  })
})

test.each([
  ['not-signed-in', true],
  ['session-ended', true],
  ['session-changed', true],
  ['not-allowed', false],
  ['wrong-password', false],
  ['no-connection', false],
] as const)('%s: one has to sign in again: %s', (type, lost) => {
  expect(isSessionLost(new ApiError(type))).toBe(lost)
})

test('other mistakes are no errors of the API', () => {
  expect(isApiError(new TypeError('x'))).toBe(false)
  expect(isSessionLost(new TypeError('x'))).toBe(false)
})
