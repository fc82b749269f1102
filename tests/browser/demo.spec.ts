import type { Frame, Page } from '@playwright/test'
import { axeFindings } from './support/axe'
import { expect, test } from './support/fixtures'
import { faultsOf, stillness } from './support/looks'
import { forPupil, heading, openClass, row } from './support/verbs'
import { fill, type Language, languages, words } from './support/words'

const da = words.da
const { both, tour: tourWords } = da.demo

type Side = 'teacher' | 'pupil'

const frameOf = (page: Page, side: Side, language: Language = 'da') =>
  page.getByTitle(words[language].demo.both.screens[side])

/** What is on the teacher's screen, or the pupil's. */
async function screen(page: Page, side: Side, language: Language = 'da'): Promise<Frame> {
  const element = await frameOf(page, side, language).elementHandle()
  const frame = await element?.contentFrame()
  if (!frame) throw new Error(`there is no screen of the ${side}`)
  return frame
}
const tour = (page: Page) => page.getByRole('region', { name: tourWords.title })
const clock = (page: Page) => page.getByRole('region', { name: da.demo.clock })
const speed = (page: Page, times: number) =>
  clock(page).getByRole('button', { name: fill(da.demo.times, { speed: times }), exact: true })

async function expectStep(page: Page, number: number, name: keyof typeof tourWords.steps) {
  await expect(tour(page)).toContainText(fill(tourWords.progress, { number, count: 7 }))
  await expect(tour(page).getByRole('status')).toContainText(tourWords.steps[name].why)
}

/** Opens both sides, with the teacher in 2.A. */
async function openDemo(page: Page) {
  await page.goto('/demo')
  await page.getByRole('button', { name: both.signInForMe }).click()
  const teacher = await screen(page, 'teacher')
  await openClass(teacher, '2.A')
  return { teacher, pupil: await screen(page, 'pupil') }
}

test('the tour is followed from its beginning to its end, each side on its own screen', async ({
  page,
  complaints,
}) => {
  // Aula says no until somebody has said yes, and again when the time is over.
  complaints.expect(/answer 403: GET \/api\/pupil\/services\/aula/)
  await page.goto('/')
  await page.getByRole('link', { name: both.title }).click()
  await expect(page).toHaveTitle(both.documentTitle)
  await expect(heading(page, both.title)).toBeVisible()
  const [teacher, pupil] = [await screen(page, 'teacher'), await screen(page, 'pupil')]
  await expect(heading(teacher, da.session.frontTitle)).toBeVisible()
  await expect(heading(pupil, da.pupilPages.signInTitle)).toBeVisible()
  // It would lead into itself.
  await expect(teacher.getByRole('link', { name: both.title })).toHaveCount(0)

  await expectStep(page, 1, 'signIn')
  await expect(tour(page)).toContainText('lone4821')
  await expect(tour(page)).toContainText('Elevadgang-2026')
  await teacher.getByRole('button', { name: da.signIn, exact: true }).click()
  await teacher.getByLabel(da.username).fill('lone4821')
  await teacher.getByRole('button', { name: da.next }).click()
  await teacher.getByLabel(da.password).fill('Elevadgang-2026')
  await teacher.getByRole('button', { name: da.signIn }).click()

  await expectStep(page, 2, 'revealUsername')
  await openClass(teacher, '2.A')
  await forPupil(teacher, da.showUsername, 'Asta Holm').click()
  await expect(row(teacher, 'Asta Holm')).toContainText('asta2011')

  await expectStep(page, 3, 'giveNewPassword')
  await forPupil(teacher, da.giveNewPassword, 'Asta Holm').click()

  await expectStep(page, 4, 'useWindow')
  await pupil.getByLabel(da.username).fill('asta2011')
  await pupil.getByRole('button', { name: da.next }).click()

  await expectStep(page, 5, 'setPassword')
  await expect(pupil.locator('.picture-name')).toHaveCount(4)
  const names = await pupil.locator('.picture-name').allInnerTexts()
  await pupil.getByRole('button', { name: da.pupilPages.newPassword.rememberedPictures }).click()
  for (const name of names) await pupil.getByRole('button', { name, exact: true }).click()
  await pupil.getByRole('button', { name: da.pupilPages.newPassword.done }).click()

  await expectStep(page, 6, 'askForStepUp')
  await pupil.getByRole('button', { name: da.pupilPages.services.aula }).click()

  await expectStep(page, 7, 'approve')
  await forPupil(teacher, da.approve, 'Asta Holm').click()
  await expect(tour(page)).toContainText(tourWords.over.what)
  await expect(pupil.getByText(/Adgangen er åben|til kl\./).first()).toBeVisible()

  // What the tour says last: the two hours pass, on both screens.
  await clock(page).getByRole('button', { name: '+2 t.' }).click()
  await expect(heading(pupil, da.pupilPages.ended.over.title)).toBeVisible()
  await expect(forPupil(teacher, da.stepUp, 'Asta Holm')).toBeVisible()
})

test('a step-up ends on the teacher’s screen when the clock is moved two hours, and nobody is signed out', async ({
  page,
}) => {
  const { teacher } = await openDemo(page)
  await forPupil(teacher, da.stepUp, 'Asta Holm').click()
  await expect(row(teacher, 'Asta Holm')).toContainText(/2:00 timer/)
  await clock(page).getByRole('button', { name: '+5 min.' }).click()
  await expect(row(teacher, 'Asta Holm')).toContainText(/1:55 timer/)
  await clock(page).getByRole('button', { name: '+2 t.' }).click()
  await expect(forPupil(teacher, da.stepUp, 'Asta Holm')).toBeVisible()
  await expect(teacher.getByRole('alertdialog')).toHaveCount(0)
  await expect(heading(teacher, '2.A')).toBeVisible()
})

test('the five minutes pass in five seconds where the clock runs fast, and not at all where it stands still', async ({
  page,
}) => {
  const { teacher } = await openDemo(page)
  const asta = row(teacher, 'Asta Holm')
  await clock(page).getByRole('button', { name: da.demo.pause }).click()
  await expect(clock(page).getByRole('button', { name: da.demo.pause })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await forPupil(teacher, da.giveNewPassword, 'Asta Holm').click()
  await expect(asta).toContainText(`${da.timeLeft} 5:00`)
  // The school tells the pages to look every second.
  for (let looks = 0; looks < 2; looks += 1) await page.waitForResponse(/\/api\/classes\/birkeskolen-2a/)
  await expect(asta).toContainText(`${da.timeLeft} 5:00`)
  await speed(page, 60).click()
  await expect(asta).toContainText(/Tid tilbage [1-3]:/)
  await expect(asta).toContainText(da.passwordReset.expiredWhat, { timeout: 10_000 })
  await speed(page, 1).click()
  await expect(heading(teacher, '2.A')).toBeVisible()
})

test('a user administrator gets in with the code that the phone beside the screens shows', async ({
  page,
}) => {
  await page.goto('/demo')
  const teacher = await screen(page, 'teacher')
  await teacher.getByRole('button', { name: da.signInAsAdministrator }).click()
  await teacher.getByLabel(da.username).fill('kent1904')
  await teacher.getByRole('button', { name: da.next }).click()
  await teacher.getByLabel(da.password).fill('Elevadgang-2026')
  await teacher.getByRole('button', { name: da.signIn, exact: true }).click()

  const phone = page.getByRole('region', { name: da.demo.demoPhone })
  await expect(phone).toContainText(/\d{6}/)
  const [code = ''] = /\d{6}/.exec(await phone.innerText()) ?? []
  await teacher.getByLabel(da.school.code).fill(code)
  await teacher.getByRole('button', { name: da.school.giveCode }).click()
  await expect(teacher.getByRole('table')).toBeVisible()
})

test('the tour is gone through by hand, skipped and begun anew, by keyboard', async ({ page }) => {
  await page.goto('/demo')
  const next = tour(page).getByRole('button', { name: tourWords.next })
  await next.focus()
  await page.keyboard.press('Enter')
  await expectStep(page, 2, 'revealUsername')
  await expect(next).toBeFocused()
  await page.keyboard.press('Tab')
  await expect(tour(page).getByRole('button', { name: tourWords.skip })).toBeFocused()
  await page.keyboard.press('Enter')
  const start = tour(page).getByRole('button', { name: tourWords.start })
  await expect(start).toBeFocused()
  await expect(tour(page)).toContainText(
    fill(both.account, { username: 'lone4821', password: 'Elevadgang-2026' }),
  )
  await page.keyboard.press('Enter')
  await expectStep(page, 1, 'signIn')
  await expect(next).toBeFocused()
})

test('the screens open without taking the focus', async ({ page }) => {
  // Each page tells that something in it has had the focus; a page that opens anew tells nothing yet.
  await page.addInitScript(() =>
    addEventListener('focusin', () => document.documentElement.setAttribute('data-had-focus', '')),
  )
  await page.goto('/demo')
  const pupil = (await screen(page, 'pupil')).locator('html')
  await expect(pupil).toHaveAttribute('data-had-focus')
  await expect.poll(() => page.evaluate(() => document.activeElement?.localName)).toBe('body')

  const reset = page.getByRole('button', { name: both.reset })
  await reset.focus()
  await pupil.evaluate((html) => {
    html.setAttribute('data-old', '')
  })
  await page.keyboard.press('Enter')
  await expect(pupil).not.toHaveAttribute('data-old')
  await expect(pupil).toHaveAttribute('data-had-focus')
  await expect(page.getByText(both.resetDone)).toBeAttached()
  await expect(reset).toBeFocused()
})

test('beginning anew signs everybody out, puts the clock right and the tour at its beginning', async ({
  page,
  complaints,
}) => {
  // The clock runs, so the page looks every second, and may do so just when nobody is signed in any more.
  complaints.allow(/answer 401: GET \/api\//)
  const { teacher } = await openDemo(page)
  await forPupil(teacher, da.stepUp, 'Asta Holm').click()
  await expect(forPupil(teacher, da.endStepUp, 'Asta Holm')).toBeVisible()
  await speed(page, 10).click()
  await page.getByRole('button', { name: both.reset }).click()
  await expect(heading(teacher, da.session.frontTitle)).toBeVisible()
  await expectStep(page, 1, 'signIn')
  await expect(speed(page, 1)).toHaveAttribute('aria-pressed', 'true')
  await page.getByRole('button', { name: both.signInForMe }).click()
  await openClass(teacher, '2.A')
  await expect(forPupil(teacher, da.stepUp, 'Asta Holm')).toBeVisible()
})

test('where tabs cannot share a worker, the two screens share the school all the same', async ({
  page,
  complaints,
}) => {
  // The API's schemas ask whether they may, and go on without where they may not.
  complaints.expect(/Content-Security-Policy: script-src has stopped eval/)
  await page.addInitScript(() => Reflect.deleteProperty(window, 'SharedWorker'))
  const { teacher, pupil } = await openDemo(page)
  await forPupil(teacher, da.giveNewPassword, 'Asta Holm').click()
  await expect(row(teacher, 'Asta Holm')).toContainText(da.timeLeft)
  await pupil.getByLabel(da.username).fill('asta2011')
  await pupil.getByRole('button', { name: da.next }).click()
  await expect(heading(pupil, da.pupilPages.newPassword.picturesTitle)).toBeVisible()
  await clock(page).getByRole('button', { name: '+5 min.' }).click()
  await expect(row(teacher, 'Asta Holm')).not.toContainText(da.timeLeft)
})

test('a narrow window has one screen at a time', async ({ page }) => {
  await page.setViewportSize({ width: 360, height: 740 })
  const { teacher, pupil } = await openDemo(page)
  await expect(frameOf(page, 'pupil')).toBeHidden()
  const toPupil = page.getByRole('button', { name: both.pupil })
  await forPupil(teacher, da.showUsername, 'Asta Holm').click()
  await forPupil(teacher, da.giveNewPassword, 'Asta Holm').click()
  await expect(toPupil).toHaveAccessibleName(new RegExp(tourWords.isHere))
  await toPupil.click()
  await expect(frameOf(page, 'teacher')).toBeHidden()
  await pupil.getByLabel(da.username).fill('asta2011')
  await pupil.getByRole('button', { name: da.next }).click()
  await expectStep(page, 5, 'setPassword')
})

test('only pages of the demo itself may frame it', async ({ page }) => {
  const answer = await page.goto('/demo')
  expect(answer?.headers()).toMatchObject({
    'x-frame-options': 'SAMEORIGIN',
    'content-security-policy': expect.stringContaining("frame-ancestors 'self'; frame-src 'self'"),
  })
})

for (const language of languages) {
  test(`axe and the layout find nothing, at any step and width (${language})`, async ({ page }) => {
    const texts = words[language].demo
    await page.goto('/demo')
    await expect((await screen(page, 'teacher')).getByRole('heading', { level: 1 })).toBeVisible()
    if (language === 'en') await page.getByRole('banner').getByRole('button', { name: 'English' }).click()
    await expect(page.locator('html')).toHaveAttribute('lang', language)
    await expect(
      heading(await screen(page, 'teacher', language), words[language].session.frontTitle),
    ).toBeVisible()
    const look = async (state: string) => {
      for (const width of [1920, 1280, 360, 320]) {
        await page.setViewportSize({ width, height: 740 })
        await stillness(page)
        expect.soft(await axeFindings(page), `${state} at ${width}`).toEqual([])
        expect.soft(await faultsOf(page), `${state} at ${width}`).toEqual([])
      }
    }
    await look('begun')
    for (let step = 1; step <= 7; step += 1) await page.getByRole('button', { name: texts.tour.next }).click()
    await expect(page.getByText(texts.tour.over.what)).toBeVisible()
    await look('over')
  })
}
