import type { ProblemDocument, ProblemType } from '../../server/problems'

/** What can go wrong with a call: the API's own problems, and those that keep it from answering. */
export type ErrorType = ProblemType | 'no-connection' | 'unreadable-answer' | 'outcome-unknown'

/** A call that did not succeed, ready to be put into words by its type. */
export class ApiError extends Error {
  readonly type: ErrorType
  /** What a person can read to support; null where no answer came. */
  readonly requestId: string | null
  readonly retryAfterSeconds: number | null
  /** What is wrong with what was sent, as codes. */
  readonly codes: readonly string[]

  constructor(
    type: ErrorType,
    details: { requestId?: string | null; retryAfterSeconds?: number | null; codes?: readonly string[] } = {},
  ) {
    super(type)
    this.name = 'ApiError'
    this.type = type
    this.requestId = details.requestId ?? null
    this.retryAfterSeconds = details.retryAfterSeconds ?? null
    this.codes = details.codes ?? []
  }
}

export const isApiError = (error: unknown): error is ApiError => error instanceof ApiError

const sessionLost: readonly ErrorType[] = ['not-signed-in', 'session-ended', 'session-changed']

/** Whether the person has to sign in again. */
export const isSessionLost = (error: unknown): error is ApiError =>
  isApiError(error) && sessionLost.includes(error.type)

const isProblem = (
  value: unknown,
): value is Pick<ProblemDocument, 'type' | 'requestId' | 'retryAfterSeconds' | 'errors'> =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'

/** Reads a refusal: a problem document, or whatever a proxy in between has put in its place. */
export async function errorOf(response: Response): Promise<ApiError> {
  const requestId = response.headers.get('Request-Id')
  const body: unknown = await response.json().catch(() => null)
  if (!isProblem(body)) return new ApiError('unreadable-answer', { requestId })
  return new ApiError(body.type, {
    requestId: body.requestId ?? requestId,
    retryAfterSeconds: body.retryAfterSeconds ?? null,
    codes: body.errors?.map(({ code }) => code) ?? [],
  })
}
