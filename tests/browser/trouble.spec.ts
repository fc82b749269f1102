import { expect, test } from './support/fixtures'
import { atSchool, changesSent, setLine } from './support/tap'
import { arrive, bar, forPupil, heading, openClass, queue, row, rows, signIn } from './support/verbs'
import { fill, words } from './support/words'

const da = words.da

const LOST = /request failed: POST \/api\/pupils\/password-resets: net::ERR_FAILED/

for (const state of ['cut', 'answersLost'] as const) {
  test(`the line is ${state} at the press: uncertain first, then the truth, once`, async ({
    page,
    context,
    complaints,
  }) => {
    await arrive(page, { in: '2.A' })
    const asta = row(page, 'Asta Holm')
    complaints.expect(LOST)
    await setLine(page, { state })
    await context.setOffline(true)
    await expect(page.getByText(da.common.offline)).toBeVisible()

    await forPupil(asta, da.giveNewPassword, 'Asta Holm').click()
    await expect(asta).toContainText(da.pupils.checking)
    await expect(asta).toContainText(da.pupils.checkingWhat)
    await expect(asta).not.toContainText(da.timeLeft)

    await setLine(page, { state: 'whole' })
    await context.setOffline(false)
    await expect(asta).toContainText(/Tid tilbage 4:\d\d/)
    await expect(page.getByText(da.common.offline)).toHaveCount(0)
    await expect(asta).not.toContainText(da.pupils.checking)

    // The same request, sent again under its key; a second window would have begun anew.
    expect(await changesSent(page)).toBeGreaterThan(1)
    await page.reload()
    await expect(row(page, 'Asta Holm')).toContainText(/Tid tilbage 4:\d\d/)
  })
}

test('an approval whose answer is lost is sent again as the same one, so it is not refused as a second', async ({
  page,
  complaints,
}) => {
  complaints.expect(/request failed: POST \/api\/step-up-requests\/decisions: net::ERR_FAILED/)
  await arrive(page, { in: '2.A' })
  await setLine(page, { state: 'answersLost' })
  await forPupil(queue(page), da.approve, 'Emil Østergaard').click()
  const emil = row(page, 'Emil Østergaard')
  await expect(emil).toContainText(da.pupils.checking)
  await setLine(page, { state: 'whole' })
  await expect(page.getByText(fill(da.stepUpTexts.given, { name: 'Emil Østergaard' })).first()).toBeAttached()
  await expect(emil).toContainText('To-faktor-adgang til kl.')
  await expect(emil).not.toContainText(da.pupils.refusal.notWaiting)
  expect(await changesSent(page)).toBeGreaterThan(1)
})

test('the line is cut in the middle of a batch: every row is uncertain, then each has its truth', async ({
  page,
  complaints,
}) => {
  await arrive(page, { in: '2.A' })
  complaints.expect(LOST)
  for (const name of ['Asta Holm', 'Dicte Vestergaard', 'Bertram Lund']) {
    await page.getByRole('checkbox', { name: fill(da.pupils.select, { name }) }).check()
  }
  await bar(page).getByRole('button', { name: da.giveNewPassword }).click()
  await setLine(page, { state: 'answersLost' })
  await page.getByRole('dialog').getByRole('button', { name: da.giveNewPassword }).click()
  for (const name of ['Asta Holm', 'Dicte Vestergaard']) {
    await expect(row(page, name)).toContainText(da.pupils.checking)
  }
  await expect(page.getByText(fill(da.passwordReset.givenMany_other, { count: 2 }))).toHaveCount(0)

  await setLine(page, { state: 'whole' })
  await expect(page.getByText(fill(da.passwordReset.givenMany_other, { count: 2 })).first()).toBeVisible()
  await expect(rows(page).filter({ hasText: /Tid tilbage/ })).toHaveCount(2)
  await expect(row(page, 'Bertram Lund')).toContainText(da.pupils.blocked)
})

test('a double click while the answer is on its way does one thing', async ({ page }) => {
  await arrive(page, { in: '2.A' })
  const asta = row(page, 'Asta Holm')
  await setLine(page, { state: 'held' })
  // By the mouse itself, which presses whatever is under it, at rest or not.
  const box = await forPupil(asta, da.giveNewPassword, 'Asta Holm').boundingBox()
  const [x, y] = box ? [box.x + box.width / 2, box.y + box.height / 2] : [0, 0]
  await page.mouse.dblclick(x, y)
  await page.mouse.click(x, y)
  await expect(asta).toContainText(da.pupils.sending)
  await expect(asta).not.toContainText(da.timeLeft)
  expect(await changesSent(page)).toBe(1)

  await setLine(page, { state: 'whole' })
  await expect(asta).toContainText(/Tid tilbage/)
  await expect(forPupil(asta, da.undo, 'Asta Holm')).toBeVisible()
  expect(await changesSent(page)).toBe(1)
})

test('signed out in the middle: sign in again, and go on at the same place with the same ticks', async ({
  page,
  complaints,
}) => {
  await arrive(page, { in: '2.A', scenario: 'signedOutInTheMiddle' })
  complaints.expect(/answer 401: /)
  const ticked = ['Dicte Vestergaard', 'Emil Østergaard']
  for (const name of ticked)
    await page.getByRole('checkbox', { name: fill(da.pupils.select, { name }) }).check()

  await forPupil(page, da.giveNewPassword, 'Asta Holm').click()
  await expect(heading(page, da.session.signInTitle)).toBeVisible()
  await expect(page.getByRole('heading', { name: da.session.endedTitle })).toBeVisible()
  await expect(page.locator('html')).not.toContainText(/Asta|Dicte|Emil|Lone/)

  await signIn(page)
  await expect(heading(page, '2.A')).toBeVisible()
  await expect(bar(page)).toContainText(fill(da.pupils.selected_other, { count: 2 }))
  for (const name of ticked) {
    await expect(page.getByRole('checkbox', { name: fill(da.pupils.select, { name }) })).toBeChecked()
  }
  // What was carried out stands; what was refused is not claimed.
  await expect(row(page, 'Asta Holm')).toContainText(/Tid tilbage 4:\d\d/)
  await expect(forPupil(page, da.giveNewPassword, 'Dicte Vestergaard')).toBeVisible()
})

test('a load that fails looks like a failure, and "Prøv igen" mends it', async ({ page, complaints }) => {
  complaints.expect(/answer 500: GET \/api\/(classes|events|step-up-requests)/)
  await page.goto('/log-paa')
  await expect(heading(page, da.session.signInTitle)).toBeVisible()
  await atSchool(page, { do: 'load', scenario: 'failing' })
  await signIn(page)
  const alert = page.getByRole('alert')
  await expect(alert).toContainText(da.problems.unexpected.title)
  await expect(alert).toContainText('DEMO-0000')
  await expect(page.getByText(da.classes.noClassesTitle)).toHaveCount(0)
})

test('too fast: the row tells the wait, and the press can be made again', async ({ page, complaints }) => {
  complaints.expect(/answer 429: /)
  await arrive(page, { in: '2.A' })
  const asta = row(page, 'Asta Holm')
  await setLine(page, { state: 'refusing', status: 429, type: 'too-many-requests', retryAfterSeconds: 40 })
  await forPupil(asta, da.giveNewPassword, 'Asta Holm').click()
  await expect(asta).toContainText(fill(da.problems.tooMany.text, { wait: '40 sekunder' }))
  await expect(asta).toContainText('TEST-0001')
  await setLine(page, { state: 'whole' })
  await asta.getByRole('button', { name: da.tryAgain }).click()
  await expect(asta).toContainText(/Tid tilbage/)
})

test('the session is about to end: a warning, and one press to stay', async ({ page }) => {
  await arrive(page, { in: '2.A' })
  await atSchool(page, { do: 'advance', by: 19.2 * 60_000 })
  // Coming back to the tab, the page asks how it stands with the session.
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange', { bubbles: true })))
  const warning = page.getByRole('alertdialog', { name: da.session.warningTitle })
  await expect(warning).toContainText(/0:[1-4]\d/)
  await expect(warning.getByRole('button', { name: da.session.stay })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(warning).toHaveCount(0)
  await expect(heading(page, '2.A')).toBeVisible()
})

test('a queue: whoever waits is approved once, and who asks later appears by itself', async ({ page }) => {
  await arrive(page, { scenario: 'queueWaiting' })
  await openClass(page, '2.A')
  await expect(queue(page).getByRole('listitem')).toHaveCount(12)
  await queue(page).getByRole('button', { name: da.approveAll }).click()
  await expect(queue(page)).toHaveCount(0)
  await expect(page.getByText(fill(da.stepUpTexts.givenMany_other, { count: 12 })).first()).toBeVisible()

  // Whoever is stepped up already need not wait.
  await forPupil(page, da.endStepUp, 'Dicte Vestergaard').click()
  await expect(forPupil(page, da.stepUp, 'Dicte Vestergaard')).toBeVisible()
  await atSchool(page, { do: 'askForStepUp', username: 'dict2014' })
  await expect(queue(page)).toContainText('Dicte Vestergaard')
})
