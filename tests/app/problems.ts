import { HttpResponse, http } from 'msw'
import { apiHandlers, type SessionJar } from '../../mocks/handlers'
import { server } from '../../mocks/node'
import type { School } from '../../mocks/school'
import { Problem, type ProblemType } from '../../server/problems'
import { keepBack, settle } from './time'

type Details = ConstructorParameters<typeof Problem>[1]

export const REQUEST_ID = 'TEST-2345'

/** The answer by which the API refuses something. */
export function problem(type: ProblemType, details: Details = {}) {
  const refusal = new Problem(type, details)
  return HttpResponse.json(refusal.document(REQUEST_ID), {
    status: refusal.status,
    headers: { 'Content-Type': 'application/problem+json', 'Request-Id': REQUEST_ID },
  })
}

/** Refuses the next calls to an address; the ones after them are answered as usual. */
export function failCalls(address: string, times: number, answer: () => Response) {
  let asked = 0
  server.use(
    http.all(address, () => {
      asked += 1
      return asked <= times ? answer() : undefined
    }),
  )
  return () => asked
}

/** Keeps the answers to a call back, until the returned function lets them go on as if nothing had happened. */
export function hold(address: string) {
  let letGo = () => {}
  const held = new Promise<void>((resolve) => {
    letGo = resolve
  })
  server.use(
    http.all(address, async () => {
      const answered = keepBack()
      await held
      answered()
    }),
  )
  return async () => {
    letGo()
    await settle()
  }
}

/** Never answers the next call to an address, until it is given up. */
export function neverAnswer(address: string) {
  server.use(
    http.all(
      address,
      async ({ request }) => {
        const answered = keepBack()
        await new Promise((resolve) => request.signal.addEventListener('abort', resolve))
        answered()
      },
      { once: true },
    ),
  )
}

/** How calls get lost: before the API has heard of them, or after it has carried them out. */
export type Loss = 'before it arrived' | 'after it was carried out'

/** Loses the next calls to an address; counts those that were sent. */
export function loseCalls(address: string, school: School, jar: SessionJar, loss: Loss, times: number) {
  const [deliver] = apiHandlers(school, jar)
  const sent: { key: string | null; lost: boolean }[] = []
  server.use(
    http.all(address, async ({ request }) => {
      const lost = sent.length < times
      sent.push({ key: request.headers.get('Idempotency-Key'), lost })
      if (!lost) return undefined
      if (loss === 'after it was carried out') await deliver?.run({ request, requestId: 'lost' })
      return HttpResponse.error()
    }),
  )
  return sent
}
