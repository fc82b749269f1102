import { z } from '@hono/zod-openapi'
import { blockReasonSchema, pupilIdsSchema } from '../pupils/schema'

export const blockFormSchema = z
  .object({
    ...pupilIdsSchema.shape,
    reason: blockReasonSchema,
    until: z.iso
      .datetime()
      .nullable()
      .openapi({ description: 'When it ends by itself; null where somebody has to end it' }),
  })
  .openapi('BlockForm')
