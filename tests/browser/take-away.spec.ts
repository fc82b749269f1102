import type { Page } from '@playwright/test'
import { demoPasswords } from '../../mocks/demo-passwords'
import { expect, test } from './support/fixtures'
import { printed } from './support/pdf'
import { arrive, PASSWORD } from './support/verbs'
import { type Words, words } from './support/words'

const da = words.da

/** Letters and digits that look like a username. */
const USERNAME = /\b[a-z]{4}[0-9]{4}\b/g

const usernamesOn = (text: string): string[] => text.match(USERNAME) ?? []
const times = (text: string, part: string) => text.split(part).length - 1

// The test prints by itself, where somebody would press a button in the browser's own window.
test.beforeEach(async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute('data-asked-to-print', '')
  })
})

const openPrint = (page: Page, { pupils }: Words = da) =>
  page.getByRole('main').getByRole('button', { name: pupils.print, exact: true }).click()

async function printSlips(page: Page, perSheet: 'eight' | 'one', texts: Words = da) {
  await openPrint(page, texts)
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: texts.takeAway.slips }).check()
  await dialog.getByRole('radio', { name: texts.takeAway[perSheet] }).check()
  await dialog.getByRole('button', { name: texts.takeAway.next }).click()
  await dialog.getByRole('button', { name: texts.takeAway.printSlips }).click()
  await expect(page.locator('[data-asked-to-print]')).toBeAttached()
}

const namesOn = async (page: Page) => page.getByRole('rowheader').allTextContents()

test('slips with usernames, eight on a sheet of A4: each pupil once, no password, and gone when printed', async ({
  page,
}) => {
  await arrive(page, { in: '2.A' })
  const names = await namesOn(page)
  await printSlips(page, 'eight')
  const sheets = await printed(page)

  expect(sheets.map(({ width, height }) => [width, height])).toEqual(sheets.map(() => [210, 297]))
  expect(sheets.map(({ text }) => usernamesOn(text).length)).toEqual([8, 8, 8, names.length - 24])
  const all = sheets.map(({ text }) => text).join('\n')
  expect(new Set(usernamesOn(all)).size).toBe(names.length)
  for (const name of names) expect(times(all, name), name).toBe(1)
  // A slip is whole: name, username, address and help stand together.
  expect(all).toMatch(
    new RegExp(
      `Asta Holm\\n2\\.A · Birkeskolen\\n${da.username}\\nasta2011\\n${da.takeAway.slip.signIn} 127\\.0\\.0\\.1:\\d+/elev\\n`,
    ),
  )
  for (const { text } of sheets) {
    expect(times(text, da.takeAway.slip.help)).toBe(usernamesOn(text).length)
    expect(times(text, '/elev')).toBe(usernamesOn(text).length)
  }
  for (const { password } of Object.values(demoPasswords)) expect(all).not.toContain(password)
  expect(all).not.toContain(PASSWORD)
  // Nothing of the page around them.
  expect(all).not.toContain(da.giveNewPassword)
  expect(all).not.toContain(da.signOut)

  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('button', { name: da.pupils.print, exact: true })).toBeFocused()
  expect(usernamesOn(await page.content())).toEqual([])
})

test('slips with usernames, one on each sheet', async ({ page }) => {
  await arrive(page, { in: '4.B', language: 'en' })
  const names = await namesOn(page)
  await printSlips(page, 'one', words.en)
  const sheets = await printed(page)
  expect(sheets).toHaveLength(names.length)
  for (const { text } of sheets) {
    expect(usernamesOn(text)).toHaveLength(1)
    expect(text).toContain(words.en.takeAway.slip.help)
  }
  expect(sheets.map(({ text }) => text.split('\n')[0])).toEqual(names)
})

test('eight slips are two by four, of one size, and none is cut off, however long the name', async ({
  page,
}) => {
  await arrive(page, { in: '2.A' })
  await printSlips(page, 'eight')
  await page.emulateMedia({ media: 'print' })
  await page.locator('.paper').evaluate((paper) => {
    for (const name of paper.querySelectorAll('article > :first-child'))
      name.textContent = 'Alexandra Wilhelmine Christoffersen Nørgaard-Bjerregaard'
  })
  const slips = await page
    .locator('.paper section')
    .first()
    .locator('article')
    .evaluateAll((elements) =>
      elements.map((element) => {
        const { x, y, width, height } = element.getBoundingClientRect()
        const isWhole =
          element.scrollHeight <= element.clientHeight && element.scrollWidth <= element.clientWidth
        return {
          x: Math.round(x),
          y: Math.round(y),
          width: Math.round(width),
          height: Math.round(height),
          isWhole,
        }
      }),
    )
  expect(slips).toHaveLength(8)
  expect(new Set(slips.map(({ x }) => x)).size).toBe(2)
  expect(new Set(slips.map(({ y }) => y)).size).toBe(4)
  // 95 × 69 mm at 96 pixels an inch.
  expect(new Set(slips.map(({ width, height }) => `${width} × ${height}`))).toEqual(new Set(['359 × 261']))
  expect(slips.filter(({ isWhole }) => !isWhole)).toEqual([])
})

test('a class list is one sheet with every name and no username', async ({ page }) => {
  await arrive(page, { in: '2.A' })
  const names = await namesOn(page)
  await openPrint(page)
  await page.getByRole('dialog').getByRole('button', { name: da.takeAway.print, exact: true }).click()
  await expect(page.locator('[data-asked-to-print]')).toBeAttached()
  const sheets = await printed(page)
  expect(sheets).toHaveLength(1)
  const text = sheets[0]?.text ?? ''
  expect(text).toMatch(/^2\.A · Birkeskolen\n/)
  for (const name of names) expect(times(text, name), name).toBe(1)
  expect(usernamesOn(text)).toEqual([])
})

test('usernames on paper are in no storage, address, title or history', async ({ page }) => {
  await arrive(page, { in: '2.A' })
  await printSlips(page, 'eight')
  const kept = await page.evaluate(() =>
    [
      location.href,
      document.title,
      document.cookie,
      window.name,
      JSON.stringify(history.state),
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      document.querySelector('#root')?.innerHTML ?? '',
    ].join('\n'),
  )
  expect(usernamesOn(kept).filter((username) => username !== 'lone4821')).toEqual([])
  // On the screen there is nothing to see of them, either.
  await expect(page.getByText('asta2011')).toBeHidden()
})

test('the dialog cannot be fetched: told, and tried again', async ({ page, context, complaints }) => {
  complaints.expect(/PrintDialog/)
  await arrive(page, { in: '2.A' })
  await context.route(/PrintDialog.*\.js/, (route) => route.abort())
  await openPrint(page)
  await expect(page.getByRole('alert')).toContainText(da.problems.connection.title)
  await context.unroute(/PrintDialog.*\.js/)
  await page.getByRole('alert').getByRole('button', { name: da.tryAgain }).click()
  await expect(page.getByRole('dialog')).toContainText(da.takeAway.what)
  await expect(page.getByRole('alert')).toHaveCount(0)
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: da.pupils.print, exact: true })).toBeFocused()
})
