import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures'
import { setLine } from './support/tap'
import { arriveAtSchool, atList, forPupil, giveCode, heading, row, rows } from './support/verbs'
import { fill, words } from './support/words'

/** One person with two views, in tabs of one browser: what each shows, and what is left of them. */

const da = words.da
const { school } = da

const listOfBirkeskolen = fill(school.schoolTitle, { school: 'Birkeskolen' })

async function openTab(page: Page, address: string) {
  const tab = await page.context().newPage()
  await tab.goto(address)
  return tab
}

/** Neither a pupil nor the administrator is named. */
async function expectNothingLeft(page: Page) {
  await expect(page.locator('html')).not.toContainText(/Bodil Friis|Aksel|elever/)
  expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage }))).not.toMatch(/aksel|soeg|p-/i)
}

test('the same person as administrator in one tab and as teacher in the other', async ({ page: admin }) => {
  await arriveAtSchool(admin, { as: 'bodi2259' })
  const teacher = await openTab(admin, '/mine-klasser')
  await expect(heading(teacher, da.myClasses)).toBeVisible()
  await teacher.getByRole('main').getByRole('link', { name: '7.A' }).click()
  await expect(rows(teacher).first()).toBeVisible()
  const [name = ''] = await rows(teacher).getByRole('rowheader').allInnerTexts()

  await forPupil(teacher, da.giveNewPassword, name).click()
  await admin.getByLabel(school.search).fill(name)
  await expect(row(admin, name)).toContainText(da.timeLeft)
  await forPupil(admin, da.undo, name).click()
  await expect(forPupil(teacher, da.giveNewPassword, name)).toBeVisible()

  // Each acted in its own view, and the log says so.
  await admin.getByRole('banner').getByRole('link', { name: da.activity.title }).click()
  const lines = admin.locator('.activity-line')
  await expect(lines.filter({ hasText: name })).toHaveCount(2)
  await expect(lines.nth(0)).toContainText('Bodil Friis (brugeradministrator)')
  await expect(lines.nth(1)).not.toContainText('brugeradministrator')

  await teacher.getByRole('button', { name: da.signOut }).click()
  await expect(heading(teacher, da.session.frontTitle)).toBeVisible()
  await expect(heading(admin, da.signInAsAdministrator)).toBeVisible()
  await expectNothingLeft(admin)
})

test('after signing out, Back leads to nothing of the school', async ({ page }) => {
  await arriveAtSchool(page, { as: 'bodi2259' })
  await page.getByLabel(school.search).fill('aksel')
  await rows(page).first().getByRole('link').click()
  await expect(page.getByRole('heading', { level: 1, name: /^Aksel/ })).toBeVisible()
  await page.getByRole('button', { name: da.signOut }).click()
  await expect(heading(page, da.session.frontTitle)).toBeVisible()
  await page.goBack()
  await expect(heading(page, da.signInAsAdministrator)).toBeVisible()
  await expectNothingLeft(page)
  await page.goBack()
  await expect(heading(page, da.signInAsAdministrator)).toBeVisible()
  await expectNothingLeft(page)
})

test('a code that was given in one tab counts in the other', async ({ page: first, complaints }) => {
  // Sent beside the page's code, which does not know yet that a code is missing.
  complaints.expect(/answer 403: GET \/api\/(schools\/birkeskolen\/pupils|step-up-requests)/)
  await first.goto('/log-paa/brugeradministrator')
  await first.getByLabel(da.username).fill('kent1904')
  await first.getByRole('button', { name: da.next }).click()
  await first.getByLabel(da.password).fill('Elevadgang-2026')
  await first.getByRole('button', { name: da.signIn, exact: true }).click()
  await expect(heading(first, school.codeTitle)).toBeVisible()
  const sent = first.locator('.demo-phone-code').first()
  await expect(sent).toHaveText(/^\d{6}$/)
  const code = (await sent.textContent()) ?? ''
  const second = await openTab(first, '/skoler/birkeskolen')
  await expect(heading(second, school.codeTitle)).toBeVisible()
  // A new one is sent, and the one before counts no more.
  await expect(second.locator('.demo-phone-code').first()).not.toHaveText(code)
  await giveCode(second)
  await atList(second)
  await expect(heading(first, listOfBirkeskolen)).toBeVisible()
})

test('after the code the list begins at its top, also on a phone, where the code stood below', async ({
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 400 })
  await arriveAtSchool(page)
  await expect(heading(page, listOfBirkeskolen)).toBeFocused()
  expect(await page.evaluate(() => scrollY)).toBe(0)
})

test('the line is cut: what is shown stays, nothing is said to be done, and it goes on by itself', async ({
  page,
  complaints,
}) => {
  complaints.expect(/request failed: POST \/api\/pupils\/(password-resets|exports)/)
  await arriveAtSchool(page, { as: 'bodi2259' })
  await setLine(page, { state: 'cut' })
  await forPupil(page, da.giveNewPassword, 'Aksel Møller').click()
  await expect(row(page, 'Aksel Møller')).toContainText(da.pupils.checking)
  await page.getByRole('button', { name: da.takeAway.export.label }).click()
  await expect(page.getByRole('alert')).toContainText(da.problems.connection.title)
  await expect(row(page, 'Aksel Møller')).not.toContainText(da.timeLeft)
  await setLine(page, { state: 'whole' })
  await expect(row(page, 'Aksel Møller')).toContainText(da.timeLeft)
})
