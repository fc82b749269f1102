import { expect, type Page, test } from './support/fixtures'
import { lookerFor } from './support/looker'
import { pupilAt } from './support/pupil-verbs'
import { atSchool, setLine } from './support/tap'
import { arrive, forPupil, heading, queue, rows } from './support/verbs'
import { fill, languages, words } from './support/words'

/** Small fingers, px. */
const LEAST_TARGET = 44

/** As narrow as a phone that a pupil has at school, px. */
const PHONE = { width: 360, height: 740 }
const MINUTE = 60_000
const demo = { pictures: ['sun', 'cat', 'boat', 'apple'] } as const

for (const language of languages) {
  const texts = words[language]

  test.describe(`pupils, ${language}`, () => {
    // Each goes through many states, and axe takes its time.
    test.slow()

    test('the ways in', async ({ page, complaints }) => {
      complaints.expect(/answer 404: POST \/api\/pupil\/session\/username/)
      complaints.expect(/answer 401: POST \/api\/pupil\/session/)
      const look = lookerFor(page, language, LEAST_TARGET)
      const { t, press, ...pupil } = pupilAt(page, language)
      await pupil.open()
      await look('sign in')
      await press(t.next)
      await expect(page.getByText(t.error.usernameMissing)).toBeVisible()
      await look('sign in, nothing typed')
      await pupil.giveUsername('anna1234')
      await expect(page.getByText(t.error.usernameNotFound)).toBeVisible()
      await look('sign in, unknown')

      await pupil.giveUsername('carl2013')
      await expect(heading(page, fill(t.local.title, { domain: 'birkeskolen.example' }))).toBeVisible()
      await look('local login')
      await press(t.back)

      await pupil.giveUsername('asta2011')
      await expect(heading(page, t.picturesTitle)).toBeVisible()
      await look('pictures')
      const wrong = (['moon', 'dog', 'fish', 'bird'] as const).map(pupil.nameOf)
      await pupil.pick(wrong.slice(0, 3))
      await press(t.signIn)
      await expect(page.getByText(fill(t.pictures.missing_one, { count: 1 }))).toBeVisible()
      await look('pictures, one missing')
      await pupil.pick(wrong.slice(3))
      await press(t.signIn)
      await expect(page.getByText(t.error.wrongPictures)).toBeVisible()
      await look('pictures, wrong')
      await press(t.otherUsername)

      await pupil.signInByText('hann8011', 'Forkert12')
      await expect(page.getByText(t.error.wrongPassword)).toBeVisible()
      await look('password, wrong')
    })

    test('new passwords', async ({ page, context, complaints }) => {
      complaints.expect(/answer 422: POST \/api\/pupil\/new-password/)
      const teacher = page
      await arrive(teacher, { language, in: '2.A' })
      await forPupil(teacher, texts.giveNewPassword, 'Asta Holm').click()
      await expect(rows(teacher).filter({ hasText: texts.timeLeft })).toHaveCount(1)

      const pupils = await context.newPage()
      const look = lookerFor(pupils, language, LEAST_TARGET)
      const { t, press, ...pupil } = pupilAt(pupils, language)
      await pupil.open()
      await pupil.giveUsername('asta2011')
      await expect(heading(pupils, t.newPassword.picturesTitle)).toBeVisible()
      await look('new pictures, shown')
      const shown = await pupil.picturesShown()
      await press(t.newPassword.rememberedPictures)
      await expect(heading(pupils, t.newPassword.rememberPicturesTitle)).toBeVisible()
      await look('new pictures, from memory')
      await pupil.pick(shown.toReversed())
      await press(t.newPassword.done)
      await expect(pupils.getByText(t.newPassword.wrong)).toBeVisible()
      await look('new pictures, forgotten')
      await press(t.newPassword.rememberedPictures)
      await pupil.pick(shown)
      await pupils.setViewportSize(PHONE)
      await press(t.newPassword.done)
      const greeting = heading(pupils, fill(t.start.title, { name: 'Asta' }))
      await expect(greeting).toBeVisible()
      const message = pupils.locator('.toast')
      await expect(message).toHaveText(t.newPassword.saved)
      // Whoever is told that all went well also sees where that has led.
      const [said, stands] = [await message.boundingBox(), await greeting.boundingBox()]
      expect(said?.y).toBeGreaterThan((stands?.y ?? Number.NaN) + (stands?.height ?? 0))
      await press(t.signOut)
      await expect(pupils.getByText(t.signedOut)).toBeVisible()
      await look('signed out')

      // Freja has moved up, with pictures as her password still.
      await pupil.signInByPictures('frej4011', demo.pictures.map(pupil.nameOf))
      await expect(heading(pupils, t.mustChange.title)).toBeVisible()
      await look('must change')
      await press(t.mustChange.later)
      await expect(heading(pupils, fill(t.start.title, { name: 'Freja' }))).toBeVisible()
      await look('start, with a reminder')
      await press(t.mustChange.now)
      await expect(heading(pupils, t.newPassword.title)).toBeVisible()
      await look('new password in letters, shown')
      await press(t.newPassword.remembered)
      await expect(heading(pupils, t.newPassword.rememberTitle)).toBeVisible()
      await look('new password in letters, from memory')
      await press(t.newPassword.lookAgain)
      await press(t.newPassword.own)
      await expect(heading(pupils, t.newPassword.ownTitle)).toBeVisible()
      await look('own password')
      const own = pupils.getByLabel(t.newPassword.ownLabel, { exact: true })
      await own.fill('Freja')
      await expect(pupils.getByText(t.newPassword.broken.holds_name)).toBeVisible()
      await press(t.newPassword.show)
      await look('own password, broken rules')
      await own.fill('gulregnbue')
      await expect(pupils.getByText(t.newPassword.ownGood)).toBeVisible()
      await look('own password, good')
      await press(t.next)
      await expect(heading(pupils, t.newPassword.rememberTitle)).toBeVisible()
      await pupils.getByLabel(t.newPassword.ownLabel, { exact: true }).fill('gulregnbuf')
      await press(t.newPassword.done)
      await expect(pupils.getByText(t.newPassword.wrongOwn)).toBeVisible()
      await look('own password, not the same again')
    })

    test('services', async ({ page, context, complaints }) => {
      complaints.expect(/answer 403: GET \/api\/pupil\/services\/aula/)
      const teacher = page
      await arrive(teacher, { language })
      await forPupil(queue(teacher), texts.decline, 'Emil Østergaard').click()
      await expect(queue(teacher)).toHaveCount(0)

      const pupils = await context.newPage()
      const look = lookerFor(pupils, language, LEAST_TARGET)
      const { t, press, ...pupil } = pupilAt(pupils, language)
      await pupil.open()
      await pupil.signInByPictures('asta2011', demo.pictures.map(pupil.nameOf))
      await expect(heading(pupils, fill(t.start.title, { name: 'Asta' }))).toBeVisible()
      await look('start')
      await pupils.goto('/elev/aula')
      await expect(heading(pupils, t.ended.ask.title)).toBeVisible()
      await look('nobody asked yet')
      await press(t.askTeacher)
      await expect(heading(pupils, t.waiting.title)).toBeVisible()
      await look('waiting')
      await press(t.waiting.stop)
      await expect(heading(pupils, t.ended.withdrawn.title)).toBeVisible()
      await look('given up')
      await press(t.askAgain)
      await expectSameCode(teacher, pupils)
      await forPupil(queue(teacher), texts.decline, 'Asta Holm').click()
      await expect(heading(pupils, t.ended.declined.title)).toBeVisible()
      await look('declined')
      await press(t.askAgain)
      await expect(heading(pupils, t.waiting.title)).toBeVisible()
      await atSchool(pupils, { do: 'advance', by: 15 * MINUTE })
      await expect(heading(pupils, t.ended.expired.title)).toBeVisible()
      await look('nobody answered')
      await press(t.askAgain)
      await expectSameCode(teacher, pupils)
      await forPupil(queue(teacher), texts.approve, 'Asta Holm').click()
      await expect(pupils.getByText('Besked fra skolen')).toBeVisible()
      await look('service')
      await pupils.getByRole('link', { name: t.toStart }).click()
      await expect(heading(pupils, fill(t.start.title, { name: 'Asta' }))).toBeVisible()
      await look('start, with the higher level')
      await press(t.services.aula)
      await teacher.getByRole('main').getByRole('link', { name: '2.A' }).click()
      await forPupil(teacher, texts.endStepUp, 'Asta Holm').click()
      await expect(heading(pupils, t.ended.over.title)).toBeVisible()
      await look('over')

      await atSchool(pupils, { do: 'advance', by: 19.2 * MINUTE })
      await expect(pupils.getByRole('alertdialog')).toBeVisible()
      await look('are you here?')
      // Whatever it was asking for just then.
      complaints.allow(/request failed: GET \/api\//)
      await teacher.close()
      complaints.allow(/answer 401: GET \/api\/pupil/)
      await atSchool(pupils, { do: 'advance', by: MINUTE })
      await expect(pupils.getByText(t.sessionIdle)).toBeVisible()
      await look('signed out after a while')
    })

    test('trouble', async ({ page, complaints }) => {
      complaints.expect(/answer 429: POST/)
      complaints.expect(/answer 500: /)
      const look = lookerFor(page, language, LEAST_TARGET)
      const { t, press, ...pupil } = pupilAt(page, language)
      const refusing = (status: number, type: 'unexpected' | 'too-many-requests') =>
        setLine(page, { state: 'refusing', status, type, retryAfterSeconds: 40 })
      await pupil.open()
      await pupil.giveUsername('asta2011')
      await expect(heading(page, t.picturesTitle)).toBeVisible()
      await refusing(429, 'too-many-requests')
      await pupil.pick(demo.pictures.map(pupil.nameOf))
      await press(t.signIn)
      await expect(page.getByRole('alert').filter({ hasText: /40/ })).toBeVisible()
      await look('a pause')
      await setLine(page, { state: 'cut' })
      await pupil.pick(demo.pictures.map(pupil.nameOf))
      complaints.expect(/request failed: POST \/api\/pupil\/session/)
      await press(t.signIn)
      await expect(page.getByText(t.error.connection)).toBeVisible()
      await look('no connection')
      await setLine(page, { state: 'whole' })
      await pupil.pick(demo.pictures.map(pupil.nameOf))
      await press(t.signIn)
      await expect(heading(page, fill(t.start.title, { name: 'Asta' }))).toBeVisible()

      await refusing(500, 'unexpected')
      await press(t.services.pupilPlan)
      await expect(page.getByText(t.error.unexpected)).toBeVisible()
      await look('a service cannot be opened')
      await press(t.signOut)
      await expect(page.getByText(t.error.unexpected).first()).toBeVisible()
      await look('signing out did not work')
      await setLine(page, { state: 'whole' })

      await press(t.signOut)
      await expect(heading(page, t.signInTitle)).toBeVisible()
      await atSchool(page, { do: 'load', scenario: 'failing' })
      await pupil.signInByPictures('asta2011', demo.pictures.map(pupil.nameOf))
      await expect(heading(page, fill(t.start.title, { name: 'Asta' }))).toBeVisible()
      await page.goto('/elev/aula')
      await expect(page.getByText(t.error.unexpected).first()).toBeVisible()
      await look('a service cannot be loaded')
    })
  })
}

/** The teacher compares before answering: the request on the screen may be the one before. */
async function expectSameCode(teacher: Page, pupils: Page) {
  const code = pupils.locator('.check-code-digits')
  await expect(code).toHaveText(/^\d\d$/)
  await expect(queue(teacher)).toContainText(await code.innerText())
}
