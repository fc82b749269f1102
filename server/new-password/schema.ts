import { z } from '@hono/zod-openapi'
import { chosenRules } from '../passwords/chosen'
import { pictures } from '../passwords/pictures'

/** Far longer than any password may be, so that a broken rule can be named. */
const password = z.string().min(1).max(200)

export const suggestionSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('pictures'), pictures: z.array(z.enum(pictures)) }),
    z.object({ kind: z.literal('text'), text: z.string() }),
  ])
  .openapi('PasswordSuggestion')

export const passwordCheckSchema = z.object({ password }).openapi('PasswordCheck')

export const brokenRulesSchema = z
  .object({ broken: z.array(z.enum(chosenRules)) })
  .openapi('BrokenPasswordRules')

export const newPasswordSchema = z
  .object({
    password,
    from: z.enum(['suggestion', 'own']).openapi({ description: 'The one suggested last, or one of own' }),
  })
  .openapi('NewPassword')
