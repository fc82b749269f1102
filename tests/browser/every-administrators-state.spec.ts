import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures'
import { lookerFor } from './support/looker'
import { isThere } from './support/pupil-verbs'
import { atSchool, setLine } from './support/tap'
import { arrive, arriveAtSchool, bar, forPupil, giveCode, heading, row, rows, signIn } from './support/verbs'
import { fill, languages, words } from './support/words'

/** Longer than a second factor counts as fresh, and shorter than a session of somebody who does nothing twice. */
const HALF_STALE = 16 * 60_000

for (const language of languages) {
  const texts = words[language]
  const { activity, block, policy, school, schoolPupil, takeAway } = texts
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
  const dialog = (page: Page) => page.getByRole('dialog')
  const search = (page: Page) => page.getByLabel(school.search)
  const lines = (page: Page) => page.locator('.activity-line')
  const tick = (page: Page, name: string) =>
    page.getByRole('checkbox', { name: fill(texts.pupils.select, { name }) }).check()

  async function openPupil(page: Page, name: string) {
    await search(page).fill(name)
    await expect(rows(page)).toHaveCount(1)
    await rows(page).getByRole('link', { name }).click()
    await expect(heading(page, name)).toBeVisible()
    await expect(lines(page).first().or(page.getByText(activity.emptyPupil))).toBeVisible()
  }

  async function backToList(page: Page) {
    await page.getByRole('main').getByRole('link', { name: texts.wholeSchool }).click()
    await expect(search(page)).toBeVisible()
    await search(page).fill('')
  }

  test.describe(language, () => {
    // Each goes through many states, and axe takes its time.
    test.slow()

    test('the list', async ({ page }) => {
      const look = lookerFor(page, language)
      await arriveAtSchool(page, { language, scenario: 'busyClass' })
      const chips = page.getByRole('group', { name: school.status }).getByRole('button')
      for (const status of Object.values(school.statuses)) await chips.filter({ hasText: status }).click()
      await expect(rows(page).filter({ hasText: texts.timeLeft })).toHaveCount(1)
      await look('every status')
      await button(page, school.resetFilters).click()
      await search(page).fill('xyz')
      await expect(page.getByRole('heading', { name: texts.missingPupil.title })).toBeVisible()
      await look('no hits, and why a pupil may be missing')

      await search(page).fill('')
      for (const name of ['Aksel Bisgaard', 'Aksel Møller', 'Aksel Smed']) await tick(page, name)
      await search(page).fill('2.a')
      await tick(page, 'Bertram Lund')
      await tick(page, 'Carla Nguyen')
      await expect(bar(page)).toContainText(fill(school.outOfSight_other, { count: 2 }))
      await look('a selection, partly hidden by the filters', { atEnd: true })

      await bar(page).getByRole('button', { name: texts.giveNewPassword }).click()
      await expect(dialog(page)).toContainText('Bertram Lund')
      await look(`question for many: ${texts.giveNewPassword}`)
      await dialog(page).getByRole('button', { name: texts.giveNewPassword }).click()
      await expect(page.locator('.action-report')).toContainText('Bertram Lund')
      await look('the report of a batch', { atEnd: true })
    })

    test('policies and blocks for many, and paper', async ({ page, complaints }) => {
      const look = lookerFor(page, language)
      complaints.expect(/answer 403: POST \/api\/pupils\/blocks/)
      await arriveAtSchool(page, { language })
      await search(page).fill('2.a')
      for (const name of ['Asta Holm', 'Bertram Lund', 'Carla Nguyen']) await tick(page, name)

      await bar(page).getByRole('button', { name: policy.policy }).click()
      await button(page, policy.save).click()
      await expect(dialog(page)).toContainText(policy.choiceMissing)
      await look('policy, nothing chosen')
      await dialog(page).getByRole('radio', { name: policy.udskoling }).check()
      await button(page, policy.save).click()
      await expect(dialog(page)).toContainText(policy.noteMissing)
      await look('policy, without why')
      await dialog(page).getByRole('textbox').fill('Husker ikke billeder')
      await button(page, policy.save).click()
      await expect(dialog(page)).toContainText(policy.giveNow)
      await look('policy, saved')
      await page.keyboard.press('Escape')

      await bar(page).getByRole('button', { name: block.block, exact: true }).click()
      await dialog(page).getByRole('button', { name: block.block, exact: true }).click()
      await expect(dialog(page)).toContainText(block.reasonMissing)
      await look('block, without a reason')
      await dialog(page).getByRole('radio', { name: block.own }).check()
      await dialog(page).getByRole('textbox', { name: block.ownWords }).fill('Har mistet sin tablet')
      for (let whiles = 0; whiles < 2; whiles += 1) {
        await atSchool(page, { do: 'advance', by: HALF_STALE })
        await isThere(page)
      }
      await look('block, in own words')
      await dialog(page).getByRole('button', { name: block.block, exact: true }).click()
      await expect(dialog(page)).toContainText(schoolPupil.codeAgain)
      await look('block, the code again')
      await page.keyboard.press('Escape')

      await search(page).fill('bertram')
      await tick(page, 'Bertram Lund')
      await bar(page).getByRole('button', { name: block.unblock }).click()
      await look('unblock')
      await page.keyboard.press('Escape')

      await button(page, texts.pupils.print).click()
      await dialog(page).getByRole('radio', { name: takeAway.slips }).check()
      await look('what to print')
      await button(page, takeAway.next).click()
      await look('question: slips with usernames')
    })

    test('one pupil', async ({ page, complaints }) => {
      const look = lookerFor(page, language)
      complaints.expect(/answer 404: GET \/api\/schools\/birkeskolen\/pupils\/nobody/)
      complaints.allow(/answer 404: GET \/api\/activity/)
      await arriveAtSchool(page, { language })
      for (const [name, state] of [
        ['Asta Holm', 'ordinary'],
        ['Bertram Lund', 'blocked'],
        ['Carla Nguyen', 'local login'],
        ['Dicte Vestergaard', 'never signed in'],
        ['Emil Østergaard', 'waiting'],
        ['Gustav Petersen', 'another policy'],
        ['Elev 31', 'protected'],
      ] as const) {
        await openPupil(page, name)
        if (name === 'Asta Holm') {
          await forPupil(page, texts.giveNewPassword, name).click()
          await expect(page.getByRole('main')).toContainText(texts.timeLeft)
          await forPupil(page, texts.showUsername, name).click()
          await expect(page.getByText('asta2011')).toBeVisible()
        }
        await look(`one pupil, ${state}`)
        await backToList(page)
      }
      await page.goto('/skoler/birkeskolen/elever/nobody')
      await expect(heading(page, schoolPupil.notFoundTitle)).toBeVisible()
      await look('no such pupil')
    })

    test('activity', async ({ page, complaints }) => {
      const look = lookerFor(page, language)
      complaints.expect(/answer 500: GET \/api\/activity/)
      await arriveAtSchool(page, { language })
      await row(page, 'Aksel Bisgaard').getByRole('checkbox').check()
      await row(page, 'Aksel Møller').getByRole('checkbox').check()
      await bar(page).getByRole('button', { name: texts.stepUp }).click()
      await dialog(page).getByRole('button', { name: texts.stepUp }).click()
      await expect(page.locator('.action-report')).toBeVisible()

      await page.getByRole('banner').getByRole('link', { name: activity.title }).click()
      await expect(lines(page).nth(2)).toBeVisible()
      await lines(page).getByRole('group').first().locator('summary').click()
      await look('a school’s activity')
      await page.getByRole('combobox', { name: activity.whom }).fill('aksel')
      await expect(page.getByRole('option').first()).toBeVisible()
      await look('a school’s activity, looking for a pupil')
      await page.getByRole('option').first().click()
      await expect(button(page, activity.allPupils)).toBeVisible()
      await look('a school’s activity, of one pupil')
      await page.getByLabel(activity.outcome).selectOption(activity.outcomeRefused)
      await expect(page.getByText(activity.noHitsTitle)).toBeVisible()
      await look('a school’s activity, nothing to show')

      await setLine(page, { state: 'refusing', status: 500, type: 'unexpected' })
      await button(page, activity.clear).click()
      await expect(page.getByRole('alert')).toContainText(texts.problems.unexpected.title)
      await look('a school’s activity, failing')
      await setLine(page, { state: 'whole' })

      await button(page, texts.signOut).click()
      await expect(heading(page, texts.session.frontTitle)).toBeVisible()
      await arrive(page, { language })
      await page.getByRole('banner').getByRole('link', { name: activity.title }).click()
      await expect(lines(page).first()).toBeVisible()
      await look('a teacher’s activity')
    })

    test('trouble', async ({ page, complaints }) => {
      const look = lookerFor(page, language)
      complaints.expect(/answer 500: (GET|POST)/)
      complaints.expect(/answer 429: POST/)
      await arriveAtSchool(page, { language })
      await setLine(page, {
        state: 'refusing',
        status: 429,
        type: 'too-many-requests',
        retryAfterSeconds: 40,
      })
      await forPupil(page, texts.giveNewPassword, 'Aksel Møller').click()
      await expect(row(page, 'Aksel Møller')).toContainText('TEST-0001')
      await look('refused in the row')
      await setLine(page, { state: 'refusing', status: 500, type: 'unexpected' })
      await button(page, takeAway.export.label).click()
      await expect(page.getByRole('alert').filter({ hasText: texts.problems.unexpected.title })).toBeVisible()
      await look('the file could not be had')
      await setLine(page, { state: 'whole' })

      await page.getByRole('checkbox', { name: /572/ }).check()
      await bar(page).getByRole('button', { name: texts.stepUp }).click()
      await setLine(page, { state: 'held' })
      await dialog(page).getByRole('button', { name: texts.stepUp }).click()
      await expect(page.getByRole('progressbar')).toBeVisible()
      await look('a batch on its way')
      await setLine(page, { state: 'refusing', status: 500, type: 'unexpected' })
      await setLine(page, { state: 'whole' })
      await expect(page.getByRole('progressbar')).toHaveCount(0)

      await atSchool(page, { do: 'load', scenario: 'failing' })
      await page.goto('/log-paa/brugeradministrator')
      await signIn(page, language, 'kent1904')
      await giveCode(page, language)
      await expect(page.getByRole('alert')).toContainText(texts.problems.unexpected.title)
      await look('the list cannot be loaded')
    })
  })
}
