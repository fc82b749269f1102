import { z } from '@hono/zod-openapi'
import { passwordPolicies } from '../people'
import { pupilIdsSchema } from '../pupils/schema'
import { POLICY_NOTE_MAX } from './rules'

export const policyFormSchema = z
  .object({
    ...pupilIdsSchema.shape,
    policy: z
      .enum(passwordPolicies)
      .nullable()
      .openapi({ description: "null: the standard, which follows the pupil's year" }),
    note: z
      .string()
      .trim()
      .max(POLICY_NOTE_MAX)
      .nullable()
      .openapi({ description: 'Why the policy is another than the year’s; for user administrators only' }),
  })
  .openapi('PolicyForm')
