import { hc } from 'hono/client'
import type { Api } from '../../server/app'
import type { ProblemStatus } from '../../server/problems'
import { ApiError, errorOf, isSessionLost } from './errors'
import { forgetFirstAnswers, takeFirstAnswer } from './first-requests'
import { follow } from './live'
import { noteOperatingStatus } from './operating-status'
import { noteResumePoint } from './resume-point'
import { viewHeaders } from './view'

/** How long an answer may take before the connection counts as lost. */
const TIMEOUT_MS = 10_000

let sessionRef: string | null = null
let onSessionLost: ((error: ApiError) => void) | undefined

/** From now on every request says for whose session the page was drawn; null where nobody is signed in. */
export function drawFor(ref: string | null): void {
  sessionRef = ref
  if (ref === null) forgetFirstAnswers()
}

/** Tells `listener` of every answer that says the session is lost, whichever call it came to. */
export function whenSessionIsLost(listener: (error: ApiError) => void): void {
  onSessionLost = listener
}

export const urlOf = (input: RequestInfo | URL): URL =>
  new URL(input instanceof Request ? input.url : input, location.origin)

/** Sends a request, or takes the answer that was asked for first. Throws `ApiError` unless it succeeded. */
export async function exchange(url: URL, init: RequestInit): Promise<Response> {
  const method = init.method ?? 'GET'
  const first = method === 'GET' ? await takeFirstAnswer(url.pathname + url.search) : null
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const response =
    first ??
    (await fetch(url, { ...init, signal }).catch(() => {
      throw new ApiError('no-connection')
    }))
  noteResumePoint(response)
  noteOperatingStatus(response)
  if (!response.ok) throw await errorOf(response)
  return response
}

async function send(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const url = urlOf(input)
  const headers = new Headers(init.headers)
  for (const [name, value] of Object.entries(viewHeaders(location.pathname))) headers.set(name, value)
  // Who is signed in may be asked in any name; that is how a page finds out that it changed.
  const asksWho = (init.method ?? 'GET') === 'GET' && url.pathname === '/api/session'
  if (sessionRef !== null && !asksWho) headers.set('Elevadgang-Session', sessionRef)
  try {
    return await exchange(url, { ...init, headers })
  } catch (error) {
    // A refusal of that very question would otherwise have it asked again, without end.
    if (isSessionLost(error) && !asksWho) onSessionLost?.(error)
    throw error
  }
}

/** Calls `onLook` whenever lists of own pupils have changed, until the returned function is called. */
export const followChanges = (onLook: (what: string | null) => void): (() => void) =>
  follow({
    path: '/api/events',
    headers: () =>
      new Headers({
        ...viewHeaders(location.pathname),
        ...(sessionRef === null ? {} : { 'Elevadgang-Session': sessionRef }),
      }),
    onLook,
    onSessionLost: (error) => onSessionLost?.(error),
  })

/** The typed client of the API. Every call throws `ApiError` unless it succeeded. */
export const { api } = hc<Api>(location.origin, { fetch: send })

/** A key under which an action is carried out at most once, however often it is sent. */
export const newIdempotencyKey = (): string => crypto.randomUUID()

interface Success<Body> {
  status: 200
  json(): Promise<Body>
}

const isSuccess = <Body>(response: Success<Body> | { status: number }): response is Success<Body> =>
  response.status === 200

/** The body of a successful answer. */
export async function bodyOf<Body>(
  request: Promise<Success<Body> | { status: ProblemStatus }>,
): Promise<Body> {
  const response = await request
  if (!isSuccess(response)) throw new ApiError('unreadable-answer')
  return response.json()
}
