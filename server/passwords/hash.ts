import type { PasswordPolicy } from '../people'
import type { Instant } from '../time'

/** Keeps passwords so that nobody can read them back. The API is given how at start. */
export interface PasswordHash {
  /** The hash, with its salt and its cost. */
  hash(secret: string): Promise<string>
  /** Whether a hash is of this secret. `null`, where there is none, takes as long and is false. */
  matches(secret: string, hash: string | null): Promise<boolean>
}

/** A password that a pupil has or had. */
export interface PupilPassword {
  pupilId: string
  /** The policy it was made after, which tells whether to ask for pictures or text. */
  policy: PasswordPolicy
  hash: string
  setAt: Instant
}

/** A pupil's new password may be none of this many latest. [source document 004] */
export const PASSWORDS_REMEMBERED = 5

/** The same letters however a keyboard composes them: `å` is one sign or two. */
export const asTyped = (password: string): string => password.normalize('NFC')
