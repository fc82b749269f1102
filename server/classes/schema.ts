import { z } from '@hono/zod-openapi'
import { idSchema, pupilSchema } from '../pupils/schema'

const schoolClassFields = {
  id: idSchema,
  kind: z.enum(['class', 'group']),
  name: z.string(),
  institution: z.object({ id: idSchema, name: z.string() }),
}

export const classListSchema = z
  .object({
    classes: z.array(
      z.object({
        ...schoolClassFields,
        pupilCount: z.int(),
        waitingCount: z.int().openapi({ description: 'Pupils who wait for approval of a step-up' }),
      }),
    ),
    serverTime: z.iso.datetime(),
  })
  .openapi('ClassList')

export const schoolClassSchema = z
  .object({ ...schoolClassFields, pupils: z.array(pupilSchema), serverTime: z.iso.datetime() })
  .openapi('SchoolClass')
