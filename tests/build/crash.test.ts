// @vitest-environment node
import { describe, expect, test } from 'vitest'
import { measureCrashes } from '../../bench/crash.mjs'
import { STAFF_PASSWORD } from '../../mocks/people'
import { findPostgres } from '../../scripts/postgres.mjs'

/** Twenty rounds of it: npm run bench -- crash. */
const ROUNDS = 2
const TIME_FOR_ALL = { timeout: 120_000 }
const people = ['lone4821', 'bodi2259', 'mads5512'].map((username) => ({
  username,
  password: STAFF_PASSWORD,
}))

describe('the server, killed without a word while classes work', () => {
  test.each([['embedded'], ['postgresql']] as const)(
    '%s: nothing acknowledged is lost, nothing is done twice, and the log has each act once',
    TIME_FOR_ALL,
    async (kind) => {
      const found = await measureCrashes(kind, { rounds: ROUNDS, people })
      // Said loudly where the tests begin; in CI there is one.
      if (found === null && findPostgres() === undefined) return
      expect(found).toMatchObject({
        rounds: ROUNDS,
        lost: 0,
        withoutEntry: 0,
        entriesTooMany: 0,
        refused: {},
      })
      expect(found?.acknowledged).toBe(found?.acts)
      expect(found?.acts).toBeGreaterThan(ROUNDS)
      // Else nothing was under way when it was killed.
      expect(found?.unanswered).toBeGreaterThan(0)
    },
  )
})
