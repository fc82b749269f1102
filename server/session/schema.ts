import { z } from '@hono/zod-openapi'

export const usernameFormSchema = z.object({ username: z.string().min(1).max(100) }).openapi('UsernameForm')

export const signInFormSchema = z
  .object({ username: z.string().min(1).max(100), password: z.string().min(1).max(200) })
  .openapi('SignInForm')

/** Staff also say what they sign in as; without it, as a teacher. */
export const staffSignInFormSchema = z
  .object({
    ...signInFormSchema.shape,
    as: z.enum(['teacher', 'userAdministrator']).default('teacher'),
  })
  .openapi('StaffSignInForm')

export const nextStepSchema = z.object({ next: z.literal('password') }).openapi('NextStep')

const iso = z.iso.datetime()

const institutionSchema = z.object({ id: z.string(), name: z.string() })

export const signedInSchema = z
  .object({
    signedIn: z.literal(true),
    /** Names the session in public; the page sends it back with every request. */
    ref: z.string(),
    person: z.object({ id: z.string(), name: z.string() }),
    views: z
      .object({
        teacher: z.boolean().openapi({ description: 'Own classes: without the header Elevadgang-School' }),
        schools: z.array(institutionSchema).openapi({ description: 'The schools the person administers' }),
      })
      .openapi({ description: 'What the person may act as; each request says which' }),
    institutions: z.array(institutionSchema).openapi({ description: 'Where the person is a teacher' }),
    secondFactor: z
      .object({
        givenAt: iso,
        freshUntil: iso.openapi({ description: 'When it is too old for a change' }),
      })
      .nullable()
      .openapi({ description: "null: not given in this session, so no administrator's view yet" }),
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
