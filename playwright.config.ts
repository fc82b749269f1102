import process from 'node:process'
import { defineConfig } from '@playwright/test'
import { findChromium, launchOptions } from './scripts/chromium.mjs'
import { freePort } from './scripts/port.mjs'

// Playwright reads this file again in every worker; the environment carries the port from the first reading.
process.env.ELEVADGANG_TEST_PORT ??= String(await freePort())
const port = process.env.ELEVADGANG_TEST_PORT
const url = `http://127.0.0.1:${port}`

export default defineConfig({
  testDir: 'tests/browser',
  outputDir: 'test-results/browser',
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  retries: 0,
  workers: 2,
  reporter: [['list'], ['json', { outputFile: 'test-results/playwright.json' }]],
  use: {
    baseURL: url,
    locale: 'da-DK',
    // As in the other tests: code that forgets to say Europe/Copenhagen gives itself away.
    timezoneId: 'America/New_York',
    trace: 'retain-on-failure',
    launchOptions: launchOptions(await findChromium()),
  },
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --mode demo --host 127.0.0.1 --port ${port}`,
    url,
  },
})
