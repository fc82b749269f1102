import { expect, type Page } from '@playwright/test'
import type { PictureId } from '../../../server/passwords/pictures'
import { heading } from './verbs'
import { type Language, words } from './words'

/** What a pupil does on the pages at /elev. */
export function pupilAt(page: Page, language: Language) {
  const t = words[language].pupilPages
  const press = (name: string) => page.getByRole('button', { name, exact: true }).click()

  async function open() {
    await page.goto('/elev')
    await expect(heading(page, /./)).toBeVisible()
    const other = page
      .getByRole('banner')
      .getByRole('button', { name: words[language === 'en' ? 'da' : 'en'].otherLanguage })
    if (await other.isVisible()) await other.click()
    await expect(heading(page, t.signInTitle)).toBeVisible()
  }

  async function giveUsername(username: string) {
    await page.getByLabel(t.username, { exact: true }).fill(username)
    await press(t.next)
  }

  /** The names of the pictures that are to be remembered, as a child reads them. */
  const picturesShown = () =>
    page.getByRole('list', { name: t.pictures.chosen }).locator('.picture-name').allInnerTexts()

  async function pick(pictures: readonly string[]) {
    const grid = page.getByRole('group', { name: t.pictures.grid })
    for (const name of pictures) await grid.getByRole('button', { name, exact: true }).click()
  }

  return {
    t,
    press,
    open,
    giveUsername,
    picturesShown,
    pick,
    nameOf: (id: PictureId) => t.pictures.name[id],
    async signInByPictures(username: string, pictures: readonly string[]) {
      await giveUsername(username)
      await expect(heading(page, t.picturesTitle)).toBeVisible()
      await pick(pictures)
      await press(t.signIn)
    },
    async signInByText(username: string, password: string) {
      await giveUsername(username)
      await page.getByLabel(t.password, { exact: true }).fill(password)
      await press(t.signIn)
    },
    /** Signs in with the username alone, remembers four pictures and gives them back. */
    async setsNewPictures(username: string): Promise<string[]> {
      await giveUsername(username)
      await expect(heading(page, t.newPassword.picturesTitle)).toBeVisible()
      const pictures = await picturesShown()
      expect(pictures).toHaveLength(4)
      await press(t.newPassword.rememberedPictures)
      await expect(heading(page, t.newPassword.rememberPicturesTitle)).toBeVisible()
      await pick(pictures)
      await press(t.newPassword.done)
      return pictures
    },
  }
}

/** Somebody at this page does something, so that the session goes on from here. */
export async function isThere(page: Page): Promise<void> {
  let told = 0
  const count = (response: { url(): string; ok(): boolean }) => {
    if (response.url().endsWith('/session/keep-alive') && response.ok()) told += 1
  }
  page.on('response', count)
  // The page must have heard first that time has passed.
  await expect
    .poll(async () => {
      await page.keyboard.press('Shift')
      return told
    }, 'told that somebody is there')
    .toBeGreaterThan(0)
  page.off('response', count)
}
