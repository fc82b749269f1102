import { expect, test } from './support/fixtures'
import { expectFocusNeverLost, expectFocusSeen, keyboardOf, watchFocus } from './support/focus'
import { setLine } from './support/tap'
import { arrive, bar, forPupil, heading, PASSWORD, queue, row, rows } from './support/verbs'
import { fill, words } from './support/words'

const da = words.da
const BUDGET = 8

for (const place of ['my classes', 'another class']) {
  test(`from ${place}: find a pupil and give a new password, in at most ${BUDGET} keys besides the letters`, async ({
    page,
  }) => {
    await arrive(page, place === 'my classes' ? {} : { in: '4.B' })
    const keyboard = keyboardOf(page)

    await keyboard.press('/')
    await expect(page.getByRole('combobox', { name: da.search })).toBeFocused()
    await watchFocus(page)
    await keyboard.type('asta')
    await keyboard.press('Enter')
    await expect(page.getByRole('rowheader', { name: 'Asta Holm' })).toBeFocused()
    await expectFocusSeen(page)
    await keyboard.walkTo(forPupil(page, da.giveNewPassword, 'Asta Holm'))
    await keyboard.press('Enter')

    await expect(row(page, 'Asta Holm')).toContainText(/Tid tilbage 4:5\d/)
    expect(keyboard.count()).toBeLessThanOrEqual(BUDGET)
    // The same button now takes it back, and still has the focus.
    await expect(forPupil(page, da.undo, 'Asta Holm')).toBeFocused()
    await keyboard.press('Space')
    await expect(forPupil(page, da.giveNewPassword, 'Asta Holm')).toBeFocused()
    await expectFocusNeverLost(page)
  })
}

test('the arrow keys go from row to row on the same control, and every row is in sight when it is reached', async ({
  page,
}) => {
  await arrive(page, { in: '2.A' })
  const keyboard = keyboardOf(page)
  const names = await page.getByRole('rowheader').allTextContents()
  const [first = '', second = ''] = names
  const last = names.at(-1) ?? ''

  await keyboard.walkTo(page.getByRole('checkbox', { name: fill(da.pupils.select, { name: first }) }))
  await watchFocus(page)
  for (const name of names.slice(1)) {
    await keyboard.press('ArrowDown')
    await expect(page.getByRole('checkbox', { name: fill(da.pupils.select, { name }) })).toBeFocused()
  }
  // There is no further row, and nowhere else to go.
  await keyboard.press('ArrowDown')
  await expect(page.getByRole('checkbox', { name: fill(da.pupils.select, { name: last }) })).toBeFocused()

  await keyboard.walkTo(forPupil(page, da.showUsername, last))
  await keyboard.walkTo(forPupil(page, da.showUsername, second), 'ArrowUp')
  await expectFocusNeverLost(page)
})

test('all work by the keyboard alone: sign in, show, tick, confirm, approve, sign out; the focus is never lost', async ({
  page,
  complaints,
}) => {
  const keyboard = keyboardOf(page)
  const button = (name: string) => page.getByRole('button', { name, exact: true })

  await page.goto('/')
  await expect(heading(page, da.session.frontTitle)).toBeVisible()
  await keyboard.walkTo(button(da.signIn))
  await watchFocus(page)
  await keyboard.press('Enter')
  await expect(page.getByLabel(da.username)).toBeFocused()
  // Something is wrong first: the focus comes back to the field.
  complaints.expect(/answer 422: POST \/api\/session\/username/)
  await keyboard.type('lone')
  await keyboard.press('Enter')
  await expect(page.getByText(da.session.usernameMalformed)).toBeVisible()
  await expect(page.getByLabel(da.username)).toBeFocused()
  await keyboard.type('4821')
  await keyboard.press('Enter')
  await expect(page.getByLabel(da.password)).toBeFocused()
  await keyboard.type(PASSWORD)
  await keyboard.press('Enter')
  await expect(heading(page, da.myClasses)).toBeFocused()

  await keyboard.walkTo(page.getByRole('main').getByRole('link', { name: '2.A' }))
  await keyboard.press('Enter')
  await expect(heading(page, '2.A')).toBeFocused()

  await test.step('approve the pupil who waits: the focus goes on', async () => {
    await keyboard.walkTo(forPupil(queue(page), da.approve, 'Emil Østergaard'))
    await keyboard.press('Enter')
    await expect(queue(page)).toHaveCount(0)
    await expect(heading(page, '2.A')).toBeFocused()
    await expect(row(page, 'Emil Østergaard')).toContainText('To-faktor-adgang til kl.')
  })

  await test.step('all usernames: the question holds the focus, Escape gives it back', async () => {
    await keyboard.walkTo(button(da.showAllUsernames))
    await keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: da.pupils.revealAllTitle })
    await expect(dialog).toBeVisible()
    await expectFocusSeen(page)
    await keyboard.walkTo(dialog.getByRole('button', { name: da.common.cancel }))
    await keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(button(da.showAllUsernames)).toBeFocused()
    await keyboard.press('Enter')
    await expectFocusSeen(page)
    await keyboard.walkTo(dialog.getByRole('button', { name: da.showAllUsernames }))
    await keyboard.press('Enter')
    await expect(row(page, 'Asta Holm')).toContainText('asta2011')
    await expect(button(da.pupils.hideAll)).toBeFocused()
    await keyboard.press('Enter')
    await expect(button(da.showAllUsernames)).toBeFocused()
  })

  await test.step('a batch: tick, ask, confirm; the report has the focus', async () => {
    const tick = (name: string) => page.getByRole('checkbox', { name: fill(da.pupils.select, { name }) })
    await keyboard.walkTo(tick('Asta Holm'))
    await keyboard.press('Space')
    await keyboard.walkTo(tick('Dicte Vestergaard'), 'ArrowDown')
    await keyboard.press('Space')
    await expect(bar(page)).toContainText(fill(da.pupils.selected_other, { count: 2 }))
    await keyboard.walkTo(bar(page).getByRole('button', { name: da.giveNewPassword }))
    await keyboard.press('Enter')
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText(fill(da.passwordReset.confirmTitle_other, { count: 2 }))
    await expect(dialog.getByRole('button', { name: da.giveNewPassword })).toBeFocused()
    await keyboard.press('Enter')
    await expect(dialog).toHaveCount(0)
    await expect(page.locator(':focus')).toContainText(fill(da.passwordReset.givenMany_other, { count: 2 }))
    await expect(bar(page)).toHaveCount(0)
    await keyboard.walkTo(
      page.locator(':focus').getByRole('button', { name: da.common.dismiss }).or(button(da.common.dismiss)),
    )
    await keyboard.press('Enter')
    await expect(heading(page, '2.A')).toBeFocused()
  })

  await test.step('let go of a selection: the bar takes its button with it', async () => {
    await keyboard.walkTo(page.getByRole('checkbox', { name: da.selectAll, exact: true }))
    await keyboard.press('Space')
    await keyboard.walkTo(bar(page).getByRole('button', { name: da.pupils.clearSelection }))
    await keyboard.press('Enter')
    await expect(bar(page)).toHaveCount(0)
    await expect(heading(page, '2.A')).toBeFocused()
  })

  await test.step('sign out', async () => {
    await keyboard.walkTo(page.getByRole('banner').getByRole('button', { name: da.signOut }), 'Shift+Tab')
    await keyboard.press('Enter')
    await expect(heading(page, da.session.frontTitle)).toBeFocused()
  })
  await expectFocusNeverLost(page)
})

test('while a class is on its way, the focus is on its heading', async ({ page }) => {
  await arrive(page)
  const keyboard = keyboardOf(page)
  await keyboard.walkTo(page.getByRole('main').getByRole('link', { name: '2.A' }))
  await setLine(page, { state: 'held' })
  await page.keyboard.press('Enter')
  await expect(page.getByRole('main').getByRole('status')).toContainText(da.classes.loadingClass)
  await expect(heading(page, '2.A')).toBeFocused()
  await setLine(page, { state: 'whole' })
  await expect(rows(page).first()).toBeVisible()
  await expect(heading(page, '2.A')).toBeFocused()
})

test('the first Tab offers the way past the menu, and takes it', async ({ page }) => {
  await arrive(page, { in: '2.A' })
  await page.reload()
  await expect(rows(page).first()).toBeVisible()
  const keyboard = keyboardOf(page)
  await keyboard.press('Tab')
  await expect(page.getByRole('link', { name: da.common.skipToContent })).toBeFocused()
  await page.keyboard.press('Enter')
  await page.keyboard.press('Tab')
  await expect(page.getByRole('main').getByRole('link', { name: da.classes.backToMyClasses })).toBeFocused()
})
