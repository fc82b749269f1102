import { holdSecret } from '../free-words/rules'
import type { Block, BlockReason, Pupil } from '../people'
import { type Duration, days, type Instant } from '../time'

/** A block with an end ends within a school year and a summer; whoever wants a longer one gives it no end. */
export const BLOCK_LONGEST: Duration = days(400)

/**
 * Whether a block keeps the pupil out at `now`; one with an end passes by itself at that moment.
 * It concerns Unilogin only: a local login solution has never heard of it.
 */
export const isBlocked = ({ block }: Pick<Pupil, 'block'>, now: Instant): boolean =>
  block !== null && (block.until === null || now < block.until)

export type BlockFault = 'not_in_future' | 'too_far' | 'holds_secret'

/** What is wrong with a block that somebody asks for at `now`, or null. */
export function blockFault(
  { reason, until }: Pick<Block, 'reason' | 'until'>,
  now: Instant,
): BlockFault | null {
  if (until !== null && until <= now) return 'not_in_future'
  if (until !== null && until > now + BLOCK_LONGEST) return 'too_far'
  return reason.code === 'own' && holdSecret(reason.words) ? 'holds_secret' : null
}

export type BlockRefusal = 'alreadyBlocked'

/**
 * Why this pupil cannot be blocked, or null. A block never takes the place of another: it might end sooner, or hide
 * the reason of a colleague. Pupils with a local login can be blocked: from then on nobody can step them up.
 */
export const whyNoBlock = (pupil: Pick<Pupil, 'block'>, now: Instant): BlockRefusal | null =>
  isBlocked(pupil, now) ? 'alreadyBlocked' : null

export type UnblockRefusal = 'notBlocked'

/** Why there is nothing to unblock, or null. */
export const whyNoUnblock = (pupil: Pick<Pupil, 'block'>, now: Instant): UnblockRefusal | null =>
  isBlocked(pupil, now) ? null : 'notBlocked'

export const startBlock = (
  { reason, until }: { reason: BlockReason; until: Instant | null },
  by: string,
  now: Instant,
): Block => ({ since: now, until, reason, by })
