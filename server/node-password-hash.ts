import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto'
import type { PasswordHash } from './passwords/hash'

/** OWASP's parameters for scrypt: 16 MB and some 200 ms for each password. */
const COST = { N: 2 ** 14, r: 8, p: 5 } as const
/** How every hash begins that is made here. */
export const HASH_BEGINNING = 'scrypt$'
const SALT_BYTES = 16
const HASH_BYTES = 32

const derive = (secret: string, salt: Uint8Array, bytes: number, options: ScryptOptions) =>
  new Promise<Uint8Array>((resolve, reject) => {
    scrypt(secret, salt, bytes, { ...options, maxmem: 2 ** 26 }, (error, derived) =>
      error ? reject(error) : resolve(derived),
    )
  })

const toHex = (bytes: Uint8Array) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))

/** scrypt, off the main thread; the hash says its own cost, so that a later one may be higher. */
export const nodePasswordHash: PasswordHash = {
  async hash(secret) {
    const salt = randomBytes(SALT_BYTES)
    const derived = await derive(secret, salt, HASH_BYTES, COST)
    return `${HASH_BEGINNING}${COST.N}$${COST.r}$${COST.p}$${toHex(salt)}$${toHex(derived)}`
  },
  async matches(secret, hash) {
    const [, N = COST.N, r = COST.r, p = COST.p, salt = '00'.repeat(SALT_BYTES), kept = ''] =
      hash?.split('$') ?? []
    const cost = { N: Number(N), r: Number(r), p: Number(p) }
    const derived = await derive(secret, fromHex(salt), HASH_BYTES, cost)
    const expected = fromHex(kept)
    return expected.length === derived.length && timingSafeEqual(expected, derived)
  },
}
