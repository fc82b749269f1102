import { z } from '@hono/zod-openapi'
import { idSchema } from '../pupils/schema'
import { activityActions, importedChanges, importedKinds } from './entry'
import { activityGroupNames } from './groups'

const iso = z.iso.datetime()

/** How many requests one page holds. */
export const ACTIVITY_PAGE = 50

/** The pupils of one line that are named; how many more there are is told. More than any class has. */
export const PUPILS_NAMED = 60

/** How many requests a file holds at most: more than a large school's busiest month. */
export const EXPORT_MAX = 20_000

const day = z.iso.date().openapi({ description: 'A day in Denmark', example: '2026-11-20' })

/** Which part of the log; ids and codes only, as it stands in an address. */
export const activityFiltersSchema = z.object({
  by: z
    .union([z.enum(['staff', 'pupils']), idSchema])
    .optional()
    .openapi({ description: 'Who acted: all staff, all pupils, or the person with this id' }),
  pupilId: idSchema.optional().openapi({ description: 'Done to this pupil, or by' }),
  group: z.enum(activityGroupNames).optional(),
  outcome: z.enum(['done', 'refused']).optional(),
  from: day.optional(),
  to: day.optional(),
})

export type ActivityFilters = z.infer<typeof activityFiltersSchema>

export const activityQuerySchema = activityFiltersSchema.extend({
  olderThan: z
    .string()
    .regex(/^[A-Z2-9]{4}-[A-Z2-9]{4}$/)
    .optional()
    .openapi({ description: 'The `next` of the page before' }),
})

export const activityExportSchema = activityFiltersSchema
  .extend({ language: z.enum(['da', 'en']) })
  .openapi('ActivityExport')

export const activityLineSchema = z
  .object({
    id: z.string().openapi({ description: 'The same for the same line, always' }),
    at: iso,
    actor: z.object({
      kind: z.enum(['staff', 'pupil', 'import', 'nobody']),
      asAdministrator: z.boolean(),
      name: z.string().nullable().openapi({ description: 'null: a pupil out of reach, or nobody known' }),
    }),
    action: z.enum(activityActions),
    outcome: z.enum(['done', 'refused']),
    reason: z.string().nullable().openapi({ description: 'Why the whole request was refused, as a code' }),
    pupilCount: z.int(),
    pupils: z
      .array(
        z.object({
          id: idSchema.nullable(),
          name: z.string().nullable().openapi({ description: 'As shown; null: out of reach' }),
          reason: z.string().nullable().openapi({ description: 'Why it was refused for this pupil' }),
        }),
      )
      .openapi({ description: `The first ${PUPILS_NAMED} of those it was done to` }),
    counts: z
      .array(
        z.object({ of: z.enum(importedKinds), change: z.enum(importedChanges), count: z.int().positive() }),
      )
      .openapi({ description: 'What an import has changed; empty for everything else' }),
    source: z.string(),
    requestId: z.string(),
  })
  .openapi('ActivityLine')

export type ActivityLine = z.infer<typeof activityLineSchema>

export const activitySchema = z
  .object({
    lines: z.array(activityLineSchema),
    next: z.string().nullable().openapi({ description: 'Asks for what is older; null: that was all' }),
    staff: z
      .array(z.object({ id: idSchema, name: z.string() }))
      .openapi({ description: 'On the first page of a school: whoever of the staff is in its log' }),
    serverTime: iso,
  })
  .openapi('Activity')
