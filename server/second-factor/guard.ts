import { Problem } from '../problems'
import type { Session } from '../session/rules'
import type { Instant } from '../time'
import { isSecondFactorFresh } from './rules'

interface InSession {
  session: Pick<Session, 'secondFactorAt'>
}

/**
 * The line at the top of whatever only somebody with a second factor may see.
 * @throws Problem `second-factor-needed` where none was given in this session.
 */
export function needSecondFactor({ session }: InSession): void {
  if (session.secondFactorAt === null) throw new Problem('second-factor-needed')
}

/**
 * The line at the top of a change that asks for a second factor anew after a while.
 * @throws Problem `second-factor-needed`, or `second-factor-stale` where it is too old.
 */
export function needFreshSecondFactor(caller: InSession, now: Instant): void {
  needSecondFactor(caller)
  if (!isSecondFactorFresh(caller.session.secondFactorAt, now)) throw new Problem('second-factor-stale')
}
