import { z } from '@hono/zod-openapi'
import { passwordPolicies } from '../people'
import { idSchema, pupilIdsSchema, refusalSchema, resultSchema } from '../pupils/schema'

/** What a pupil's row says of how he or she stands, in the order in which it is said. */
export const exportedStatuses = [
  'waiting',
  'inWindow',
  'steppedUp',
  'mustChange',
  'neverSignedIn',
  'blocked',
  'localLogin',
] as const
export type ExportedStatus = (typeof exportedStatuses)[number]

/** The columns of the file, from the left. */
export const exportedColumns = [
  'name',
  'className',
  'year',
  'policy',
  'policyOverridden',
  'changeBy',
  'status',
] as const
export type ExportedColumn = (typeof exportedColumns)[number]

const word = z.string().trim().min(1).max(80)

/** The API speaks no language: the page lends it the words of the one that its reader has chosen. */
export const exportWordsSchema = z
  .object({
    columns: z.record(z.enum(exportedColumns), word),
    policies: z.record(z.enum(passwordPolicies), word),
    statuses: z.record(z.enum(exportedStatuses), word),
    yes: word,
    no: word,
  })
  .openapi('ExportWords')
export type ExportWords = z.infer<typeof exportWordsSchema>

export const exportRequestSchema = pupilIdsSchema
  .extend({
    words: exportWordsSchema,
    continues: z.boolean().default(false).openapi({
      description: 'A further part of a file that is too long for one request: without its header',
    }),
  })
  .openapi('PupilExport')

/** The file as text, since each pupil's result stands beside it; nobody is left out in silence. */
export const exportedSchema = z
  .object({
    results: z.array(resultSchema.pick({ id: true, refusal: true })),
    file: z.string().openapi({
      description:
        'CSV with semicolons, CRLF and a byte order mark, in the order asked; without usernames. Cells that a spreadsheet would calculate begin with an apostrophe',
    }),
  })
  .openapi('ExportedPupils')

/** What stands on the paper that one pupil is handed. Never a password. */
export const slipSchema = z
  .object({
    name: z.string().openapi({ description: 'The name, or the alias of a protected pupil' }),
    className: z.string().nullable(),
    schoolName: z.string(),
    username: z.string(),
    localLogin: z.boolean().openapi({ description: 'Signs in elsewhere, with what that place asks for' }),
  })
  .openapi('UsernameSlip')
export type UsernameSlip = z.infer<typeof slipSchema>

export const slipsSchema = z
  .object({
    results: z.array(
      z.object({ id: idSchema, refusal: refusalSchema.nullable(), slip: z.union([slipSchema, z.null()]) }),
    ),
  })
  .openapi('UsernameSlips')

export const listedPupilSchema = z
  .object({
    name: z.string().openapi({ description: 'The name, or the alias of a protected pupil' }),
    className: z.string().nullable(),
    schoolName: z.string(),
  })
  .openapi('ListedPupil')
export type ListedPupil = z.infer<typeof listedPupilSchema>

export const classListsSchema = z
  .object({
    results: z.array(
      z.object({
        id: idSchema,
        refusal: refusalSchema.nullable(),
        listed: z.union([listedPupilSchema, z.null()]),
      }),
    ),
  })
  .openapi('PrintedClassLists')
