import type { SentCode } from '../second-factor/rules'
import { type Duration, hours, type Instant, minutes } from '../time'

/** A session ends this long after the person last did something. */
export const SESSION_IDLE: Duration = minutes(20)

/** A session ends this long after sign-in, whatever happens: one school day. */
export const SESSION_ABSOLUTE: Duration = hours(8)

/** The person is warned this long before the session ends. */
export const SESSION_WARNING: Duration = minutes(1)

export interface Session {
  /** SHA-256 of the secret the browser carries; the secret itself is stored nowhere. */
  tokenHash: string
  /** Names the session in public, so that a page can tell that another person has signed in beside it. */
  ref: string
  staffId: string
  /** When the person gave a second factor in this session, latest; null while it has not happened. */
  secondFactorAt: Instant | null
  /** The code that was sent last and has not been given; an older one is dead. */
  sentCode: SentCode | null
  startedAt: Instant
  lastActiveAt: Instant
  endedAt: Instant | null
}

/** The moment the session ends if the person does nothing more. */
export const sessionEndsAt = (session: Pick<Session, 'startedAt' | 'lastActiveAt'>): Instant =>
  Math.min(session.lastActiveAt + SESSION_IDLE, session.startedAt + SESSION_ABSOLUTE)

/** Whether staying active can still move the end. */
export const canStayLonger = (session: Pick<Session, 'startedAt' | 'lastActiveAt'>): boolean =>
  sessionEndsAt(session) < session.startedAt + SESSION_ABSOLUTE

export const isAlive = (
  session: Pick<Session, 'startedAt' | 'lastActiveAt' | 'endedAt'>,
  now: Instant,
): boolean => session.endedAt === null && now < sessionEndsAt(session)
