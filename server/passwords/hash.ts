import type { PasswordPolicy } from '../people'
import type { Instant } from '../time'

/** Keeps passwords so that nobody can read them back. The API is given how at start. */
export interface PasswordHash {
  /** The hash, with its salt and its cost. */
  hash(secret: string): Promise<string>
  /** Whether a hash is of this secret. `null`, where there is none, takes as long and is false. */
  matches(secret: string, hash: string | null): Promise<boolean>
  /**
   * Where passwords wait for their turn: does `work` in one turn. What it is given does not wait again.
   * @throws Unavailable where the wait would be too long; `work` is then not begun.
   */
  inTurn?<T>(work: (passwords: PasswordHash) => Promise<T>): Promise<T>
}

/** Does what looks at a password when it is its turn; at once where nobody has to wait. */
export const whenItsTurn = <T>(
  passwords: PasswordHash,
  work: (passwords: PasswordHash) => Promise<T>,
): Promise<T> => (passwords.inTurn ? passwords.inTurn(work) : work(passwords))

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
