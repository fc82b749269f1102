import type { Pupil } from '../people'
import type { Instant } from '../time'

/**
 * Whether a block keeps the pupil out at `now`; one with an end passes by itself at that moment.
 * It concerns Unilogin only: a local login solution has never heard of it.
 */
export const isBlocked = ({ block }: Pick<Pupil, 'block'>, now: Instant): boolean =>
  block !== null && (block.until === null || now < block.until)
