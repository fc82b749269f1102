import type { Staff } from '../people'

/**
 * Brings a code to a person's own phone. The API is given how at start, and keeps no number and no code itself:
 * another method (a security key, MitID) takes the place of this one and of routes.ts, and of nothing else.
 */
export interface CodeDelivery {
  send(to: Staff, code: string): Promise<void>
}
