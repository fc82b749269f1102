import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures'
import { arrive, forPupil, heading, hideTab, openClass, row, rows, showTab } from './support/verbs'
import { fill, words } from './support/words'

const da = words.da

/** Names and usernames of pupils and staff of the demo school, and the password of all staff. */
const PERSONAL =
  /asta|holm|2011|bertram|bert2012|dicte|dict2014|emil|freja|lone|kjær|4821|Elevadgang-2026|birkeskolen(?!-)/i

test.use({ permissions: ['clipboard-read', 'clipboard-write'] })

test('"Kopiér brugernavn" puts the username on the clipboard, and says so', async ({ page }) => {
  await arrive(page, { in: '2.A' })
  await page.evaluate(() => navigator.clipboard.writeText('something else'))
  await forPupil(page, da.showUsername, 'Asta Holm').click()
  await forPupil(page, da.copyUsername, 'Asta Holm').click()
  await expect(page.getByText(fill(da.pupils.copied, { name: 'Asta Holm' })).first()).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('asta2011')
})

test('what the browser refuses to copy is not claimed to be copied', async ({ page, context }) => {
  await arrive(page, { in: '2.A' })
  await context.clearPermissions()
  await page.evaluate(() => {
    navigator.clipboard.write = () =>
      Promise.reject(new DOMException('Write permission denied.', 'NotAllowedError'))
  })
  await forPupil(page, da.showUsername, 'Asta Holm').click()
  await forPupil(page, da.copyUsername, 'Asta Holm').click()
  await expect(page.getByText(da.pupils.copyFailed).first()).toBeVisible()
  await expect(page.getByText(fill(da.pupils.copied, { name: 'Asta Holm' }))).toHaveCount(0)
})

test('a username goes when the tab goes out of sight, and does not come back with it', async ({ page }) => {
  await arrive(page, { in: '2.A' })
  const asta = row(page, 'Asta Holm')
  await forPupil(asta, da.showUsername, 'Asta Holm').click()
  await expect(asta).toContainText('asta2011')

  await hideTab(page)
  await expect(asta).not.toContainText('asta2011')
  await showTab(page)
  await expect(forPupil(asta, da.showUsername, 'Asta Holm')).toBeVisible()
  expect(await page.content()).not.toContain('asta2011')
})

test('a username goes when one leaves the class, by a link, Back or the address', async ({ page }) => {
  await arrive(page, { in: '2.A' })
  const show = async () => {
    await forPupil(page, da.showUsername, 'Asta Holm').click()
    await expect(row(page, 'Asta Holm')).toContainText('asta2011')
  }
  const expectHidden = async () => {
    await expect(forPupil(page, da.showUsername, 'Asta Holm')).toBeVisible()
    expect(await page.content()).not.toContain('asta2011')
  }

  await show()
  await page.getByRole('link', { name: da.classes.backToMyClasses }).last().click()
  await expect(heading(page, da.myClasses)).toBeVisible()
  expect(await page.content()).not.toContain('asta2011')
  await openClass(page, '2.A')
  await expectHidden()

  await show()
  await page.goBack()
  await expect(heading(page, da.myClasses)).toBeVisible()
  await page.goForward()
  await expectHidden()

  await show()
  await page.goto('/findes-ikke')
  await page.goBack()
  await expectHidden()
})

test('names, usernames and passwords are in no storage, address, title, history or cookie, whatever is done', async ({
  page,
  context,
}) => {
  await arrive(page, { in: '2.A' })
  const seen: string[] = []
  page.on('framenavigated', (frame) => seen.push(frame.url()))
  const look = async () => seen.push(...(await whatIsKept(page)))

  await forPupil(page, da.showUsername, 'Asta Holm').click()
  await forPupil(page, da.copyUsername, 'Asta Holm').click()
  await forPupil(page, da.giveNewPassword, 'Asta Holm').click()
  await expect(row(page, 'Asta Holm')).toContainText(/Tid tilbage/)
  await look()
  await page.getByRole('combobox', { name: da.search }).fill('freja')
  await page.keyboard.press('Enter')
  await expect(heading(page, '4.B')).toBeVisible()
  await expect(page.getByRole('rowheader', { name: 'Freja Åkjær' })).toBeFocused()
  await look()
  await rows(page).getByRole('checkbox').first().check()
  await page.reload()
  await expect(rows(page).first()).toBeVisible()
  await look()
  await page.getByRole('button', { name: da.signOut }).click()
  await expect(heading(page, da.session.frontTitle)).toBeVisible()
  await look()

  expect(seen.filter((text) => PERSONAL.test(text))).toEqual([])
  expect(await context.cookies()).toEqual([])
  // The language says nothing about a person; the mocks' stand-in for the session cookie is gone after signing out.
  expect(await page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }))).toEqual(['language'])
})

/** All that the page leaves where others can find it. The school in IndexedDB is the mocks', as a server's would be. */
const whatIsKept = (page: Page): Promise<string[]> =>
  page.evaluate(async () => {
    const caches = await window.caches.keys()
    return [
      location.href,
      document.title,
      document.cookie,
      window.name,
      JSON.stringify(history.state),
      JSON.stringify({ ...localStorage }),
      JSON.stringify({ ...sessionStorage }),
      ...caches,
    ]
  })
