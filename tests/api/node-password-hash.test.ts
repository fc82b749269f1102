import { expect, test } from 'vitest'
import { nodePasswordHash } from '../../server/node-password-hash'

test('a hash is of its own password, salted, and tells its cost', async () => {
  const [one, two] = await Promise.all([
    nodePasswordHash.hash('SneglBord42'),
    nodePasswordHash.hash('SneglBord42'),
  ])
  expect(one).toMatch(/^scrypt\$16384\$8\$5\$[0-9a-f]{32}\$[0-9a-f]{64}$/)
  expect(one).not.toBe(two)
  expect(one).not.toContain('SneglBord42')
  expect(await nodePasswordHash.matches('SneglBord42', one)).toBe(true)
  expect(await nodePasswordHash.matches('SneglBord43', one)).toBe(false)
  expect(await nodePasswordHash.matches('', one)).toBe(false)
})

test('a hash of another cost is still understood', async () => {
  // RFC 7914, section 12: the third example, of its first 32 bytes.
  const salt = '536f6469756d43686c6f72696465'
  const derived = '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2'
  expect(await nodePasswordHash.matches('pleaseletmein', `scrypt$16384$8$1$${salt}$${derived}`)).toBe(true)
})

test('where there is no hash, the answer takes as long and is no', async () => {
  const hash = await nodePasswordHash.hash('SneglBord42')
  const time = async (of: string | null) => {
    const began = performance.now()
    expect(await nodePasswordHash.matches('nothing', of)).toBe(false)
    return performance.now() - began
  }
  await time(hash)
  const [real, none] = [await time(hash), await time(null)]
  expect(none).toBeGreaterThan(real / 4)
})
