import { STAFF_PASSWORD } from '../people'

/** Asks the API to sign in anybody on the staff. */
export const askToSignIn = (username: string): Promise<Response> =>
  fetch('/api/session', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username, password: STAFF_PASSWORD }),
  })
