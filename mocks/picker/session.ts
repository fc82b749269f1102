import { problemSchema } from '../../server/problems'
import { sessionSchema } from '../../server/session/schema'
import { askToSignIn } from './ask-to-sign-in'

/** Signs in as anybody on the staff. @returns null, or the type of the problem. */
export async function signIn(username: string): Promise<string | null> {
  const response = await askToSignIn(username)
  return response.ok ? null : problemSchema.parse(await response.json()).type
}

export async function signOut(): Promise<void> {
  await fetch('/api/session', { method: 'DELETE' })
}

/** The id of whoever is signed in. */
export async function signedInId(): Promise<string | null> {
  const response = await fetch('/api/session')
  const session = sessionSchema.parse(await response.json())
  return session.signedIn ? session.person.id : null
}
