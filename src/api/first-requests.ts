import { schoolOf, viewHeaders } from './view'

/**
 * Requests that leave while the app's code is still on its way. Each answer is handed out once,
 * to whoever first asks for the same address.
 */
const underWay = new Map<string, Promise<Response>>()

/** The pages of pupils know no session of staff. */
export const isForPupils = (pathname: string): boolean => /^\/elev(\/|$)/.test(pathname)

/** Who waits for the teacher is told on every page. */
const WAITING = '/api/step-up-requests'

/** The data that the page at this address shows first, beside the session. */
function dataOf(pathname: string): string[] {
  if (pathname === '/mine-klasser') return ['/api/classes', WAITING]
  const school = schoolOf(pathname)
  if (school !== null) return [`/api/schools/${school}/pupils`, WAITING]
  const schoolClass = /^\/klasser\/([^/]+)$/.exec(pathname)
  return schoolClass ? [`/api/classes/${schoolClass[1]}`, WAITING] : []
}

/** Sends the first requests of the page at this address. */
export function sendFirstRequests(pathname: string): void {
  const first = isForPupils(pathname) ? ['/api/pupil/session'] : ['/api/session', ...dataOf(pathname)]
  for (const address of first) {
    const answer = fetch(address, { headers: viewHeaders(pathname) })
    // Whoever takes the answer deals with its failure.
    answer.catch(() => undefined)
    underWay.set(address, answer)
  }
}

/** The answer to a first request, if one was sent to this address and it went well; otherwise ask anew. */
export async function takeFirstAnswer(address: string): Promise<Response | null> {
  const answer = await underWay.get(address)?.catch(() => null)
  underWay.delete(address)
  return answer?.ok ? answer : null
}

/** Nobody is signed in: what was asked for the person who was must reach nobody else. */
export const forgetFirstAnswers = (): void => underWay.clear()
