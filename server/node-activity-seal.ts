import { createHash, createHmac } from 'node:crypto'
import type { Sealing } from './activity/chain'

/** SHA-256, and HMAC with it where there is a key. @param key secret, and the same for as long as the log is kept */
export const nodeSealing = (key: string | null): Sealing => ({
  digest: (text) => createHash('sha256').update(text).digest('base64url'),
  sign: key === null ? null : (text) => createHmac('sha256', key).update(text).digest('base64url'),
})
