import { z } from '@hono/zod-openapi'

/** What is wrong, in each language; a feed may leave out English. */
export const troubleWordsSchema = z.object({
  da: z.string().trim().min(1).max(500),
  en: z.string().trim().min(1).max(500).optional(),
})
export type TroubleWords = z.infer<typeof troubleWordsSchema>

/** What is wrong at this moment; null while nothing is known to be. */
export type OperatingStatus = () => TroubleWords | null

/** A feed is empty while all is well. */
export const feedSchema = z.union([troubleWordsSchema, z.strictObject({}).transform(() => null)])

export const operatingStatusSchema = z
  .object({
    trouble: troubleWordsSchema.nullable().openapi({ description: 'null: nothing is known to be wrong' }),
  })
  .openapi('OperatingStatus')
