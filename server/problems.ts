import { z } from '@hono/zod-openapi'
import type { ContentfulStatusCode } from 'hono/utils/http-status'

/**
 * The closed list of what can go wrong and the HTTP status of each.
 * A page words a problem by its type; nothing else in the answer is meant for a person.
 */
export const problemStatus = {
  'malformed-request': 400,
  'idempotency-key-missing': 400,
  'not-signed-in': 401,
  'session-ended': 401,
  'session-changed': 409,
  'wrong-password': 401,
  'wrong-code': 401,
  'code-ended': 401,
  'no-role': 403,
  'pupil-blocked': 403,
  'step-up-required': 403,
  'second-factor-needed': 403,
  'second-factor-stale': 403,
  'not-allowed': 403,
  'cross-site': 403,
  'not-found': 404,
  'username-not-found': 404,
  'identity-provider-not-found': 404,
  'too-large': 413,
  'unsupported-media-type': 415,
  'invalid-request': 422,
  'password-refused': 422,
  'idempotency-key-reused': 422,
  'too-many-requests': 429,
  unexpected: 500,
  unavailable: 503,
} as const satisfies Record<string, ContentfulStatusCode>

export type ProblemType = keyof typeof problemStatus
export type ProblemStatus = (typeof problemStatus)[ProblemType]

const problemTypes = Object.keys(problemStatus) as [ProblemType, ...ProblemType[]]

/** The one shape of every refusal and failure: RFC 9457, `application/problem+json`. */
export const problemSchema = z
  .object({
    type: z.enum(problemTypes).openapi({ description: 'What went wrong, from a closed list' }),
    status: z.int().openapi({ example: 404 }),
    title: z.string().openapi({ description: 'For developers; never shown to a person' }),
    requestId: z.string().openapi({ example: 'K7QX-29FD' }),
    retryAfterSeconds: z.int().min(1).optional(),
    errors: z
      .array(z.object({ path: z.string(), code: z.string() }))
      .optional()
      .openapi({ description: 'The fields that did not fit, without their values' }),
  })
  .openapi('Problem')

export type ProblemDocument = z.infer<typeof problemSchema>

type Details = Pick<ProblemDocument, 'retryAfterSeconds' | 'errors'>

/** Thrown by routes and middleware; the app turns it into a problem document with the request's id. */
export class Problem extends Error {
  readonly status: ProblemStatus

  constructor(
    readonly type: ProblemType,
    readonly details: Details = {},
  ) {
    super(type)
    this.name = 'Problem'
    this.status = problemStatus[type]
  }

  document(requestId: string): ProblemDocument {
    return {
      type: this.type,
      status: this.status,
      title: this.type.replaceAll('-', ' '),
      requestId,
      ...this.details,
    }
  }
}

/**
 * Thrown where something that every answer needs is out of reach or has too much to do: it passes by itself, and nothing
 * was refused to anybody, so that it stands in no log of who did what.
 */
export class Unavailable extends Problem {
  /** @param cause what the people who run the server are to be told; nothing where it is only busy. */
  constructor(
    retryAfterSeconds: number,
    override readonly cause?: unknown,
  ) {
    super('unavailable', { retryAfterSeconds })
    if (cause instanceof Error) this.message = cause.message
  }
}
