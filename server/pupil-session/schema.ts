import { z } from '@hono/zod-openapi'
import { passwordPolicies } from '../people'
import { newPasswordReasons, pupilStages } from './rules'

const iso = z.iso.datetime()

export const pupilSignedInSchema = z
  .object({
    signedIn: z.literal(true),
    ref: z.string().openapi({ description: 'Names the session in public' }),
    name: z.string().openapi({ description: 'The name, or the alias of a protected pupil' }),
    stage: z.enum(pupilStages),
    because: z.enum(newPasswordReasons).nullable(),
    policy: z.enum(passwordPolicies).openapi({ description: 'What the next password follows' }),
    mayChoose: z.boolean().openapi({ description: 'Whether the pupil may choose a password of own' }),
    mayPostpone: z.boolean(),
    mustChange: z.object({ because: z.enum(['movedUp', 'yearly']), by: iso }).nullable(),
    level: z.enum(['Basic', 'AdultVerified']),
    levelEndsAt: iso.nullable(),
    endsAt: iso.openapi({ description: 'When the session ends if the pupil does nothing more' }),
    warnAt: iso.openapi({ description: 'When to ask whether the pupil is still there' }),
    canStayLonger: z.boolean().openapi({ description: 'Whether being there can move the end' }),
    serverTime: iso,
  })
  .openapi('PupilSignedIn')

export const pupilSessionSchema = z
  .discriminatedUnion('signedIn', [
    pupilSignedInSchema,
    z.object({ signedIn: z.literal(false), serverTime: iso }).openapi('PupilSignedOut'),
  ])
  .openapi('PupilSession')

/** What the pupil's page asks for after the username. */
export const pupilNextStepSchema = z
  .discriminatedUnion('next', [
    z.object({ next: z.literal('password'), asks: z.enum(['pictures', 'text']) }),
    z.object({ next: z.literal('newPassword') }),
    z.object({ next: z.literal('localLogin'), domain: z.string() }),
  ])
  .openapi('PupilNextStep')
