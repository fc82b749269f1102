import { sha256 as digest } from '@noble/hashes/sha2.js'
import { bytesToHex } from '@noble/hashes/utils.js'

/** Random identifiers and hashes. */

/** A session's secret: 256 random bits. */
export const newToken = (): string => bytesToHex(crypto.getRandomValues(new Uint8Array(32)))

/** A short public name, 64 random bits: for a session or a row. */
export const newRef = (): string => bytesToHex(crypto.getRandomValues(new Uint8Array(8)))

/** As many random digits, each code equally likely, with the noughts before it. */
export const newCode = (digits: number): string => String(randomBelow(10 ** digits)).padStart(digits, '0')

const legible = 'ABCDEFGHJKMNPQRSTVWXYZ23456789'

/** A request id that can be read aloud on the phone, e.g. `K7QX-29FD`. */
export function newRequestId(): string {
  const letters = Array.from(
    crypto.getRandomValues(new Uint8Array(8)),
    (byte) => legible[byte % legible.length],
  )
  return `${letters.slice(0, 4).join('')}-${letters.slice(4).join('')}`
}

/** At once, also in a page: the platform's own answers later, and every request asks for a hash first. */
export const sha256 = (text: string): string => bytesToHex(digest(new TextEncoder().encode(text)))

/** A whole number from 0 up to, and without, `limit` (at most 2³²), each equally likely. */
export function randomBelow(limit: number): number {
  const range = 2 ** 32
  // Numbers beyond the last whole multiple would make the first ones likelier.
  const fair = range - (range % limit)
  for (;;) {
    const [drawn = range] = crypto.getRandomValues(new Uint32Array(1))
    if (drawn < fair) return drawn % limit
  }
}
