import { schoolOfPage } from '../school-of-page'

const KEPT_AS = 'demo-pupil-passwords'

function read(): Record<string, unknown> {
  const kept: unknown = JSON.parse(localStorage.getItem(KEPT_AS) ?? '{}')
  return typeof kept === 'object' && kept !== null ? { ...kept } : {}
}

/** Remembers, on the pupil's side of the demo alone, the password that a pupil has just set in this browser. */
export function keepPassword(username: string, password: string): void {
  if (username) localStorage.setItem(KEPT_AS, JSON.stringify({ ...read(), [username]: password }))
}

/** The school begins anew, with the passwords that it began with. */
export const forgetPasswords = (): void => localStorage.removeItem(KEPT_AS)

/** The demo's password of a pupil: what the school began with, or what was set in this browser since. */
export async function passwordOf(username: string): Promise<string | null> {
  const overview = await schoolOfPage()?.overview()
  const pupil = overview?.pupils.find((each) => each.username === username)
  if (!pupil) return null
  if (pupil.demoPassword !== null) return pupil.demoPassword
  const kept = read()[username]
  return typeof kept === 'string' ? kept : null
}
