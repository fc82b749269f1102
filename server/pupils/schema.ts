import { z } from '@hono/zod-openapi'
import { listedBlockReasons, passwordPolicies } from '../people'
import { stepUpServices } from '../step-up/rules'

/** Ids are opaque. What cannot be one is refused before anything is looked up. */
export const idSchema = z
  .string()
  .regex(/^[A-Za-z0-9-]{1,40}$/)
  .openapi({ example: 'p-7f3kq2' })

/** How many pupils one request may act on: more than the largest school. */
export const BATCH_MAX = 2000

const iso = z.iso.datetime()

const verdict = <Reason extends [string, ...string[]]>(...reasons: Reason) =>
  z.discriminatedUnion('allowed', [
    z.object({ allowed: z.literal(true) }),
    z.object({ allowed: z.literal(false), reason: z.enum(reasons) }),
  ])

export const schoolClassRefSchema = z.object({ id: idSchema, name: z.string() })

/** Own words are short enough to be read in a row. */
export const BLOCK_WORDS_MAX = 200

export const blockReasonSchema = z.discriminatedUnion('code', [
  z.object({ code: z.enum(listedBlockReasons) }),
  z.object({ code: z.literal('own'), words: z.string().trim().min(1).max(BLOCK_WORDS_MAX) }),
])

export const pupilSchema = z
  .object({
    id: idSchema,
    name: z.string().openapi({ description: 'The name, or the alias of a protected pupil' }),
    protected: z.boolean().openapi({ description: 'Name and address protection: shown by alias only' }),
    homeClass: schoolClassRefSchema.nullable(),
    classIds: z
      .array(idSchema)
      .openapi({ description: 'The classes and groups within reach that the pupil is in' }),
    year: z.int().openapi({ description: 'Year at school, 0 to 10' }),
    policy: z.enum(passwordPolicies),
    policyOverridden: z.boolean(),
    changeBy: iso.nullable().openapi({ description: 'When the password must be changed; null: it lasts' }),
    status: z.object({
      block: z
        .object({ since: iso, until: iso.nullable(), reason: blockReasonSchema })
        .nullable()
        .openapi({ description: 'Kept out of Unilogin, by whom is for user administrators' }),
      localLogin: z.boolean(),
      neverSignedIn: z.boolean(),
      mustChange: z
        .object({ because: z.enum(['movedUp', 'yearly']), by: iso })
        .nullable()
        .openapi({ description: 'Set once the change is near enough to tell' }),
      resetWindow: z
        .discriminatedUnion('state', [
          z.object({
            state: z.literal('open'),
            closesAt: iso,
            takenAt: iso
              .nullable()
              .openapi({ description: 'When the pupil signed in by it; the new password is not set yet' }),
          }),
          z.object({ state: z.literal('used'), at: iso }),
          z.object({ state: z.literal('expired'), at: iso }),
        ])
        .nullable(),
      stepUp: z.object({ endsAt: iso }).nullable(),
      stepUpRequest: z
        .object({
          id: idSchema,
          service: z.enum(stepUpServices),
          checkCode: z.string(),
          requestedAt: iso,
          expiresAt: iso,
        })
        .nullable(),
    }),
    can: z
      .object({
        giveNewPassword: verdict('blocked', 'localLogin'),
        stepUp: verdict('blocked'),
      })
      .openapi({ description: 'What the caller may do to this pupil now, and where not, why' }),
  })
  .openapi('Pupil')

export type PupilAnswer = z.infer<typeof pupilSchema>

/** Why an action did nothing to one pupil. */
export const refusals = [
  'notFound',
  'blocked',
  'localLogin',
  'noWindow',
  'windowUsed',
  'windowExpired',
  'notSteppedUp',
  'notWaiting',
  'alreadyBlocked',
  'notBlocked',
] as const
export const refusalSchema = z.enum(refusals)
export type Refusal = (typeof refusals)[number]

export const pupilIdsSchema = z
  .object({ pupilIds: z.array(idSchema).min(1).max(BATCH_MAX) })
  .openapi('PupilIds')

/** An action's answer for one pupil: done, or why not; with the pupil as he or she is now, where within reach. */
export const resultSchema = z
  .object({
    id: idSchema.openapi({ description: 'The pupil or request that was asked for' }),
    refusal: refusalSchema.nullable().openapi({ description: 'null: done' }),
    pupil: z.union([pupilSchema, z.null()]),
  })
  .openapi('Result')

export const resultsSchema = z.object({ results: z.array(resultSchema), serverTime: iso }).openapi('Results')

export const revealedSchema = z
  .object({
    results: z.array(
      z.object({ id: idSchema, refusal: refusalSchema.nullable(), username: z.string().nullable() }),
    ),
  })
  .openapi('RevealedUsernames')

export const pupilListSchema = z
  .object({ pupils: z.array(pupilSchema), serverTime: iso })
  .openapi('PupilList')

export const idempotencySchema = z.object({
  'idempotency-key': z
    .string()
    .regex(/^[A-Za-z0-9-]{8,64}$/)
    .openapi({ description: 'The same key again does nothing twice and answers the same' }),
})
