import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { mswWorker } from './scripts/vite/msw-worker.ts'
import { preloadFirstPage } from './scripts/vite/preload-first-page.ts'
import { securityHeaders } from './server/security-headers.ts'

export default defineConfig(({ command, mode, isPreview = false, isSsrBuild = false }) => {
  const isDevServer = command === 'serve' && !isPreview
  const isDemo = mode === 'demo'
  const hasMocks = isDevServer || isDemo

  return {
    publicDir: false,
    plugins: [
      react(),
      hasMocks && mswWorker(),
      preloadFirstPage({
        // main.tsx imports the app dynamically, so that the first requests leave before it arrives.
        modules: ['src/app/start', 'src/app/i18n/da'],
      }),
    ],
    define: {
      __MOCKS__: hasMocks,
      __PICKER__: isDevServer,
      __BUILD_ID__: JSON.stringify(Date.now().toString(36)),
    },
    build: {
      outDir: isDemo ? 'dist-demo' : 'dist',
      target: isSsrBuild ? 'node20' : 'baseline-widely-available',
      // Icons inlined in the style sheet would be paid for on every page; most are never shown.
      assetsInlineLimit: 0,
      // The polyfill is an inline script, which the Content-Security-Policy forbids.
      modulePreload: { polyfill: false },
      sourcemap: false,
      // scripts/sizes.mjs reads in it which files a page needs.
      manifest: !isSsrBuild,
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
    preview: { port: 3000, strictPort: true, headers: securityHeaders },
  }
})
