import { expect, test } from './support/fixtures'
import { arrive, forPupil, heading, PASSWORD, row } from './support/verbs'
import { fill, languages, leftBehindIn, words } from './support/words'

for (const language of languages) {
  test(`the demo teacher signs in and helps a pupil (${language})`, async ({ page }) => {
    const texts = words[language]
    const { common, classes, session } = texts
    const other = language === 'da' ? 'en' : 'da'
    const html = page.locator('html')
    /** Nothing on the page is in the other language. */
    const inOneLanguage = async () => {
      await expect(html).toHaveAttribute('lang', language)
      expect(await leftBehindIn(other, page)).toEqual([])
    }

    await page.goto('/')
    await expect(html).toHaveAttribute('lang', 'da')
    if (language === 'en') await page.getByRole('button', { name: 'English' }).click()
    await expect(heading(page, session.frontTitle)).toBeVisible()
    await expect(page).toHaveTitle(common.appName)
    await inOneLanguage()

    await page.getByRole('button', { name: texts.signIn, exact: true }).click()
    await expect(heading(page, session.signInTitle)).toBeVisible()
    await inOneLanguage()
    // The field to type in has the focus by itself.
    await expect(page.getByLabel(texts.username)).toBeFocused()
    await page.keyboard.type('lone4821')
    await page.getByRole('button', { name: texts.next }).click()
    await expect(page.getByLabel(texts.password)).toBeFocused()
    await inOneLanguage()
    await page.keyboard.type(PASSWORD)
    await page.getByRole('button', { name: texts.signIn, exact: true }).click()

    await expect(heading(page, texts.myClasses)).toBeVisible()
    await expect(page).toHaveTitle(`(1) ${fill(common.documentTitle, { page: texts.myClasses })}`)
    await expect(page.getByText('Lone Kjær · Birkeskolen')).toBeVisible()
    const card = page.getByRole('listitem').filter({ has: page.getByRole('link', { name: '2.A' }) })
    await expect(card).toContainText(/\d+ (elever|pupils)/)
    await expect(card).toContainText(fill(classes.waiting_one, { count: 1 }))
    await inOneLanguage()

    await card.getByRole('link').click()
    await expect(heading(page, '2.A')).toBeVisible()
    await expect(page).toHaveTitle(`(1) ${fill(common.documentTitle, { page: '2.A' })}`)
    await expect(row(page, 'Asta Holm')).toBeVisible()
    await inOneLanguage()

    const asta = row(page, 'Asta Holm')
    await expect(asta).not.toContainText('asta2011')
    await forPupil(asta, texts.showUsername, 'Asta Holm').click()
    await expect(asta.getByText('asta2011', { exact: true })).toBeVisible()
    await forPupil(asta, texts.giveNewPassword, 'Asta Holm').click()
    const countdown = asta.getByText(new RegExp(`^${texts.timeLeft} [45]:\\d\\d$`))
    await expect(countdown).toHaveText(`${texts.timeLeft} 4:59`)
    await expect(countdown).not.toHaveText(`${texts.timeLeft} 4:59`)
    await expect(asta).toContainText(texts.passwordReset.openWhat.indskoling)
    await inOneLanguage()

    await forPupil(asta, texts.undo, 'Asta Holm').click()
    await expect(forPupil(asta, texts.giveNewPassword, 'Asta Holm')).toBeVisible()
    await expect(countdown).toHaveCount(0)
    await inOneLanguage()

    // The choice of language is kept, and so are session and place.
    await page.reload()
    await expect(row(page, 'Asta Holm')).toBeVisible()
    await expect(page).toHaveTitle(`(1) ${fill(common.documentTitle, { page: '2.A' })}`)
    await inOneLanguage()
  })
}

test('the language is changed by one click in the middle of the work, both ways', async ({ page }) => {
  await arrive(page, { in: '2.A', scenario: 'busyClass' })
  const html = page.locator('html')

  await page.getByRole('button', { name: words.da.otherLanguage }).click()
  await expect(page.getByRole('columnheader', { name: words.en.username })).toBeVisible()
  await expect(html).toHaveAttribute('lang', 'en')
  expect(await leftBehindIn('da', page)).toEqual([])

  await page.reload()
  await expect(page.getByRole('columnheader', { name: words.en.username })).toBeVisible()
  await expect(html).toHaveAttribute('lang', 'en')

  await page.getByRole('button', { name: words.en.otherLanguage }).click()
  await expect(page.getByRole('columnheader', { name: words.da.username })).toBeVisible()
  await expect(html).toHaveAttribute('lang', 'da')
  expect(await leftBehindIn('en', page)).toEqual([])
})

test('the page comes under a strict Content-Security-Policy, and a violation would be heard', async ({
  page,
  complaints,
}) => {
  const answer = await page.goto('/')
  const headers = answer?.headers() ?? {}
  const policy = headers['content-security-policy'] ?? ''
  expect(policy).toContain("default-src 'none'")
  // As strict as a school's but for the frames of /demo; production.spec.ts looks at a school's.
  expect(policy).toContain("frame-ancestors 'self'")
  expect(policy).not.toMatch(/unsafe|\*|https?:|data:|blob:/)
  expect(headers['x-content-type-options']).toBe('nosniff')
  expect(headers['referrer-policy']).toBe('no-referrer')

  complaints.expect(/Content-Security-Policy: style-src-elem has stopped inline/)
  complaints.expect(/console error: Applying inline style violates/)
  const heard = page.waitForEvent('console', (message) =>
    message.text().startsWith('Content-Security-Policy:'),
  )
  await page.evaluate(() => {
    const style = document.createElement('style')
    style.textContent = 'a {}'
    document.head.append(style)
  })
  await heard
})
