import { paths } from '../../paths'

/** The places below /hjaelp that are no answers. */
export const places = {
  guide: (sight = '') => (sight ? `elev/${sight}` : 'elev'),
  support: 'support',
  shortcuts: 'genveje',
  letter: 'brev',
  privacy: 'persondata',
  accessibility: 'tilgaengelighed',
} as const

/** The guide for user administrators, at an address of their school. */
export const schoolGuideAt = (institutionId: string, sight = ''): string =>
  [paths.wholeSchool.to(institutionId), 'hjaelp', ...(sight ? [sight] : [])].join('/')
