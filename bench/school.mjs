// The whole school: how soon the list is there, how quick it answers, and whether its memory grows.
import { setTimeout as pause } from 'node:timers/promises'
import { timeInteractions } from './interactions.mjs'
import { median } from './statistics.mjs'
import { visit } from './visit.mjs'

/** @typedef {import('@playwright/test').Page} Page */
/** @typedef {import('./visit.mjs').Person} Person */

const MEGABYTE = 2 ** 20
const PATH = '/skoler/birkeskolen'

/** @param {Page} page */
const searchField = (page) => page.getByRole('searchbox')

/** @type {import('./interactions.mjs').Interactions} */
const INTERACTIONS = {
  'type in the list': {
    times: 20,
    act: async (page, turn) => press(page, searchField(page), turn % 2 ? 'Backspace' : 'a'),
  },
  'filter the list': {
    times: 12,
    act: async (page) => press(page, page.getByRole('button', { name: /^Skal snart skifte/ }), 'Enter'),
  },
  'sort the list': {
    times: 12,
    act: async (page) => press(page, page.getByRole('button', { name: 'Skiftes senest' }), 'Enter'),
  },
  'select all of the list': {
    times: 12,
    act: async (page) => press(page, page.getByRole('checkbox', { name: /^Vælg alle/ }), 'Space'),
  },
}

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
 * From the address to the first rows on the screen, on a slow line.
 * @param {import('./servers.mjs').ApiServer} server
 * @param {{ as: Person, runs: number }} options
 */
export async function measureSchoolLoad({ origin, codeOnPhone }, { as, runs }) {
  const times = []
  for (let run = 0; run < runs; run += 1) {
    const time = await visit({ origin, as, codeOnPhone, slowLine: true }, async (page) => {
      await page.addInitScript(noteFirstRow)
      await page.goto(PATH)
      return page
        .waitForFunction(() => /** @type {{ firstRowAt?: number }} */ (window).firstRowAt)
        .then((at) => at.jsonValue())
    })
    times.push(Number(time))
  }
  return Math.round(median(times))
}

/** Runs in the page: when the first row has been painted. */
function noteFirstRow() {
  const observer = new MutationObserver(() => {
    if (!document.querySelector('tbody tr[data-pupil]')) return
    observer.disconnect()
    requestAnimationFrame(() =>
      setTimeout(() => Object.assign(window, { firstRowAt: Math.round(performance.now()) })),
    )
  })
  observer.observe(document, { childList: true, subtree: true })
}

/**
 * @param {import('./servers.mjs').ApiServer} server
 * @param {{ as: Person }} options
 */
export const measureSchoolInteractions = ({ origin, codeOnPhone }, { as }) =>
  visit({ origin, as, codeOnPhone }, async (page) => {
    await page.goto(PATH)
    await page.getByRole('table').waitFor()
    return timeInteractions(page, INTERACTIONS)
  })

/**
 * Scrolls the list up and down while pupils are stepped up and down, and looks at what is left in memory.
 * @param {import('./servers.mjs').ApiServer} server
 * @param {{ as: Person, teacher: Person, minutes: number }} options
 * @returns {Promise<{ beforeMb: number, afterMb: number }>}
 */
export const measureSchoolMemory = ({ origin, codeOnPhone }, { as, teacher, minutes }) =>
  visit({ origin, as, codeOnPhone }, async (page) => {
    const devtools = await page.context().newCDPSession(page)
    // Only what is kept counts, not how long it takes.
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    const inUse = async () => {
      await devtools.send('HeapProfiler.collectGarbage')
      return (await devtools.send('Runtime.getHeapUsage')).usedSize
    }
    const act = await teacherAt(origin, teacher)
    await page.goto(PATH)
    await page.getByRole('table').waitFor()
    const scroll = async () => {
      for (let turn = 0; turn < 40; turn += 1) {
        await page.mouse.wheel(0, turn < 20 ? 4000 : -4000)
        await pause(25)
      }
    }
    // Everything that is made once is made.
    for (let turn = 0; turn < 5; turn += 1) {
      await act(turn)
      await scroll()
    }
    const before = await inUse()
    const end = Date.now() + minutes * 60_000
    for (let turn = 0; Date.now() < end; turn += 1) {
      await act(turn)
      await scroll()
    }
    const after = await inUse()
    return { beforeMb: megabytes(before), afterMb: megabytes(after) }
  })

/** @param {number} bytes */
const megabytes = (bytes) => Math.round((bytes / MEGABYTE) * 10) / 10

/**
 * A teacher at another computer, who steps a whole class up and down in turns.
 * @param {string} origin
 * @param {Person} teacher
 */
async function teacherAt(origin, teacher) {
  const headers = { origin, 'Content-Type': 'application/json' }
  const signedIn = await fetch(`${origin}/api/session`, {
    method: 'POST',
    headers,
    body: JSON.stringify(teacher),
  })
  const cookie = signedIn.headers
    .getSetCookie()
    .map((each) => each.split(';')[0])
    .join('; ')
  const { classes } = await (await fetch(`${origin}/api/classes`, { headers: { cookie } })).json()
  const { pupils } = await (
    await fetch(`${origin}/api/classes/${classes[0].id}`, { headers: { cookie } })
  ).json()
  const body = JSON.stringify({ pupilIds: pupils.map((/** @type {{ id: string }} */ { id }) => id) })
  return async (/** @type {number} */ turn) => {
    const path = turn % 2 ? 'step-up-ends' : 'step-ups'
    const answer = await fetch(`${origin}/api/pupils/${path}`, {
      method: 'POST',
      headers: { ...headers, cookie, 'Idempotency-Key': `bench-${teacher.username}-${Date.now()}` },
      body,
    })
    if (!answer.ok) throw new Error(`stepping up answered ${answer.status}`)
    await answer.json()
  }
}
