import { lazy } from 'react'

/** In demo builds only: the way to the page of both sides. Null in every other build, which does not hold its code. */
export const DemoLink = __MOCKS__
  ? lazy(async () => ({ default: (await import('../../mocks/demo/DemoLink')).DemoLink }))
  : null
