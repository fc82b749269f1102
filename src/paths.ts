/** Every address of the app: its pattern for the router, and how to build it. */
export const paths = {
  front: { pattern: '/', to: () => '/' },
  signIn: { pattern: '/log-paa', to: () => '/log-paa' },
  signInAsAdministrator: {
    pattern: '/log-paa/brugeradministrator',
    to: () => '/log-paa/brugeradministrator',
  },
  myClasses: { pattern: '/mine-klasser', to: () => '/mine-klasser' },
  schoolClass: {
    pattern: '/klasser/:classId',
    to: (classId: string) => `/klasser/${encodeURIComponent(classId)}`,
  },
  /** Everything for user administrators: which school, then all of it; the addresses below are in pages/school. */
  schools: { pattern: '/skoler/*', to: () => '/skoler' },
  wholeSchool: {
    pattern: '/skoler/:institutionId',
    to: (institutionId: string) => `/skoler/${encodeURIComponent(institutionId)}`,
  },
  schoolPupil: {
    pattern: '/skoler/:institutionId/elever/:pupilId',
    to: (institutionId: string, pupilId: string) =>
      `/skoler/${encodeURIComponent(institutionId)}/elever/${encodeURIComponent(pupilId)}`,
  },
  activity: { pattern: '/aktivitet', to: () => '/aktivitet' },
  schoolActivity: {
    pattern: '/skoler/:institutionId/aktivitet',
    to: (institutionId: string) => `/skoler/${encodeURIComponent(institutionId)}/aktivitet`,
  },
  /** Answers and guides; the addresses below it are in pages/help/HelpApp.tsx. */
  help: { pattern: '/hjaelp/*', to: (place = '') => (place ? `/hjaelp/${place}` : '/hjaelp') },
  /** Everything for pupils; the addresses below it are in src/pupil/addresses.ts. */
  pupil: { pattern: '/elev/*', to: () => '/elev' },
} as const
