import { z } from '@hono/zod-openapi'

export const usernameFormSchema = z.object({ username: z.string().min(1).max(100) }).openapi('UsernameForm')

export const signInFormSchema = z
  .object({ username: z.string().min(1).max(100), password: z.string().min(1).max(200) })
  .openapi('SignInForm')

export const nextStepSchema = z.object({ next: z.literal('password') }).openapi('NextStep')

const iso = z.iso.datetime()

export const signedInSchema = z
  .object({
    signedIn: z.literal(true),
    /** Names the session in public; the page sends it back with every request. */
    ref: z.string(),
    person: z.object({ id: z.string(), name: z.string() }),
    role: z.enum(['teacher', 'userAdministrator']),
    institutions: z.array(z.object({ id: z.string(), name: z.string() })),
    endsAt: iso.openapi({ description: 'When the session ends if the person does nothing more' }),
    warnAt: iso.openapi({ description: 'When to warn the person' }),
    canStayLonger: z.boolean().openapi({ description: 'Whether staying active can move the end' }),
    serverTime: iso,
  })
  .openapi('SignedIn')

export const sessionSchema = z
  .discriminatedUnion('signedIn', [
    signedInSchema,
    z.object({ signedIn: z.literal(false), serverTime: iso }).openapi('SignedOut'),
  ])
  .openapi('Session')
