import { describe, expect, test } from 'vitest'
import { document, documentText, routes } from './contract'

/** To write the copy anew: `npx vitest run --project api tests/api/openapi.test.ts -u`. */
test('the committed description of the API is the one that it gives', async () => {
  const copy = `${JSON.stringify(JSON.parse(documentText), null, 2)}\n`
  await expect(copy).toMatchFileSnapshot('../../server/openapi.json')
})

test('it is OpenAPI 3.1', () => {
  expect(document.openapi).toMatch(/^3\.1\.\d+$/)
  expect(document.info.title).toBe('Elevadgang')
})

const problems = (route: (typeof routes)[number]) =>
  Object.entries(route.operation.responses)
    .filter(([, { content }]) => content && 'application/problem+json' in content)
    .map(([status]) => status)

const actions = routes.filter(({ path }) => /^\/api\/pupils\/.|decisions$/.test(path))

describe('every action on pupils', () => {
  test('there are these', () => {
    expect(actions.map(({ name }) => name).toSorted()).toEqual([
      'POST /api/pupils/blocks',
      'POST /api/pupils/class-lists',
      'POST /api/pupils/exports',
      'POST /api/pupils/password-reset-cancellations',
      'POST /api/pupils/password-resets',
      'POST /api/pupils/policies',
      'POST /api/pupils/step-up-ends',
      'POST /api/pupils/step-ups',
      'POST /api/pupils/unblocks',
      'POST /api/pupils/username-copies',
      'POST /api/pupils/username-reveals',
      'POST /api/pupils/username-slips',
      'POST /api/step-up-requests/decisions',
    ])
  })

  test.each(actions.map((route) => [route.name, route] as const))('%s', (_, route) => {
    expect(route.operation.parameters).toMatchObject([
      { name: 'idempotency-key', in: 'header', required: true },
    ])
    expect(route.operation.requestBody?.required).toBe(true)
    expect(Object.keys(route.operation.requestBody?.content ?? {})).toEqual(['application/json'])
    expect(Object.keys(route.operation.responses['200']?.content ?? {})).toEqual(['application/json'])
    expect(problems(route)).toEqual([
      '400',
      '401',
      '403',
      '404',
      '409',
      '413',
      '415',
      '422',
      '429',
      '500',
      '503',
    ])
  })
})

test.each(routes.map((route) => [route.name, route] as const))(
  '%s says what it answers, and how it fails',
  (_, route) => {
    const statuses = Object.keys(route.operation.responses)
    expect(statuses.filter((status) => status.startsWith('2'))).toHaveLength(1)
    expect(problems(route)).toEqual(statuses.filter((status) => Number(status) >= 400))
    expect(statuses).toContain('500')
  },
)
