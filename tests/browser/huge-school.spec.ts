import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures'
import { faultsOf, stillness } from './support/looks'
import { arriveAtSchool, rows } from './support/verbs'
import { fill, words } from './support/words'

const da = words.da
const { school } = da

/** As many as are in sight, and some more. */
const FEW = 60

const table = (page: Page) => page.getByRole('table')
const rowCount = async (page: Page) => Number(await table(page).getAttribute('aria-rowcount'))
const indexes = (page: Page) =>
  rows(page).evaluateAll((all) => all.map((row) => Number(row.getAttribute('aria-rowindex'))))
const focused = (page: Page) =>
  page.evaluate(() => document.activeElement?.closest('tr')?.getAttribute('aria-rowindex') ?? null)

/** Down to the very end: rows are measured on the way, so that the page may still grow. */
async function scrollToEnd(page: Page) {
  await expect(async () => {
    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    expect((await indexes(page)).at(-1)).toBe(await rowCount(page))
  }).toPass()
}

test.beforeEach(async ({ page }) => {
  await arriveAtSchool(page, { scenario: 'hugeSchool' })
})

test('5,000 pupils: few rows in the page, each with its number, to the very last', async ({ page }) => {
  expect(await rowCount(page)).toBeGreaterThan(5_000)
  expect(await rows(page).count()).toBeLessThan(FEW)
  expect((await indexes(page))[0]).toBe(2)

  const names = new Set<string>()
  for (let scrolled = 0; scrolled < 20; scrolled += 1) {
    await page.mouse.wheel(0, 12_000)
    const now = await indexes(page)
    // One after the other, with no hole among those in sight.
    expect(now).toEqual(now.map((_, place) => (now[0] ?? 0) + place))
    for (const name of await rows(page).getByRole('rowheader').allInnerTexts()) names.add(name)
  }
  expect(names.size).toBeGreaterThan(100)
  await scrollToEnd(page)
  expect(await rows(page).count()).toBeLessThan(FEW)
  await expect(rows(page).last()).toBeInViewport()
  // Nothing but the footer stands below the last row.
  const gap = await page.evaluate(() => {
    const last = [...document.querySelectorAll('tbody tr[data-index]')].at(-1)
    const end = document.querySelector('table')?.getBoundingClientRect().bottom ?? 0
    return end - (last?.getBoundingClientRect().bottom ?? 0)
  })
  expect(Math.abs(gap)).toBeLessThan(2)
})

test('the keyboard is not lost when its row is scrolled away, and goes on from there', async ({ page }) => {
  const third = rows(page).nth(2).getByRole('checkbox')
  await third.focus()
  expect(await focused(page)).toBe('4')
  await scrollToEnd(page)
  expect(await focused(page)).toBe('4')
  // Down leads to the next row, wherever one has looked meanwhile, and back into sight.
  await page.keyboard.press('ArrowDown')
  expect(await focused(page)).toBe('5')
  await expect(page.locator(':focus')).toBeInViewport()
  for (let pressed = 0; pressed < 40; pressed += 1) await page.keyboard.press('ArrowDown')
  expect(await focused(page)).toBe('45')
  await expect(page.locator(':focus')).toBeInViewport()
  await page.keyboard.press('Space')
  await expect(page.locator(':focus')).toBeChecked()
})

test('all 5,000 are chosen by one press, a filter’s beside them, and the count stays in sight', async ({
  page,
}) => {
  const all = (await rowCount(page)) - 1
  const number = new Intl.NumberFormat('da').format(all)
  await page.getByRole('checkbox', { name: fill(school.selectAll_other, { number }) }).check()
  const bar = page.getByRole('region', { name: da.pupils.selectionBar })
  await expect(bar).toContainText(/5\.?\d{3} elever valgt/)
  await page.getByLabel(school.search).fill('2.a')
  await expect(bar).toContainText('skjult af filtrene')
  await expect(bar).toBeInViewport()
})

for (const [width, height, what] of [
  [320, 640, 'a small phone'],
  [320, 200, '400 % zoom'],
] as const) {
  test(`${what}: to the last of 5,000 without a word cut off or scrolling sideways`, async ({ page }) => {
    await page.setViewportSize({ width, height })
    await page.mouse.wheel(0, 50_000)
    await stillness(page)
    expect(await faultsOf(page)).toEqual([])
    await scrollToEnd(page)
    await stillness(page)
    expect(await faultsOf(page)).toEqual([])
  })
}
