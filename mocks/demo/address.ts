/** Where teacher and pupil stand side by side; only in builds with mocks, so src/paths.ts does not have it. */
export const DEMO_ADDRESS = '/demo'

/** Whether this page is one of the two that stand there. */
export const isInDemo = (): boolean => window.frameElement !== null
