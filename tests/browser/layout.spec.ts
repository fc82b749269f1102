import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures'
import { expectFocusSeen } from './support/focus'
import { faultsOf, stillness } from './support/looks'
import { setLine } from './support/tap'
import { arrive, bar, forPupil, heading, row } from './support/verbs'
import { fill, words } from './support/words'

const da = words.da

/** WCAG 1.4.12: what a reader may set, and nothing may break. */
const READERS_SPACING = `
  * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important; }
  p { margin-bottom: 2em !important; }
`

const WIDTHS = [1280, 360, 320]

async function expectNoFaults(page: Page, state: string) {
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 740 })
    await stillness(page)
    expect.soft(await faultsOf(page), `${state} at ${width}`).toEqual([])
  }
  await page.setViewportSize({ width: 1280, height: 800 })
}

const space = (page: Page) =>
  page.evaluate((css) => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    document.adoptedStyleSheets = [sheet]
  }, READERS_SPACING)

const selectAll = (page: Page) => page.getByRole('checkbox', { name: da.selectAll, exact: true })

test("the reader's own text spacing cuts off nothing and lays nothing upon anything", async ({ page }) => {
  await page.goto('/')
  await expect(heading(page, da.session.frontTitle)).toBeVisible()
  await space(page)
  await expectNoFaults(page, 'front page')
  await page.getByRole('button', { name: da.signIn, exact: true }).click()
  await expect(heading(page, da.session.signInTitle)).toBeVisible()
  await page.getByRole('button', { name: da.next }).click()
  await expect(page.getByText(da.session.usernameMissing)).toBeVisible()
  await expectNoFaults(page, 'sign in, with an error')

  await arrive(page, { in: '2.A', scenario: 'busyClass' })
  await space(page)
  await selectAll(page).check()
  await forPupil(page, da.showUsername, 'Asta Holm').click()
  await expect(row(page, 'Asta Holm')).toContainText('asta2011')
  await expectNoFaults(page, 'class with the bar')
  await bar(page).getByRole('button', { name: da.giveNewPassword }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  await expectNoFaults(page, 'question')
})

test('a failure in a row leaves the row on the screen', async ({ page, complaints }) => {
  complaints.expect(/answer 500: POST/)
  await arrive(page, { in: '2.A' })
  await setLine(page, { state: 'refusing', status: 500, type: 'unexpected' })
  await forPupil(page, da.giveNewPassword, 'Asta Holm').click()
  await forPupil(page, da.showUsername, 'Asta Holm').click()
  await expect(row(page, 'Asta Holm').getByRole('alert')).toHaveCount(2)
  const box = await row(page, 'Asta Holm').boundingBox()
  expect(box?.height).toBeLessThan(340)
  await setLine(page, { state: 'whole' })
})

test('forced colours: every button has an edge, a tick is seen, focus and choice too', async ({ page }) => {
  await page.emulateMedia({ forcedColors: 'active' })
  await arrive(page, { in: '2.A', scenario: 'busyClass' })
  const box = page.locator('label', { hasText: da.selectAll })
  const asta = page.getByRole('checkbox', { name: fill(da.pupils.select, { name: 'Asta Holm' }) })
  const boxOfAsta = page.locator('label', { hasText: fill(da.pupils.select, { name: 'Asta Holm' }) })

  const shots = { none: await box.screenshot(), unticked: await boxOfAsta.screenshot() }
  await asta.check()
  await page.mouse.move(0, 0)
  expect(await box.screenshot(), 'some are ticked').not.toEqual(shots.none)
  const some = await box.screenshot()
  expect(await boxOfAsta.screenshot(), 'ticked').not.toEqual(shots.unticked)
  await selectAll(page).check()
  await page.mouse.move(0, 0)
  expect(await box.screenshot(), 'all are ticked').not.toEqual(some)

  expect(await page.evaluate(boxesUponTheirWords)).toEqual([])
  expect(await page.evaluate(buttonsWithoutEdge)).toEqual([])
  const outlineOf = (name: string) => row(page, name).evaluate((each) => getComputedStyle(each).outlineStyle)
  expect(await outlineOf('Asta Holm')).not.toBe('none')
  expect(await outlineOf('Bertram Lund')).toBe('none')
  await page.keyboard.press('Tab')
  await expectFocusSeen(page)
  await expectNoFaults(page, 'class with the bar')
})

test('without forced colours a checkbox does not lie upon its words either', async ({ page }) => {
  await arrive(page, { in: '2.A' })
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 740 })
    expect(await page.evaluate(boxesUponTheirWords)).toEqual([])
  }
})

/** Runs in the page: checkboxes whose drawn box reaches into the words of their label. */
function boxesUponTheirWords(): string[] {
  return [...document.querySelectorAll('label')].flatMap((label) => {
    const drawn = getComputedStyle(label, '::before')
    const words = label.querySelector('span:not(.visually-hidden)')
    if (drawn.content === 'none' || !words) return []
    const edge =
      label.getBoundingClientRect().left + Number.parseFloat(drawn.left) + Number.parseFloat(drawn.width)
    return words.getBoundingClientRect().left < edge + 4 ? [label.textContent ?? ''] : []
  })
}

/** Runs in the page: buttons that only their colour would tell from text. */
function buttonsWithoutEdge(): string[] {
  return [...document.querySelectorAll('button')].flatMap((button) => {
    const { borderTopWidth, borderTopStyle, borderTopColor, textDecorationLine } = getComputedStyle(button)
    const hasEdge =
      Number.parseFloat(borderTopWidth) >= 1 &&
      borderTopStyle !== 'none' &&
      !/^rgba\(.*, 0\)$/.test(borderTopColor)
    return hasEdge || textDecorationLine === 'underline' ? [] : [button.textContent ?? '']
  })
}

for (const reducedMotion of ['no-preference', 'reduce'] as const) {
  test(`motion, ${reducedMotion}: what is on its way ${reducedMotion === 'reduce' ? 'stands still' : 'moves'}`, async ({
    page,
  }) => {
    await page.emulateMedia({ reducedMotion })
    await arrive(page, { in: '2.A' })
    await setLine(page, { state: 'held' })
    await forPupil(page, da.giveNewPassword, 'Asta Holm').click()
    await expect(row(page, 'Asta Holm')).toContainText(da.pupils.sending)
    const moving = await page.evaluate(
      () =>
        document.getAnimations().filter(({ effect }) => {
          const { iterations, duration } = effect?.getComputedTiming() ?? {}
          return iterations === Number.POSITIVE_INFINITY && Number(duration) > 0
        }).length,
    )
    if (reducedMotion === 'reduce') expect(moving).toBe(0)
    else expect(moving).toBeGreaterThan(0)
    expect(await faultsOf(page)).toEqual([])
  })
}
