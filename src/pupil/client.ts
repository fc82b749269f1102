import { hc } from 'hono/client'
import type { Api } from '../../server/app'
import { exchange, urlOf } from '../api/client'
import { isSessionLost } from '../api/errors'
import { follow } from '../api/live'

/** The header by which a page says for whose session it was drawn. */
const SESSION_HEADER = 'Elevadgang-Session'

let sessionRef: string | null = null
let onSessionLost: (() => void) | undefined

/**
 * From now on every request says for whose session the page was drawn; null where no pupil is signed in.
 * @returns whether it was drawn for another session until now.
 */
export function drawForPupil(ref: string | null): boolean {
  const before = sessionRef
  sessionRef = ref
  return before !== null && before !== ref
}

/** Tells `listener` of every answer that says the pupil's session is lost. */
export function whenPupilSessionIsLost(listener: () => void): () => void {
  onSessionLost = listener
  return () => {
    if (onSessionLost === listener) onSessionLost = undefined
  }
}

async function send(input: RequestInfo | URL, init: RequestInit = {}): Promise<Response> {
  const url = urlOf(input)
  const headers = new Headers(init.headers)
  const isAboutSession = url.pathname === '/api/pupil/session'
  const asksWho = isAboutSession && (init.method ?? 'GET') === 'GET'
  if (sessionRef !== null && !isAboutSession) headers.set(SESSION_HEADER, sessionRef)
  try {
    return await exchange(url, { ...init, headers })
  } catch (error) {
    // A refusal of that very question would otherwise have it asked again, without end.
    if (isSessionLost(error) && !asksWho) onSessionLost?.()
    throw error
  }
}

/** Calls `onLook` whenever something of the pupil's own has changed, until the returned function is called. */
export const followPupil = (onLook: () => void): (() => void) =>
  follow({
    path: '/api/pupil/events',
    headers: () => new Headers(sessionRef === null ? {} : { [SESSION_HEADER]: sessionRef }),
    onLook,
    onSessionLost: () => onSessionLost?.(),
  })

/** The typed client of the pupils' routes, apart from the staff's: each knows its own session only. */
export const {
  api: { pupil: pupilApi },
} = hc<Api>(location.origin, { fetch: send })
