import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures'
import { lookerFor } from './support/looker'
import { printed } from './support/pdf'
import { arrive, heading } from './support/verbs'
import { answerTitle, fill, languages, words } from './support/words'

const da = words.da

interface Way {
  /** What the pupil says, in the pupil's own words. */
  said: string
  pupil: string
  /** What the guide says must be done. */
  fix: keyof typeof da.help.fixes
  /** The button that does it, where it is done here. */
  button?: string
  /** What then stands on the page. */
  shows?: string | RegExp
}

const ways: readonly Way[] = [
  {
    said: 'dit brugernavn blev ikke fundet',
    pupil: 'Asta Holm',
    fix: 'showUsername',
    button: da.showUsername,
    shows: 'asta2011',
  },
  {
    said: 'jeg har glemt min adganskode',
    pupil: 'Gustav Petersen',
    fix: 'showUsername',
    button: da.showUsername,
    shows: 'gust4012',
  },
  {
    said: 'billederne virker ikke',
    pupil: 'Asta Holm',
    fix: 'showUsername',
    button: da.showUsername,
    shows: 'asta2011',
  },
  {
    said: 'tiden løb ud',
    pupil: 'Asta Holm',
    fix: 'newPassword',
    button: da.giveNewPassword,
    shows: /Tid tilbage 4:5\d|Tid tilbage 5:00/,
  },
  {
    said: 'ny elev, første gang',
    pupil: 'Dicte Vestergaard',
    fix: 'newPassword',
    button: da.giveNewPassword,
    shows: /Tid tilbage/,
  },
  {
    said: 'skal bruge to-faktor i Aula',
    pupil: 'Emil Østergaard',
    fix: 'approve',
    button: da.approve,
    shows: /To-faktor-adgang til kl\./,
  },
  {
    said: 'kan ikke åbne indholdet',
    pupil: 'Asta Holm',
    fix: 'stepUp',
    button: da.stepUp,
    shows: /To-faktor-adgang til kl\./,
  },
  { said: 'skal skifte adgangskode', pupil: 'Freja Åkjær', fix: 'useOldPassword' },
  {
    said: 'adgangen er spærret',
    pupil: 'Bertram Lund',
    fix: 'unblock',
    shows: da.pupils.blockReason.passwordKnown,
  },
  {
    said: 'domænenavn ikke tilknyttet identity provider',
    pupil: 'Carla Nguyen',
    fix: 'askLocalLogin',
  },
  { said: 'der er ingen aktører tilknyttet brugeren', pupil: 'Asta Holm', fix: 'checkSystem' },
  { said: 'denne bruger er ikke tilknyttet unilogin', pupil: 'Asta Holm', fix: 'checkSystem' },
]

const AT_MOST = 4

for (const { said, pupil, fix, button, shows } of ways) {
  test(`“${said}”, says ${pupil}: at most ${AT_MOST} clicks to the fix`, async ({ page }) => {
    await arrive(page)
    let clicks = 0
    const click = async (place: ReturnType<Page['locator']>) => {
      clicks += 1
      await place.click()
    }
    const main = page.getByRole('main')

    await click(page.getByRole('banner').getByRole('link', { name: da.common.help }))
    await page.getByRole('searchbox').fill(said)
    await click(main.getByRole('link', { name: da.help.doIt }).first())
    await page.getByLabel(da.help.guide.who).fill(pupil)
    await click(main.getByRole('button', { name: pupil }))
    await expect(heading(page, fill(da.help.guide.fixTitleFor, { name: pupil }))).toBeVisible()
    await expect(main.getByRole('heading', { name: da.help.fixes[fix].title })).toBeVisible()
    if (button) await click(main.getByRole('button', { name: `${button} for ${pupil}` }))
    if (shows) await expect(main.getByText(shows).first()).toBeVisible()
    expect(clicks).toBeLessThanOrEqual(AT_MOST)
  })
}

for (const language of languages) {
  const texts = words[language]
  const { help } = texts

  test.describe(language, () => {
    // Each goes through many states, and axe takes its time.
    test.slow()

    const open = async (page: Page, at: string, title: string) => {
      await page.goto(at)
      await expect(heading(page, /./)).toBeVisible()
      const other = page
        .getByRole('banner')
        .getByRole('button', { name: words[language === 'en' ? 'da' : 'en'].otherLanguage })
      if (await other.isVisible()) await other.click()
      await expect(heading(page, title)).toBeVisible()
    }

    test('help for everybody', async ({ page }) => {
      const look = lookerFor(page, language)
      await open(page, '/hjaelp', help.title)
      await look('overview')
      await page.getByRole('searchbox').fill('identity provider')
      await expect(
        page.getByRole('link', { name: answerTitle(language, 'identity-provider'), exact: true }),
      ).toBeVisible()
      await look('hits')
      await page.getByRole('searchbox').fill('xyzzyx')
      await look('no hits')
      await open(page, '/hjaelp/identity-provider', answerTitle(language, 'identity-provider'))
      await page.getByRole('button', { name: help.no, exact: true }).click()
      await expect(page.getByText(help.sorry)).toBeFocused()
      await look('an answer that was no help')
      await open(page, '/hjaelp/support', answerTitle(language, 'kontakt-support'))
      await look('support')
      await open(page, '/hjaelp/genveje', help.shortcuts.title)
      await look('shortcuts')
      await open(page, '/hjaelp/persondata', texts.privacy.title)
      await look('personal data')
      await open(page, '/hjaelp/tilgaengelighed', texts.accessibility.title)
      await look('accessibility statement')
      await open(page, '/hjaelp/brev', help.letter.title)
      await page.getByRole('button', { name: help.letter.print }).click()
      await expect(page.getByLabel(help.letter.institution)).toBeFocused()
      await look('letter, with errors')
    })

    test('the guide', async ({ page }) => {
      const look = lookerFor(page, language)
      await open(page, '/hjaelp/elev/forkert-adgangskode', help.guide.loginTitle)
      await look('login, signed out')
      await page.getByRole('button', { name: help.guide.otherLogin }).click()
      await look('advice, signed out')

      await arrive(page, { language, in: '2.A' })
      await page.keyboard.press('?')
      await expect(heading(page, help.title)).toBeFocused()
      await look('help for a class')
      await page.getByRole('link', { name: help.start }).click()
      await expect(heading(page, help.guide.whoTitle)).toBeFocused()
      await expect(page.getByRole('button', { name: 'Emil Østergaard' })).toBeVisible()
      await look('who')
      await page.getByRole('button', { name: 'Emil Østergaard' }).click()
      await expect(heading(page, fill(help.guide.sightTitleFor, { name: 'Emil Østergaard' }))).toBeFocused()
      await look('what')
      await page.getByRole('link', { name: help.sights['skal-bruge-to-faktor'] }).click()
      await look('approve')
      await page.getByRole('button', { name: help.guide.didNotWork }).click()
      await page.getByRole('button', { name: help.guide.didNotWork }).click()
      await expect(heading(page, help.guide.lastTitle)).toBeFocused()
      await look('nothing has helped')
      await page.getByRole('link', { name: help.guide.next }).click()
      await page.getByLabel(help.guide.who).fill('Asta')
      await page.getByRole('button', { name: 'Asta Holm' }).click()
      await page.getByRole('link', { name: help.sights['tiden-loeb-ud'] }).click()
      await page.getByRole('button', { name: `${texts.giveNewPassword} for Asta Holm` }).click()
      await expect(page.getByText(texts.timeLeft)).toBeVisible()
      await look('new password')
    })
  })
}

test('the letter has one sheet of A4 with what the support desk needs', async ({ page }) => {
  await page.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute('data-asked-to-print', '')
  })
  await page.goto('/hjaelp/brev')
  const { letter } = da.help
  await page.getByLabel(letter.institution).fill('Birkeskolen')
  await page.getByLabel(letter.number).fill('123456')
  await page.getByLabel(letter.name).fill('Ove Lind')
  await page.getByLabel(letter.username).fill('ovel1234')
  await page.getByLabel(letter.sender).fill('Kent Dahl')
  await page.getByRole('button', { name: letter.print }).click()
  await expect(page.locator('[data-asked-to-print]')).toBeAttached()
  const sheets = await printed(page)
  expect(sheets.map(({ width, height }) => [width, height])).toEqual([[210, 297]])
  for (const part of [letter.subject, '123456', 'Ove Lind', 'ovel1234', 'Kent Dahl', 'Birkeskolen']) {
    expect(sheets[0]?.text).toContain(part)
  }
})

test('help works without a connection once it is here', async ({ page, context, complaints }) => {
  complaints.allow(/failed/)
  await page.goto('/hjaelp')
  await expect(heading(page, da.help.title)).toBeVisible()
  await context.setOffline(true)
  await page.getByRole('searchbox').fill('fire billeder')
  await page
    .getByRole('main')
    .getByRole('link', { name: answerTitle('da', 'fire-billeder-virker-ikke'), exact: true })
    .click()
  await expect(heading(page, answerTitle('da', 'fire-billeder-virker-ikke'))).toBeVisible()
})
