import type { Block, Pupil } from '../../server/people'
import { noSchool } from '../../server/store/memory'
import { days, type Instant } from '../../server/time'

/** A Friday morning; rules are told the time, so any will do. */
export const NOW: Instant = Date.parse('2026-11-20T08:00:00Z')

/** The smallest step of time: one side of an edge from the other. */
export const MOMENT = 1

/** A pupil about whom nothing is special, but for what is said. */
export const ordinaryPupil = (special: Partial<Pupil> = {}): Pupil => ({
  id: 'p-1',
  username: 'test1234',
  name: 'Test Testesen',
  alias: null,
  year: 2,
  signInKind: 'unilogin',
  policyOverride: null,
  policyNote: null,
  passwordSetAt: NOW - days(60),
  movedUpAt: null,
  block: null,
  active: true,
  ...special,
})

/** A block by somebody, until somebody ends it where nothing else is said. */
export const blockSince = (since: Instant, until: Instant | null = null): Block => ({
  since,
  until,
  reason: { code: 'misuse' },
  by: 's-kent',
})

/** A school in which there is nobody and nothing. */
export const emptySchool = noSchool
