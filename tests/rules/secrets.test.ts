import { expect, test } from 'vitest'
import { newRef, newRequestId, newToken, sha256 } from '../../server/secrets'

const many = <T>(make: () => T) => Array.from({ length: 500 }, make)

test('a secret has 256 random bits, a name 64', () => {
  for (const token of many(newToken)) expect(token).toMatch(/^[0-9a-f]{64}$/)
  for (const ref of many(newRef)) expect(ref).toMatch(/^[0-9a-f]{16}$/)
  expect(new Set(many(newToken)).size).toBe(500)
  expect(new Set(many(newRef)).size).toBe(500)
})

test('a request id can be read aloud: no letter that looks like a digit', () => {
  for (const id of many(newRequestId)) expect(id).toMatch(/^[A-HJ-NP-Z2-9]{4}-[A-HJ-NP-Z2-9]{4}$/)
})

test('the hash is SHA-256, of the text in UTF-8', async () => {
  expect(sha256('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  expect(sha256('å')).toBe(sha256('\u00e5'))
  expect(sha256('å')).not.toBe(sha256('a\u030a'))
})
