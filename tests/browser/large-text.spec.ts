import { findChromium, launchOptions } from '../../scripts/chromium.mjs'
import { expect, test } from './support/fixtures'
import { faultsOf, stillness } from './support/looks'
import { arrive, bar } from './support/verbs'
import { words } from './support/words'

// The reader's own setting: text of 32 px where others have 16. It also moves the widths at which the layout changes.
const { args, ...launch } = launchOptions(await findChromium())
test.use({ launchOptions: { ...launch, args: [...args, '--blink-settings=defaultFontSize=32'] } })

test('text twice as large cuts off nothing and lays nothing upon anything', async ({ page }) => {
  await arrive(page, { in: '2.A', scenario: 'busyClass' })
  expect(await page.evaluate(() => getComputedStyle(document.body).fontSize)).toBe('32px')
  await page.getByRole('checkbox', { name: words.da.selectAll, exact: true }).check()
  await expect(bar(page)).toBeVisible()
  for (const width of [1280, 1920]) {
    await page.setViewportSize({ width, height: 800 })
    await stillness(page)
    expect.soft(await faultsOf(page), `at ${width}`).toEqual([])
  }
})
