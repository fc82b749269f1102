import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures'
import { lookerFor } from './support/looker'
import { atSchool, setLine } from './support/tap'
import { arrive, bar, forPupil, heading, openClass, row, rows, signIn } from './support/verbs'
import { fill, languages, words } from './support/words'

for (const language of languages) {
  const texts = words[language]
  const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

  test.describe(language, () => {
    // Each goes through many states, and axe takes its time.
    test.slow()

    test('the ways in', async ({ page, complaints }) => {
      const look = lookerFor(page, language)
      complaints.expect(/answer 404: POST \/api\/session\/username/)
      complaints.expect(/answer 401: POST \/api\/session/)
      await page.goto('/')
      await expect(heading(page, words.da.session.frontTitle)).toBeVisible()
      if (language === 'en') await button(page, 'English').click()
      await expect(heading(page, texts.session.frontTitle)).toBeVisible()
      await look('front page')

      await page.goto('/findes-ikke')
      await expect(heading(page, texts.common.notFoundTitle)).toBeVisible()
      await look('no such page')

      await page.goto('/log-paa')
      await page.getByLabel(texts.username).fill('anna1234')
      await look('sign in')
      await button(page, texts.next).click()
      await expect(page.getByText(texts.session.usernameNotFound)).toBeVisible()
      await look('sign in, with an error')

      await page.getByLabel(texts.username).fill('omar7310')
      await button(page, texts.next).click()
      await expect(heading(page, texts.session.passwordTitle)).toBeVisible()
      await look('password')
      await page.getByLabel(texts.password).fill('wrong')
      await button(page, texts.signIn).click()
      await expect(page.getByText(texts.session.wrongPassword)).toBeVisible()
      await look('password, with an error')

      await page.getByLabel(texts.password).fill('Elevadgang-2026')
      await button(page, texts.signIn).click()
      await expect(page.getByText(texts.classes.noClassesTitle)).toBeVisible()
      await look('no classes')
    })

    test('the way to the whole school', async ({ page, complaints }) => {
      const look = lookerFor(page, language)
      complaints.expect(/answer 401: POST \/api\/session\/second-factor/)
      // Sent beside the page's code, which then knows better.
      complaints.expect(/answer 404: GET \/api\/(schools\/nowhere\/pupils|step-up-requests)/)
      await page.goto('/')
      await expect(heading(page, words.da.session.frontTitle)).toBeVisible()
      if (language === 'en') await button(page, 'English').click()
      await button(page, texts.signInAsAdministrator).click()
      await expect(heading(page, texts.signInAsAdministrator)).toBeVisible()
      await look('sign in as user administrator')
      await signIn(page, language, 'bodi2259')
      await expect(heading(page, texts.school.pickTitle)).toBeVisible()
      await look('which school')

      await page.getByRole('link', { name: 'Birkeskolen' }).click()
      await expect(heading(page, texts.school.codeTitle)).toBeVisible()
      const sent = page.locator('.demo-phone-code')
      await expect(sent).toHaveText(/^\d{6}$/)
      await look('the code')
      const code = (await sent.textContent()) ?? ''
      await page.getByLabel(texts.school.code).fill(code === '111111' ? '222222' : '111111')
      await button(page, texts.school.giveCode).click()
      await expect(page.getByText(texts.school.wrongCode)).toBeVisible()
      await look('the code, with an error')

      await page.getByLabel(texts.school.code).fill(code)
      await button(page, texts.school.giveCode).click()
      await expect(heading(page, fill(texts.school.schoolTitle, { school: 'Birkeskolen' }))).toBeVisible()
      await expect(page.getByRole('table')).toBeVisible()
      await look('the whole school')
      await page.goto('/skoler/nowhere')
      await expect(heading(page, texts.school.unknownSchoolTitle)).toBeVisible()
      await look('no such school')
    })

    test('the work', async ({ page }) => {
      const look = lookerFor(page, language)
      await arrive(page, { language, scenario: 'busyClass' })
      await look('my classes')

      const search = page.getByRole('combobox', { name: texts.search })
      await search.fill('a')
      await expect(page.getByRole('option')).toHaveCount(8)
      await look('search with hits')
      await search.fill('xyz')
      await expect(page.getByText(texts.pupils.searchNoHitsWhat).first()).toBeVisible()
      await look('search without hits')
      await search.fill('')

      await openClass(page, '2.A')
      await look('class, every status')

      await forPupil(page, texts.showUsername, 'Asta Holm').click()
      await expect(row(page, 'Asta Holm')).toContainText('asta2011')
      await page.getByRole('checkbox', { name: texts.selectAll, exact: true }).check()
      await expect(bar(page)).toBeVisible()
      await look('class, a username and the bar of the selection')

      const dialog = page.getByRole('dialog')
      await page.getByRole('checkbox', { name: fill(texts.pupils.select, { name: 'Bertram Lund' }) }).check()
      for (const label of [texts.giveNewPassword, texts.stepUp]) {
        await bar(page).getByRole('button', { name: label }).click()
        await expect(dialog).toContainText('Bertram Lund')
        await look(`question: ${label}`)
        await page.keyboard.press('Escape')
      }
      await button(page, texts.showAllUsernames).click()
      await expect(dialog).toBeVisible()
      await look(`question: ${texts.showAllUsernames}`)
      await page.keyboard.press('Escape')

      await button(page, texts.pupils.print).click()
      await dialog.getByRole('radio', { name: texts.takeAway.slips }).check()
      await look('what to print')
      await button(page, texts.takeAway.next).click()
      await look('question: slips with usernames')
      await page.keyboard.press('Escape')

      await bar(page).getByRole('button', { name: texts.giveNewPassword }).click()
      await dialog.getByRole('button', { name: texts.giveNewPassword }).click()
      await expect(rows(page).filter({ hasText: texts.timeLeft }).nth(5)).toBeVisible()
      await look('class, the report of a batch')
    })

    test('other classes', async ({ page }) => {
      const look = lookerFor(page, language)
      await arrive(page, { language, scenario: 'emptyClass' })
      for (const name of ['4.B', 'Tysk 8']) {
        await openClass(page, name)
        await look(`class ${name}`)
        await page.getByRole('main').getByRole('link', { name: texts.classes.backToMyClasses }).click()
      }
      await page.getByRole('main').getByRole('link', { name: 'Kor' }).click()
      await expect(page.getByText(texts.classes.emptyClassTitle)).toBeVisible()
      await look('a group that nobody is in')

      await button(page, texts.signOut).click()
      await expect(heading(page, texts.session.frontTitle)).toBeVisible()
      await arrive(page, { language, scenario: 'queueWaiting', in: '2.A' })
      await look('class, a queue')
    })

    test('trouble', async ({ page, complaints }) => {
      const look = lookerFor(page, language)
      complaints.expect(/answer 429: /)
      complaints.expect(/answer 404: GET/)
      complaints.expect(/answer 500: GET/)
      await arrive(page, { language, in: '2.A' })

      await setLine(page, { state: 'held' })
      await forPupil(page, texts.giveNewPassword, 'Dicte Vestergaard').click()
      await expect(row(page, 'Dicte Vestergaard')).toContainText(texts.pupils.sending)
      await look('class, on its way')
      await setLine(page, { state: 'whole' })
      await setLine(page, {
        state: 'refusing',
        status: 429,
        type: 'too-many-requests',
        retryAfterSeconds: 40,
      })
      await forPupil(page, texts.giveNewPassword, 'Asta Holm').click()
      await expect(row(page, 'Asta Holm')).toContainText('TEST-0001')
      await forPupil(page, texts.showUsername, 'Asta Holm').click()
      await look('class, refused in the row')
      await setLine(page, { state: 'whole' })

      await atSchool(page, { do: 'advance', by: 19.2 * 60_000 })
      await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
      await expect(page.getByRole('alertdialog')).toBeVisible()
      await look('the session is about to end')
      await page.keyboard.press('Enter')

      await page.goto('/klasser/birkeskolen-2b')
      await expect(heading(page, texts.classes.classNotFoundTitle)).toBeVisible()
      await look('no such class')

      await atSchool(page, { do: 'load', scenario: 'failing' })
      await page.goto('/log-paa')
      await signIn(page, language)
      await expect(page.getByRole('alert')).toContainText(texts.problems.unexpected.title)
      await look('my classes cannot be loaded')
      await page.goto('/klasser/birkeskolen-2a')
      await expect(page.getByRole('alert')).toContainText(texts.problems.unexpected.title)
      await look('the class cannot be loaded')

      await atSchool(page, { do: 'load', scenario: 'operatingTrouble' })
      await page.goto('/log-paa')
      await signIn(page, language)
      await expect(page.getByRole('status').filter({ hasText: texts.common.trouble })).toBeVisible()
      await look('operating trouble')
    })
  })
}
