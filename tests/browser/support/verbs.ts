import { expect, type Frame, type Locator, type Page } from '@playwright/test'
import type { ScenarioName } from '../../../mocks/scenarios/scenarios'
import { atSchool } from './tap'
import { fill, type Language, words } from './words'

/** What a person does and sees. Nothing here knows how the page is made, but for its names. */

export const PASSWORD = 'Elevadgang-2026'

/** A page, or one that stands in a frame of another. */
type Place = Page | Frame

export const heading = (page: Place, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

/** Types username and password; the page shows the first step of signing in. */
export async function signIn(page: Page, language: Language = 'da', username = 'lone4821'): Promise<void> {
  const { signIn: label, ...texts } = words[language]
  await page.getByLabel(texts.username).fill(username)
  await page.getByRole('button', { name: texts.next }).click()
  await page.getByLabel(texts.password).fill(PASSWORD)
  await page.getByRole('button', { name: label }).click()
}

interface Arrival {
  language?: Language
  as?: string
  scenario?: ScenarioName
  /** Where, but for my classes: the name of a class. */
  in?: string
}

/** Signs in, in a scenario, and opens a class where one is named. */
export async function arrive(
  page: Page,
  { language = 'da', as, scenario, in: name }: Arrival = {},
): Promise<void> {
  await page.goto('/log-paa')
  await expect(heading(page, /./)).toBeVisible()
  const other = page
    .getByRole('banner')
    .getByRole('button', { name: words[language === 'en' ? 'da' : 'en'].otherLanguage })
  if (await other.isVisible()) await other.click()
  if (scenario) await atSchool(page, { do: 'load', scenario })
  await signIn(page, language, as)
  await expect(heading(page, words[language].myClasses)).toBeVisible()
  if (name) await openClass(page, name)
}

interface AdministratorsArrival extends Pick<Arrival, 'language' | 'scenario'> {
  as?: 'bodi2259' | 'kent1904'
  school?: string
}

/** Signs in as user administrator, with the code from the demo phone, and comes to the school's list. */
export async function arriveAtSchool(
  page: Page,
  { language = 'da', scenario, as = 'kent1904', school = 'Birkeskolen' }: AdministratorsArrival = {},
): Promise<void> {
  const texts = words[language]
  await page.goto('/log-paa/brugeradministrator')
  await expect(heading(page, /./)).toBeVisible()
  if (language === 'en') {
    await page.getByRole('banner').getByRole('button', { name: words.da.otherLanguage }).click()
  }
  if (scenario) await atSchool(page, { do: 'load', scenario })
  await signIn(page, language, as)
  // Who has several schools picks one.
  if (as === 'bodi2259') await page.getByRole('main').getByRole('link', { name: school }).click()
  await expect(heading(page, texts.school.codeTitle)).toBeVisible()
  await giveCode(page, language)
  await atList(page, language, school)
}

/** Gives the code that the demo phone shows as the newest. */
export async function giveCode(page: Page, language: Language = 'da'): Promise<void> {
  const { school } = words[language]
  const sent = page.locator('.demo-phone-code').first()
  await expect(sent).toHaveText(/^\d{6}$/)
  await page.getByLabel(school.code, { exact: true }).fill((await sent.textContent()) ?? '')
  await page.getByRole('button', { name: school.giveCode, exact: true }).click()
}

/** Waits for the list of a school. */
export async function atList(page: Page, language: Language = 'da', school = 'Birkeskolen'): Promise<void> {
  await expect(heading(page, fill(words[language].school.schoolTitle, { school }))).toBeVisible()
  await expect(rows(page).first()).toBeVisible()
}

export async function openClass(page: Place, name: string): Promise<void> {
  await page.getByRole('main').getByRole('link', { name }).click()
  await expect(heading(page, name)).toBeVisible()
  await expect(rows(page).first()).toBeVisible()
}

/** The rows of the pupils, from the top. */
export const rows = (page: Place): Locator =>
  page
    .getByRole('table')
    .getByRole('row')
    .filter({ has: page.getByRole('rowheader') })

export const row = (page: Place, name: string): Locator =>
  rows(page).filter({ has: page.getByRole('rowheader', { name }) })

/** A control in a pupil's row, or beside the pupil in the queue, by its label. */
export const forPupil = (place: Place | Locator, label: string, name: string): Locator =>
  place.getByRole('button', { name: `${label} for ${name}`, exact: true })

export const bar = (page: Page): Locator =>
  page.getByRole('region', { name: /^(Valgte elever|Selected pupils)$/ })

export const queue = (page: Page): Locator =>
  page.getByRole('region', { name: /(venter på godkendelse|waiting for approval)$/ })

/** The tab goes behind another one: as Chromium tells a page, which under Playwright stays in sight for ever. */
export async function hideTab(page: Page): Promise<void> {
  await page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => true })
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  })
}

export async function showTab(page: Page): Promise<void> {
  await page.evaluate(() => {
    // The browser's own answers again.
    Reflect.deleteProperty(document, 'visibilityState')
    Reflect.deleteProperty(document, 'hidden')
    document.dispatchEvent(new Event('visibilitychange', { bubbles: true }))
  })
}
