import path from 'node:path'
import react from '@vitejs/plugin-react'
import { type BuildEnvironmentOptions, defineConfig } from 'vite'
import { mswWorker } from './scripts/vite/msw-worker.ts'
import { precompress } from './scripts/vite/precompress.ts'
import { preloadFirstPage } from './scripts/vite/preload-first-page.ts'
import { reactAsModules } from './scripts/vite/react-as-modules.ts'
import { demoSecurityHeaders, securityHeaders } from './server/security-headers.ts'

/** Which plugin took how long, on a slow machine: nothing for who only wants to start. */
const checks = { bundlerTimings: false }

/** What `vite build --mode …` makes; production is what is meant where no mode is given. */
const BUILDS: Record<string, BuildEnvironmentOptions> = {
  production: { outDir: 'dist' },
  demo: { outDir: 'dist-demo' },
  // The API and the page in one Node process: over SQL with the demo school or without, and in memory for the bench; and
  // the commands beside it. None of them needs a package that only building needs.
  server: {
    outDir: 'dist-server',
    ssr: true,
    target: 'node20',
    rolldownOptions: {
      checks,
      input: {
        demo: 'scripts/serve/demo.ts',
        production: 'scripts/serve/production.ts',
        server: 'bench/server.ts',
        import: 'scripts/commands/import.ts',
        'verify-activity': 'scripts/commands/verify-activity.ts',
        'after-restore': 'scripts/commands/after-restore.ts',
      },
    },
  },
}

/** What the entry shares with the app stays in the entry: one request less before the first page. */
const ENTRY = {
  name: 'index',
  test: /src\/(main\.tsx|i18n\/(language|formatters|da)\.ts|api\/(first-requests|view)\.ts)|preload-helper/,
}

/** Everything the first page needs is one file, though later pages share parts of it: cut up, it zips worse. */
const START = { name: 'start', test: /src\/app\/start|as-module/ }

const PRODUCTION_ROUTER = path.resolve(
  import.meta.dirname,
  'node_modules/react-router/dist/production/index.mjs',
)

export default defineConfig(({ command, mode, isPreview = false }) => {
  const isDevServer = command === 'serve' && !isPreview
  // With mode api the dev server passes what is asked of the API on to a real one: scripts/dev-api.mjs.
  const hasMocks = mode === 'demo' || (isDevServer && mode !== 'api')

  return {
    publicDir: false,
    plugins: [
      react(),
      reactAsModules(),
      hasMocks && mswWorker(),
      // main.tsx imports these dynamically, so that the first requests leave before they arrive.
      preloadFirstPage({ modules: ['src/app/start'] }),
      mode === 'production' && precompress(),
    ],
    define: {
      __MOCKS__: hasMocks,
      __PICKER__: isDevServer && hasMocks,
      __BUILD_ID__: JSON.stringify(Date.now().toString(36)),
    },
    build: {
      // Icons inlined in the style sheet would be paid for on every page; most are never shown.
      assetsInlineLimit: 0,
      // The polyfill is an inline script, which the Content-Security-Policy forbids.
      modulePreload: { polyfill: false },
      // scripts/sizes.mjs reads in it which files a page needs.
      manifest: mode === 'production',
      rolldownOptions: { checks, output: { codeSplitting: { groups: [ENTRY, START] } } },
      ...BUILDS[mode],
    },
    resolve: {
      alias: [
        // React has had it itself since version 18; the stand-in for older ones is half a kilobyte on every page.
        { find: 'use-sync-external-store/shim', replacement: 'react' },
        // The package's exports lead to the build with warnings for developers only; the other lies beside it.
        ...(command === 'build' ? [{ find: /^react-router$/, replacement: PRODUCTION_ROUTER }] : []),
      ],
    },
    worker: { format: 'es' },
    css: {
      preprocessorOptions: {
        scss: {
          loadPaths: ['node_modules/dkfds/src/stylesheets'],
          quietDeps: true,
          silenceDeprecations: ['import', 'global-builtin', 'color-functions', 'if-function'],
        },
      },
    },
    server: { port: 3000, strictPort: true },
    preview: {
      port: 3000,
      strictPort: true,
      headers: mode === 'demo' ? demoSecurityHeaders : securityHeaders,
    },
  }
})
