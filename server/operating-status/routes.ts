import { createRoute } from '@hono/zod-openapi'
import { createRoutes, jsonContent, problemContent, type Services } from '../http'
import { operatingStatusSchema } from './schema'

/**
 * The header of every answer given while something is wrong. So a page asks for the words only where there are some, and
 * no page asks in vain.
 */
export const OPERATING_STATUS_HEADER = 'Operating-Status'

const readOperatingStatus = createRoute({
  method: 'get',
  path: '/operating-status',
  summary: 'What is wrong with signing in right now, as those who run this have told; also without a session',
  responses: {
    200: jsonContent(operatingStatusSchema, 'What is wrong, or that nothing is'),
    500: problemContent,
  },
})

export const operatingStatusRoutes = ({ operatingStatus }: Pick<Services, 'operatingStatus'>) =>
  createRoutes().openapi(readOperatingStatus, (c) =>
    c.json(operatingStatusSchema.parse({ trouble: operatingStatus?.() ?? null }), 200),
  )
