import type { PasswordHash } from '../server/passwords/hash'

/** Far too few for real passwords: the demo's are known to everybody, and a page has one thread. */
const ITERATIONS = 1000

const HASH_BITS = 256
const NO_SALT = '00'.repeat(16)

const toHex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

async function derive(secret: string, salt: Uint8Array<ArrayBuffer>, iterations: number): Promise<string> {
  const bytes = new TextEncoder().encode(secret)
  const key = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveBits'])
  const bits = await crypto.subtle.deriveBits(
    { name: 'PBKDF2', hash: 'SHA-256', salt, iterations },
    key,
    HASH_BITS,
  )
  return toHex(new Uint8Array(bits))
}

/** PBKDF2 by the platform, cheap: for the demo and the tests only. */
export const demoPasswordHash: PasswordHash = {
  async hash(secret) {
    const salt = crypto.getRandomValues(new Uint8Array(16))
    return `pbkdf2$${ITERATIONS}$${toHex(salt)}$${await derive(secret, salt, ITERATIONS)}`
  },
  async matches(secret, hash) {
    const [, iterations = ITERATIONS, salt = NO_SALT, derived = ''] = hash?.split('$') ?? []
    return (await derive(secret, fromHex(salt), Number(iterations))) === derived
  },
}
