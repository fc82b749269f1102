import { HttpResponse, http } from 'msw'
import { PAGE_PUPIL_SESSION_HEADER, PAGE_SESSION_HEADER } from '../server/session/carrier'
import type { School } from './school'

/** Where the mocks keep what a real browser keeps in a session's cookie. */
export interface TokenJar {
  get(): string | null
  set(token: string | null): void
}

/** The two sides' sessions lie side by side, as their cookies do. */
export interface SessionJar {
  staff: TokenJar
  pupil: TokenJar
}

const carried = [
  ['staff', PAGE_SESSION_HEADER],
  ['pupil', PAGE_PUPIL_SESSION_HEADER],
] as const

/** From the start of the path: the dev server also has modules under `/src/api/`. */
const API = /^https?:\/\/[^/]+\/api\//

/** One handler for the whole API: the school answers, and the jar does what cookies would do. */
export const apiHandlers = (school: School, jar: SessionJar) => [
  http.all(API, async ({ request }) => {
    const asked = new Request(request)
    for (const [side, header] of carried) {
      const token = jar[side].get()
      if (token) asked.headers.set(header, token)
    }
    const answer = await school.fetch(asked).catch(() => null)
    if (answer === null) return HttpResponse.error()
    const headers = new Headers(answer.headers)
    for (const [side, header] of carried) {
      const given = headers.get(header)
      if (given !== null) jar[side].set(given || null)
      headers.delete(header)
    }
    return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers })
  }),
]
