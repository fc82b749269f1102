import { lazy } from 'react'

/**
 * In demo builds only: the phone to which the codes of the second factor go. Null in every other build, which does not
 * even hold the code.
 */
export const DemoPhone = __MOCKS__
  ? lazy(async () => ({ default: (await import('../../../mocks/staff-side/DemoPhone')).DemoPhone }))
  : null
