// How long a person waits from a key or a click on the class page until the screen has changed.
import { percentile } from './statistics.mjs'
import { visit } from './visit.mjs'

/** Chromium reports events from this length on, in steps of 8 ms; what it does not report was quicker. */
const QUICKEST_MS = 16

/** @typedef {import('@playwright/test').Page} Page */

/** @typedef {Record<string, { times: number, act: (page: Page, turn: number) => Promise<void> }>} Interactions */

/** @type {Interactions} */
const INTERACTIONS = {
  'tick a pupil': {
    times: 20,
    act: async (page, turn) => press(page, pupilBoxes(page).nth(turn), 'Space'),
  },
  'select all': {
    times: 12,
    act: async (page) => press(page, allBox(page), 'Space'),
  },
  'type in search': {
    times: 20,
    act: async (page, turn) => press(page, page.getByRole('combobox'), turn % 2 ? 'Backspace' : 'a'),
  },
  'reveal a username': {
    times: 12,
    act: async (page) => page.getByRole('button', { name: 'Vis brugernavn' }).nth(1).click(),
  },
  'give new password': {
    times: 12,
    act: async (page) => table(page).getByRole('button', { name: 'Giv ny adgangskode' }).first().click(),
  },
}

/** @param {Page} page */
const table = (page) => page.getByRole('table').last()
/** @param {Page} page */
const allBox = (page) => page.getByRole('checkbox', { name: 'Vælg alle' })
/** @param {Page} page */
const pupilBoxes = (page) => table(page).locator('tbody').getByRole('checkbox')

/**
 * @param {Page} page
 * @param {import('@playwright/test').Locator} where
 * @param {string} key
 */
async function press(page, where, key) {
  await where.focus()
  await page.keyboard.press(key)
}

/**
 * @param {{ origin: string, path: string, as: import('./visit.mjs').Person }} options
 * @returns {Promise<Record<string, number>>} for each interaction the p75 in ms
 */
export function measureInteractions({ origin, path, as }) {
  return visit({ origin, as }, async (page) => {
    await page.goto(path)
    await pupilBoxes(page).first().waitFor()
    return timeInteractions(page, INTERACTIONS)
  })
}

/**
 * @param {Page} page
 * @param {Interactions} interactions
 * @returns {Promise<Record<string, number>>} for each the p75 in ms from the key or click to the painted screen
 */
export async function timeInteractions(page, interactions) {
  const slow = await page.evaluateHandle(watchEvents, QUICKEST_MS)
  /** @type {Record<string, number>} */
  const found = {}
  for (const [name, { times, act }] of Object.entries(interactions)) {
    const waits = []
    for (let turn = 0; turn < times; turn += 1) {
      await slow.evaluate((durations) => durations.splice(0))
      await act(page, turn)
      // Events are reported after their frame; the pause also lets an answer of the server arrive.
      await page.waitForTimeout(300)
      waits.push(Math.max(QUICKEST_MS, ...(await slow.jsonValue())))
    }
    found[name] = percentile(waits, 0.75)
  }
  return found
}

/**
 * Runs in the page.
 * @param {number} durationThreshold
 */
function watchEvents(durationThreshold) {
  /** @type {number[]} */
  const durations = []
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      if (/^(pointer|key|click|input)/.test(entry.name)) durations.push(entry.duration)
    }
  }).observe(/** @type {PerformanceObserverInit} */ ({ type: 'event', durationThreshold }))
  return durations
}
