import type { Page } from '@playwright/test'
import { expect, test } from './support/fixtures'
import { isThere, pupilAt } from './support/pupil-verbs'
import { helpableIn2A, type PupilElsewhere, pupilElsewhere } from './support/pupils-elsewhere'
import { atSchool, setLine } from './support/tap'
import { arrive, bar, forPupil, heading, openClass, queue, row, rows } from './support/verbs'
import { fill, languages, type Words, words } from './support/words'

/** The teacher in one tab and the pupil in another: the whole way from a forgotten password to what is kept private. */

const SECOND = 1_000
const MINUTE = 60 * SECOND
/** Shorter than a session of somebody who does nothing. */
const A_WHILE = 15 * MINUTE
const WHILES_IN_TWO_HOURS = 8
/** The school's clock goes on while a test looks: so long before the edge it looks last. */
const LOOK_BEFORE_EDGE = 30 * SECOND

const MESSAGE = 'Besked fra skolen'
const message = (page: Page) => page.getByRole('heading', { level: 2, name: MESSAGE })

/** What a text of one number begins with, whatever it is filled with. */
const beginning = (text: string) => text.split('{{')[0] ?? ''

const headerLink = (page: Page, texts: Words, count: number) =>
  page.getByRole('banner').getByRole('link', {
    name: fill(count === 1 ? texts.stepUpTexts.waitingLink_one : texts.stepUpTexts.waitingLink_other, {
      count,
    }),
  })

/** How long the higher level that Asta's page reads by still lasts, by the school's clock. */
const levelLeft = (page: Page) =>
  page.evaluate(async () => {
    const { levelEndsAt, serverTime } = await (await fetch('/api/pupil/session')).json()
    return Date.parse(levelEndsAt) - Date.parse(serverTime)
  })

/**
 * Two hours pass, in which everybody is there, up to a moment before the level ends; then `look`, and then the rest of
 * the two hours.
 */
async function passTwoHours(
  teacher: Page,
  pupil: Page,
  others: readonly PupilElsewhere[],
  look: () => Promise<void>,
) {
  const everybodyIsThere = () =>
    Promise.all([isThere(teacher), isThere(pupil), ...others.map((each) => each.isThere())])
  for (let whiles = 1; whiles < WHILES_IN_TWO_HOURS; whiles += 1) {
    await atSchool(teacher, { do: 'advance', by: A_WHILE })
    await everybodyIsThere()
  }
  await atSchool(teacher, { do: 'advance', by: (await levelLeft(pupil)) - LOOK_BEFORE_EDGE })
  await everybodyIsThere()
  await look()
  await atSchool(teacher, { do: 'advance', by: await levelLeft(pupil) })
}

for (const language of languages) {
  const texts = words[language]

  test(`${language}: a forgotten password, four new pictures, a message behind the teacher's yes, and two hours`, async ({
    page: teacher,
    context,
    complaints,
  }) => {
    test.slow()
    // Aula asks for the higher level.
    complaints.expect(/answer 403: GET \/api\/pupil\/services\/aula/)
    await arrive(teacher, { language })
    await forPupil(queue(teacher), texts.decline, 'Emil Østergaard').click()
    await nobodyWaits(teacher, texts)
    await openClass(teacher, '2.A')
    const asta = await context.newPage()
    const pupil = pupilAt(asta, language)
    const { t } = pupil

    await forPupil(teacher, texts.giveNewPassword, 'Asta Holm').click()
    await expect(row(teacher, 'Asta Holm')).toContainText(texts.timeLeft)

    await pupil.open()
    const pictures = await pupil.setsNewPictures('asta2011')
    const atStart = heading(asta, fill(t.start.title, { name: 'Asta' }))
    await expect(atStart).toBeVisible()
    await expect(asta.getByText(t.newPassword.saved).first()).toBeVisible()
    await expect(row(teacher, 'Asta Holm')).toContainText(beginning(texts.passwordReset.used))
    await expectNoPicturesAt(teacher, pictures)

    await pupil.press(t.signOut)
    await expect(asta.getByText(t.signedOut)).toBeVisible()
    await pupil.signInByPictures('asta2011', pictures)
    await expect(atStart).toBeVisible()

    await pupil.press(t.services.aula)
    await expect(heading(asta, t.waiting.title)).toBeVisible()
    const code = await asta.locator('.check-code-digits').innerText()
    expect(code).toMatch(/^\d\d$/)
    await expect(headerLink(teacher, texts, 1)).toBeVisible()
    await expect(teacher).toHaveTitle(/^\(1\) /)
    await headerLink(teacher, texts, 1).click()
    await expect(queue(teacher).getByRole('listitem')).toHaveText([
      new RegExp(`Asta Holm.*${fill(texts.stepUpTexts.wants, { service: 'Aula', checkCode: code })}`),
    ])

    await forPupil(queue(teacher), texts.approve, 'Asta Holm').click()
    await expect(message(asta)).toBeVisible()
    await expect(asta.getByText(beginning(t.service.until)).first()).toBeVisible()
    await nobodyWaits(teacher, texts)
    await teacher.getByRole('main').getByRole('link', { name: '2.A' }).click()
    const endStepUp = forPupil(teacher, texts.endStepUp, 'Asta Holm')
    await expect(row(teacher, 'Asta Holm')).toContainText(beginning(texts.stepUpTexts.until))
    await expect(endStepUp).toBeVisible()

    await passTwoHours(teacher, asta, [], async () => {
      await expect(row(teacher, 'Asta Holm')).toContainText(
        fill(texts.stepUpTexts.minutesLeft_one, { count: 1 }),
      )
      await expect(message(asta)).toBeVisible()
    })
    await expect(heading(asta, t.ended.over.title)).toBeVisible()
    await expect(message(asta)).toHaveCount(0)
    await expect(row(teacher, 'Asta Holm')).not.toContainText(beginning(texts.stepUpTexts.until))
    await expect(endStepUp).toHaveCount(0)
    await expect(forPupil(teacher, texts.stepUp, 'Asta Holm')).toBeVisible()
  })
}

test('a second before the two hours are over the message is there; when they are, it is not', async ({
  page: teacher,
  context,
  complaints,
}) => {
  complaints.expect(/answer 403: GET \/api\/pupil\/services\/aula/)
  await arrive(teacher, { in: '2.A' })
  const page = await context.newPage()
  const pupil = pupilAt(page, 'da')
  await pupil.open()
  await pupil.signInByPictures('asta2011', (['sun', 'cat', 'boat', 'apple'] as const).map(pupil.nameOf))
  await pupil.press(pupil.t.services.aula)
  await forPupil(teacher, words.da.stepUp, 'Asta Holm').click()
  await expect(message(page)).toBeVisible()

  await passTwoHours(teacher, page, [], async () => {
    // The command and the question in one breath: no test is quick enough between the two.
    const answered = await page.evaluate(async () => {
      const session = await (await fetch('/api/pupil/session')).json()
      const left = Date.parse(session.levelEndsAt) - Date.parse(session.serverTime)
      await window.tap?.command({ do: 'advance', by: left - 1000 })
      const answer = await fetch('/api/pupil/services/aula')
      const { levelEndsAt, serverTime } = await answer.json()
      return { status: answer.status, left: Date.parse(levelEndsAt) - Date.parse(serverTime) }
    })
    expect(answered.status).toBe(200)
    expect(answered.left).toBeGreaterThan(0)
    expect(answered.left).toBeLessThanOrEqual(1000)
  })
  await expect(heading(page, pupil.t.ended.over.title)).toBeVisible()
  expect(await page.evaluate(async () => (await fetch('/api/pupil/services/aula')).status)).toBe(403)
})

test('a whole class at once: new passwords, sign-in, Aula, one press for exactly those who are shown, and two hours', async ({
  page: teacher,
  context,
  complaints,
}) => {
  test.slow()
  complaints.expect(/answer 403: GET \/api\/pupil\/services\/aula/)
  const da = words.da
  await arrive(teacher, { in: '2.A' })
  const [asta, ...classmates] = helpableIn2A()
  expect(asta?.username).toBe('asta2011')
  const others = classmates.map(({ username }) => pupilElsewhere(teacher, username))
  const total = others.length + 1
  expect(total).toBe(26)

  await teacher.getByRole('checkbox', { name: da.selectAll, exact: true }).check()
  await bar(teacher).getByRole('button', { name: da.giveNewPassword }).click()
  await teacher.getByRole('dialog').getByRole('button', { name: da.giveNewPassword }).click()
  await expect(rows(teacher).filter({ hasText: da.timeLeft })).toHaveCount(total)

  const page = await context.newPage()
  const pupil = pupilAt(page, 'da')
  await pupil.open()
  const [pictures] = await Promise.all([
    pupil.setsNewPictures('asta2011'),
    ...others.map((each) => each.setsNewPassword()),
  ])
  await expect(heading(page, /Asta/)).toBeVisible()
  await pupil.press(pupil.t.signOut)
  await pupil.signInByPictures('asta2011', pictures)
  await expect(heading(page, /Asta/)).toBeVisible()
  await expect(rows(teacher).filter({ hasText: beginning(da.passwordReset.used) })).toHaveCount(total)

  const [codes] = await Promise.all([
    Promise.all(others.map((each) => each.asksForAula())),
    pupil.press(pupil.t.services.aula),
  ])
  await expect(heading(page, pupil.t.waiting.title)).toBeVisible()
  await headerLink(teacher, da, total).click()
  await expect(teacher).toHaveTitle(new RegExp(`^\\(${total}\\) `))
  const waiting = queue(teacher).getByRole('listitem')
  await expect(waiting).toHaveCount(total)
  for (const [place, { name }] of classmates.entries()) {
    const wants = fill(da.stepUpTexts.wants, { service: 'Aula', checkCode: codes[place] ?? '' })
    await expect(waiting.filter({ hasText: name })).toContainText(wants)
  }

  // Gustav of 4.B asks before the press, and after what the teacher sees.
  await setLine(teacher, { state: 'held' })
  const late = pupilElsewhere(teacher, 'gust4012')
  await late.signIn('sun cat boat apple')
  await late.asksForAula()
  await teacher.getByRole('button', { name: da.approveAll }).click()
  await setLine(teacher, { state: 'whole' })
  await expect(waiting).toHaveCount(1)
  await expect(waiting).toContainText('Gustav Petersen')
  await late.isRefusedAula()
  await expect(message(page)).toBeVisible()
  await Promise.all(others.map((each) => each.readsAula()))

  await teacher.getByRole('main').getByRole('link', { name: '2.A' }).click()
  const steppedUp = rows(teacher).filter({ hasText: beginning(da.stepUpTexts.until) })
  await expect(steppedUp).toHaveCount(total)
  await passTwoHours(teacher, page, others, async () => {
    await expect(message(page)).toBeVisible()
    await Promise.all(others.map((each) => each.readsAula()))
    await expect(steppedUp).toHaveCount(total)
  })
  await expect(heading(page, pupil.t.ended.over.title)).toBeVisible()
  await expect(message(page)).toHaveCount(0)
  await Promise.all(others.map((each) => each.isRefusedAula()))
  await expect(steppedUp).toHaveCount(0)
})

async function nobodyWaits(teacher: Page, texts: Words) {
  await expect(headerLink(teacher, texts, 1)).toHaveCount(0)
  await expect(teacher).not.toHaveTitle(/^\(/)
}

/** Of a pupil's password nothing is ever on the teacher's side. */
async function expectNoPicturesAt(teacher: Page, pictures: readonly string[]) {
  const text = await teacher.locator('html').innerText()
  for (const picture of pictures) expect(text).not.toMatch(new RegExp(`\\b${picture}\\b`))
}
