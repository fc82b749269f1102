import { z } from '@hono/zod-openapi'
import { passwordPolicies } from '../people'
import { blockReasonSchema, idSchema, pupilSchema } from '../pupils/schema'

const iso = z.iso.datetime()
const institutionSchema = z.object({ id: idSchema, name: z.string() })
const personSchema = z.object({ id: idSchema, name: z.string() })

export const classAtSchoolSchema = z.object({
  id: idSchema,
  kind: z.enum(['class', 'group']),
  name: z.string(),
  year: z.int().nullable().openapi({ description: 'null for a group that mixes years' }),
})

const { status, can } = pupilSchema.shape

/** What most pupils have in common, said once for all of them: a school of 5,000 is a quarter of the size. */
export const plainPupilSchema = pupilSchema
  .pick({ protected: true, policyOverridden: true, changeBy: true, status: true, can: true })
  .openapi('PlainPupil')

/** A pupil in few words: whatever is missing is as in `plain`, whose `status` and `can` are filled up alike. */
export const pupilRowSchema = plainPupilSchema
  .partial()
  .extend({
    ...pupilSchema.pick({ id: true, name: true, year: true, policy: true }).shape,
    homeClassId: idSchema.nullable(),
    classIds: z.array(idSchema).optional().openapi({ description: 'Missing: the home class, and no other' }),
    status: status.partial().optional(),
    can: can.partial().optional(),
  })
  .openapi('PupilRow')

export type PlainPupil = z.infer<typeof plainPupilSchema>
export type PupilRow = z.infer<typeof pupilRowSchema>

const latestEvent = z
  .int()
  .openapi({ description: 'What this answer shows at least: ask for changes since then' })

export const schoolPupilsSchema = z
  .discriminatedUnion('whole', [
    z.object({
      whole: z.literal(true),
      institution: institutionSchema,
      classes: z.array(classAtSchoolSchema),
      plain: plainPupilSchema,
      rows: z.array(pupilRowSchema),
      latestEvent,
      serverTime: iso,
    }),
    z.object({
      whole: z.literal(false),
      pupils: z.array(pupilSchema).openapi({ description: 'Those who have changed, as they are now' }),
      latestEvent,
      serverTime: iso,
    }),
  ])
  .openapi('SchoolPupils')

export type SchoolPupilsAnswer = z.infer<typeof schoolPupilsSchema>

/** One pupil with all that is known; what happened is in the activity log. */
export const schoolPupilSchema = z
  .object({
    institution: institutionSchema,
    pupil: pupilSchema,
    classes: z.array(
      z.object({
        ...classAtSchoolSchema.shape,
        teachers: z.array(personSchema).openapi({ description: 'Those who reach the pupil by this class' }),
      }),
    ),
    policy: z.object({
      ofYear: z.enum(passwordPolicies),
      override: z.enum(passwordPolicies).nullable(),
      note: z.string().nullable(),
    }),
    passwordSetAt: iso.nullable(),
    movedUpAt: iso.nullable(),
    block: z
      .object({
        since: iso,
        until: iso.nullable(),
        reason: blockReasonSchema,
        by: personSchema.nullable().openapi({ description: 'null where the person is known no more' }),
      })
      .nullable(),
    resetWindow: z
      .object({ openedAt: iso, closesAt: iso, openedBy: personSchema.nullable() })
      .nullable()
      .openapi({ description: 'The window that is open now' }),
    stepUp: z
      .object({ startedAt: iso, endsAt: iso, startedBy: personSchema.nullable() })
      .nullable()
      .openapi({ description: 'The step-up that holds now' }),
    serverTime: iso,
  })
  .openapi('SchoolPupil')

export type SchoolPupilAnswer = z.infer<typeof schoolPupilSchema>
