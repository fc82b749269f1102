import { HttpResponse, http } from 'msw'
import { PAGE_SESSION_HEADER } from '../server/session/carrier'
import type { School } from './school'

/** Where the mocks keep what a real browser keeps in the session cookie. */
export interface SessionJar {
  get(): string | null
  set(token: string | null): void
}

/** From the start of the path: the dev server also has modules under `/src/api/`. */
const API = /^https?:\/\/[^/]+\/api\//

/** One handler for the whole API: the school answers, and the jar does what cookies would do. */
export const apiHandlers = (school: School, jar: SessionJar) => [
  http.all(API, async ({ request }) => {
    const asked = new Request(request)
    const token = jar.get()
    if (token) asked.headers.set(PAGE_SESSION_HEADER, token)
    const answer = await school.fetch(asked).catch(() => null)
    if (answer === null) return HttpResponse.error()
    const given = answer.headers.get(PAGE_SESSION_HEADER)
    if (given !== null) jar.set(given || null)
    const headers = new Headers(answer.headers)
    headers.delete(PAGE_SESSION_HEADER)
    return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers })
  }),
]
