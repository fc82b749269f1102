// A cold load of one page: what it downloads and when it is painted.
import { gzipSync } from 'node:zlib'
import { median, oneDecimal } from './statistics.mjs'
import { visit } from './visit.mjs'

/** @typedef {{ jsKb: number, cssKb: number, fontsKb: number, fontFiles: number, requests: number, fcpMs: number, lcpMs: number }} Load */

/**
 * @param {{ origin: string, path: string, as?: import('./visit.mjs').Person, runs: number }} options
 * @returns {Promise<Load>} medians over the runs
 */
export async function measureLoad({ origin, path, as, runs }) {
  /** @type {Load[]} */
  const loads = []
  for (let run = 0; run < runs; run += 1) {
    loads.push(await visit({ origin, slowLine: true, ...(as ? { as } : {}) }, (page) => loadOnce(page, path)))
  }
  /** @param {keyof Load} figure */
  const middle = (figure) => oneDecimal(median(loads.map((load) => load[figure])))
  return {
    jsKb: middle('jsKb'),
    cssKb: middle('cssKb'),
    fontsKb: middle('fontsKb'),
    fontFiles: middle('fontFiles'),
    requests: middle('requests'),
    fcpMs: middle('fcpMs'),
    lcpMs: middle('lcpMs'),
  }
}

/**
 * @param {import('@playwright/test').Page} page
 * @param {string} path
 * @returns {Promise<Load>}
 */
async function loadOnce(page, path) {
  /** @type {import('@playwright/test').Response[]} */
  const responses = []
  page.on('response', (response) => responses.push(response))
  await page.goto(path, { waitUntil: 'load' })
  await quiet(page)

  // Preloaded scripts have the type "other", so the answer's own type decides.
  const kinds = { js: 0, css: 0, font: 0 }
  let fontFiles = 0
  for (const response of responses) {
    const type = response.headers()['content-type'] ?? ''
    // A stream has no end to wait for, and what it costs comes after the page is there.
    if (type.includes('event-stream')) continue
    const body = await response.body().catch(() => Buffer.alloc(0))
    if (type.includes('javascript')) kinds.js += gzipSync(body, { level: 9 }).length
    if (type.includes('text/css')) kinds.css += gzipSync(body, { level: 9 }).length
    if (type.includes('font')) {
      kinds.font += body.length
      fontFiles += 1
    }
  }
  const paint = await page.evaluate(paintTimes)
  return {
    jsKb: kinds.js / 1000,
    cssKb: kinds.css / 1000,
    fontsKb: kinds.font / 1000,
    fontFiles,
    requests: responses.length,
    ...paint,
  }
}

/**
 * Waits until nothing has been asked for during a second and a half.
 * @param {import('@playwright/test').Page} page
 */
async function quiet(page) {
  let last = Date.now()
  const busy = () => {
    last = Date.now()
  }
  page.on('request', busy).on('requestfinished', busy).on('requestfailed', busy)
  while (Date.now() - last < 1500) await page.waitForTimeout(100)
}

/** Runs in the page. */
function paintTimes() {
  const fcpMs = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Number.NaN
  return new Promise((resolve) => {
    new PerformanceObserver((list) => {
      resolve({ fcpMs, lcpMs: list.getEntries().at(-1)?.startTime ?? Number.NaN })
    }).observe({ type: 'largest-contentful-paint', buffered: true })
  })
}
