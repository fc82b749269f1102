/** Every address of the app: its pattern for the router, and how to build it. */
export const paths = {
  front: { pattern: '/', to: () => '/' },
  signIn: { pattern: '/log-paa', to: () => '/log-paa' },
  myClasses: { pattern: '/mine-klasser', to: () => '/mine-klasser' },
  schoolClass: {
    pattern: '/klasser/:classId',
    to: (classId: string) => `/klasser/${encodeURIComponent(classId)}`,
  },
} as const
