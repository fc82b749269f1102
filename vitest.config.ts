import react from '@vitejs/plugin-react'
import { defineConfig } from 'vitest/config'

// Neither UTC nor Denmark: code that forgets to say Europe/Copenhagen gives itself away.
process.env.TZ = 'America/New_York'

export default defineConfig({
  plugins: [react()],
  define: {
    __MOCKS__: false,
    __PICKER__: false,
    __BUILD_ID__: JSON.stringify('test'),
  },
  test: {
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 20_000,
    restoreMocks: true,
    unstubGlobals: true,
    reporters: ['default', ['json', { outputFile: 'test-results/vitest.json' }]],
    projects: [
      {
        extends: true,
        test: {
          name: 'api',
          environment: 'node',
          include: ['tests/{rules,api,architecture}/**/*.test.ts'],
        },
      },
      {
        // The abuse cases once more: the real server over SQL, asked over HTTP.
        extends: true,
        test: {
          name: 'api-over-http',
          environment: 'node',
          include: ['tests/api/abuse/**/*.test.ts'],
          // Files that follow one another share a database: opening it takes longer than most of them.
          isolate: false,
          testTimeout: 60_000,
          env: { SCHOOL_BEHIND: process.env.SCHOOL_BEHIND ?? 'pglite' },
        },
      },
      {
        extends: true,
        test: {
          name: 'app',
          environment: 'jsdom',
          include: ['tests/app/**/*.test.{ts,tsx}'],
          setupFiles: ['tests/setup.ts'],
          // Style sheets are Playwright's business; compiling them here would only cost time.
          css: false,
        },
      },
      {
        extends: true,
        test: {
          name: 'build',
          environment: 'jsdom',
          include: ['tests/build/**/*.test.ts'],
        },
      },
    ],
  },
})
