import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures'
import { expectFocusSeen } from './support/focus'
import { atSchool, setLine } from './support/tap'
import { arrive, bar, forPupil, row, rows } from './support/verbs'
import { fill, words } from './support/words'

const da = words.da

const selectAll = (page: Page) => page.getByRole('checkbox', { name: da.selectAll, exact: true })

/** How many pupils 2.A has. */
const total = 28

test('a whole class: select all, confirm, and a report for every pupil', async ({ page }) => {
  await arrive(page, { in: '2.A' })
  // The first rows are drawn before the rest.
  await expect(rows(page)).toHaveCount(total)
  // Bertram is blocked and Carla has a local login.
  const helped = total - 2

  await selectAll(page).check()
  await expect(bar(page)).toContainText(fill(da.pupils.selected_other, { count: helped }))
  await expect(bar(page)).toContainText('Bertram Lund (spærret)')
  await expect(bar(page)).toContainText('Carla Nguyen (lokal loginløsning)')
  await expect(
    page.getByRole('checkbox', { name: fill(da.pupils.select, { name: 'Bertram Lund' }) }),
  ).not.toBeChecked()

  await bar(page).getByRole('button', { name: da.giveNewPassword }).click()
  const dialog = page.getByRole('dialog', {
    name: fill(da.passwordReset.confirmTitle_other, { count: helped }),
  })
  await expect(dialog).toContainText(da.passwordReset.confirmText)
  await dialog.getByRole('button', { name: da.giveNewPassword }).click()

  await expect(
    page.getByText(fill(da.passwordReset.givenMany_other, { count: helped })).first(),
  ).toBeVisible()
  await expect(dialog).toHaveCount(0)
  await expect(bar(page)).toHaveCount(0)
  await expect(rows(page).filter({ hasText: /Tid tilbage 4:\d\d/ })).toHaveCount(helped)
  await expect(row(page, 'Bertram Lund')).toContainText(da.pupils.blocked)
})

test('a range is ticked with Shift, by the mouse, without marking text', async ({ page }) => {
  await arrive(page, { in: '2.A' })
  const boxes = rows(page).getByRole('checkbox')
  await boxes.nth(1).click()
  await boxes.nth(6).click({ modifiers: ['Shift'] })
  await expect(bar(page)).toContainText(fill(da.pupils.selected_other, { count: 6 }))
  expect(await page.evaluate(() => String(getSelection()))).toBe('')
  await expect(selectAll(page)).toHaveJSProperty('indeterminate', true)
})

const SIZES = [
  { width: 1280, height: 800 },
  { width: 360, height: 740 },
]

for (const size of SIZES) {
  test(`the bar covers no row at ${size.width} × ${size.height}: neither by Tab nor at the end of the page`, async ({
    page,
  }) => {
    await page.setViewportSize(size)
    await arrive(page, { in: '2.A', scenario: 'busyClass' })
    await selectAll(page).check()
    await expect(bar(page)).toBeVisible()
    // The first rows are drawn before the rest.
    await expect(rows(page)).toHaveCount(total)
    await page.getByRole('button', { name: da.showAllUsernames }).focus()

    const visited = new Set<string>()
    const covered: string[] = []
    for (;;) {
      await page.keyboard.press('Tab')
      const at = await page.evaluate(lookAtFocusedRow)
      if (at.isInBar) break
      if (at.name !== null) visited.add(at.name)
      if (at.isCovered) covered.push(`${at.name}: ${at.on}`)
    }
    expect(covered, 'focused in a row that the bar covers').toEqual([])
    expect(visited.size).toBe(total)
    await expectFocusSeen(page)

    await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
    await expect
      .poll(() =>
        page.evaluate(() => Math.round(scrollY + innerHeight - document.documentElement.scrollHeight)),
      )
      .toBeGreaterThanOrEqual(-1)
    expect(await page.evaluate(lowestRowIsCovered)).toBe(false)
  })
}

/**
 * Runs in the page. A row of the table is to be seen whole; a card of a phone may be as high as the window, so there it
 * is the control that counts.
 */
function lookAtFocusedRow() {
  const focused = document.activeElement
  const bar = document.querySelector('.selection-bar')?.getBoundingClientRect()
  const isInBar = focused?.closest('.selection-bar') !== null
  const focusedRow = focused?.closest('tbody tr')
  const isCard = focusedRow && getComputedStyle(focusedRow).display === 'grid'
  const box = (isCard ? focused : focusedRow)?.getBoundingClientRect()
  return {
    isInBar,
    name: focusedRow?.querySelector('th')?.textContent ?? null,
    on: focused?.getAttribute('aria-label') ?? focused?.textContent ?? '',
    isCovered: bar !== undefined && box !== undefined && box.bottom > bar.top + 0.5 && box.top < bar.bottom,
  }
}

/** Runs in the page. */
function lowestRowIsCovered(): boolean {
  const bar = document.querySelector('.selection-bar')?.getBoundingClientRect()
  const last = [...document.querySelectorAll('tbody tr')].at(-1)?.getBoundingClientRect()
  return !bar || !last || last.bottom > bar.top + 0.5
}

for (const size of SIZES) {
  test(`the bar that comes with a tick does not come over the row that was ticked, at ${size.width} × ${size.height}`, async ({
    page,
  }) => {
    await page.setViewportSize(size)
    await arrive(page, { in: '2.A' })
    const box = page.getByRole('checkbox', { name: fill(da.pupils.select, { name: 'Julie Yde' }) })
    // The box stands at the lower edge of the window, where a finger or the mouse reaches it still.
    await box.evaluate((element) => {
      const { bottom } = element.getBoundingClientRect()
      scrollBy(0, bottom - innerHeight + 4)
    })
    const { x, y, width, height } = (await box.boundingBox()) ?? { x: 0, y: 0, width: 0, height: 0 }
    await page.mouse.click(x + width / 2, y + height / 2)
    await expect(box).toBeChecked()
    await expect(bar(page)).toBeVisible()
    await expect
      .poll(() => page.evaluate(lookAtFocusedRow))
      .toMatchObject({ name: 'Julie Yde', isCovered: false })
  })
}

test('the pupil is a moment quicker than the teacher: the row tells both', async ({ page }) => {
  await arrive(page, { in: '2.A' })
  await forPupil(page, da.giveNewPassword, 'Asta Holm').click()
  await expect(row(page, 'Asta Holm')).toContainText(/Tid tilbage/)
  // Otherwise the page may hear of it before the press.
  await setLine(page, { state: 'held' })
  await atSchool(page, { do: 'signInAlone', username: 'asta2011' })
  await forPupil(page, da.undo, 'Asta Holm').click()
  await setLine(page, { state: 'whole' })
  await expect(row(page, 'Asta Holm')).toContainText(da.pupils.refusal.windowUsed)
  await expect(row(page, 'Asta Holm')).toContainText(/Ny adgangskode sat kl\. \d\d\.\d\d/)
})
