import { type Duration, type Instant, minutes } from '../time'

/** How long a code that was sent can be given. */
export const CODE_LIFETIME: Duration = minutes(10)

/** How many wrong tries a code stands: with the last it is dead. */
export const CODE_TRIES = 5

/** How long a second factor is enough for a change; to look, it is enough for the whole session. */
export const SECOND_FACTOR_FRESH: Duration = minutes(30)

/** How many digits a code has. */
export const CODE_DIGITS = 6

/** A code on its way to a person's phone. It is good for one session, once. */
export interface SentCode {
  /** Of the session's own secret and the code: whoever reads the store cannot try the million codes. */
  hash: string
  sentAt: Instant
  wrongTries: number
}

export const codeExpiresAt = (code: Pick<SentCode, 'sentAt'>): Instant => code.sentAt + CODE_LIFETIME

/** Whether a code can still be given at `now`: not too old, and not tried too often. */
export const isUsable = (code: SentCode | null, now: Instant): code is SentCode =>
  code !== null && code.wrongTries < CODE_TRIES && now < codeExpiresAt(code)

/** The code after a wrong try. */
export const triedInVain = (code: SentCode): SentCode => ({ ...code, wrongTries: code.wrongTries + 1 })

/** The moment from which a second factor is too old for a change. */
export const freshUntil = (givenAt: Instant): Instant => givenAt + SECOND_FACTOR_FRESH

/** Whether a second factor was given, and lately enough for a change at `now`. */
export const isSecondFactorFresh = (givenAt: Instant | null, now: Instant): boolean =>
  givenAt !== null && now < freshUntil(givenAt)
