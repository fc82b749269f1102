// Constants that vite.config.ts writes into the code, so that a branch a build does not need is left out of it.

/** The API runs in the browser over made-up people: the dev server and the demo build, never production. */
declare const __MOCKS__: boolean

/** The scenario picker is shown: the dev server only. */
declare const __PICKER__: boolean

/** Differs from build to build, so that a page can tell it is older than the server. */
declare const __BUILD_ID__: string
