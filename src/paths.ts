/** Every address of the app: its pattern for the router, and how to build it. */
export const paths = {
  front: { pattern: '/', to: () => '/' },
  signIn: { pattern: '/log-paa', to: () => '/log-paa' },
  myClasses: { pattern: '/mine-klasser', to: () => '/mine-klasser' },
  schoolClass: {
    pattern: '/klasser/:classId',
    to: (classId: string) => `/klasser/${encodeURIComponent(classId)}`,
  },
  /** Everything for pupils; the addresses below it are in src/pupil/addresses.ts. */
  pupil: { pattern: '/elev/*', to: () => '/elev' },
} as const
