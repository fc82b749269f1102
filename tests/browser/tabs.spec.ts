import type { BrowserContext, Page } from '@playwright/test'
import { expect, test } from './support/fixtures'
import { arrive, forPupil, heading, hideTab, openClass, row, rows, showTab, signIn } from './support/verbs'
import { fill, words } from './support/words'

const da = words.da

/** The lists are asked for again every 10 seconds. */
const NEXT_LOOK = { timeout: 12_000 }

async function anotherTab(context: BrowserContext, like: Page): Promise<Page> {
  const tab = await context.newPage()
  await tab.goto(like.url())
  await expect(rows(tab).first()).toBeVisible()
  return tab
}

/** What is told by nobody but Lone's page of 2.A. */
async function expectNothingOfLone(tab: Page) {
  await expect(tab.locator('html')).not.toContainText(/Lone Kjær|Asta Holm|asta2011|Freja Åkjær/)
}

test('two tabs show one school, and the session outlives a reload', async ({ page, context }) => {
  await arrive(page, { in: '2.A' })
  const second = await anotherTab(context, page)
  await expect(second.getByText('Lone Kjær · Birkeskolen')).toBeVisible()

  await forPupil(page, da.giveNewPassword, 'Asta Holm').click()
  await expect(row(page, 'Asta Holm')).toContainText(/Tid tilbage 4:5\d/)
  await expect(row(second, 'Asta Holm')).toContainText(/Tid tilbage 4:\d\d/, NEXT_LOOK)

  await second.reload()
  await expect(row(second, 'Asta Holm')).toContainText(/Tid tilbage 4:\d\d/)
  await forPupil(second, da.undo, 'Asta Holm').click()
  await expect(forPupil(second, da.giveNewPassword, 'Asta Holm')).toBeVisible()
})

test('who comes back to a tab sees how things stand, without waiting for the next look', async ({
  page,
  context,
}) => {
  await arrive(page, { in: '2.A' })
  const second = await anotherTab(context, page)
  await forPupil(second, da.giveNewPassword, 'Asta Holm').click()
  await expect(row(second, 'Asta Holm')).toContainText(/Tid tilbage/)

  await expect(async () => {
    // An answer of the last second counts as fresh.
    await hideTab(page)
    await showTab(page)
    await expect(row(page, 'Asta Holm')).toContainText(/Tid tilbage/, { timeout: 500 })
  }).toPass({ timeout: 5_000 })
})

test('a session outlives the reload of the only tab, with what was done in it', async ({ page }) => {
  await arrive(page, { in: '2.A' })
  await forPupil(page, da.giveNewPassword, 'Asta Holm').click()
  await expect(row(page, 'Asta Holm')).toContainText(/Tid tilbage/)
  await page.reload()
  await expect(row(page, 'Asta Holm')).toContainText(/Tid tilbage 4:\d\d/)
})

test('signing out in one tab takes everything off the other at once', async ({ page, context }) => {
  await arrive(page, { in: '2.A' })
  const second = await anotherTab(context, page)
  await forPupil(page, da.showUsername, 'Asta Holm').click()
  await expect(row(page, 'Asta Holm')).toContainText('asta2011')

  await second.getByRole('button', { name: da.signOut }).click()
  await expect(heading(second, da.session.frontTitle)).toBeVisible()
  await expect(heading(page, da.session.signInTitle)).toBeVisible()
  await expectNothingOfLone(page)
  await page.goBack()
  await expect(heading(page, da.session.signInTitle)).toBeVisible()
  await expectNothingOfLone(page)
})

test('another person in the second tab never mixes into the first', async ({ page, context, complaints }) => {
  await arrive(page, { in: '2.A' })
  const second = await anotherTab(context, page)
  await forPupil(page, da.showUsername, 'Asta Holm').click()
  await expect(row(page, 'Asta Holm')).toContainText('asta2011')

  await second.getByRole('button', { name: da.signOut }).click()
  await second.getByRole('button', { name: da.signIn, exact: true }).click()
  await signIn(second, 'da', 'bodi2259')
  await expect(second.getByText('Bodil Friis · Birkeskolen')).toBeVisible()
  await openClass(second, '7.A')
  await expectNothingOfLone(second)
  await expectNothingOfLone(page)

  // Wherever the first tab goes now, it is Bodil's.
  complaints.expect(/answer 404: GET \/api\/classes\/birkeskolen-2a/)
  await page.goto('/klasser/birkeskolen-2a')
  await expect(heading(page, da.classes.classNotFoundTitle)).toBeVisible()
  await expectNothingOfLone(page)
})

test('a press made for one person is never carried out for the next, though both teach the class', async ({
  page,
  context,
  complaints,
}) => {
  // A tab whose stream is held up on the way does not hear from it either.
  await page.addInitScript(() => {
    const send = window.fetch
    window.fetch = (input, init) => {
      const url = input instanceof Request ? input.url : String(input)
      return url.endsWith('/api/events') ? new Promise(() => {}) : send(input, init)
    }
  })
  await arrive(page, { in: '2.A' })
  const second = await context.newPage()
  await second.goto('/')
  await expect(heading(second, da.myClasses)).toBeVisible()
  // Mads signs in without a word to the other tab, as where tabs cannot tell each other.
  await second.evaluate(async (username) => {
    const body = JSON.stringify({ username, password: 'Elevadgang-2026' })
    await fetch('/api/session', { method: 'POST', headers: { 'Content-Type': 'application/json' }, body })
  }, 'mads5512')

  complaints.expect(/answer 409: POST \/api\/pupils\/password-resets/)
  // The second tab's own stream ended with the session, and asks once more in the name of Lone.
  complaints.allow(/answer 409: GET \/api\/events/)
  await forPupil(page, da.giveNewPassword, 'Asta Holm').click()
  await expect(page.getByText('Mads Bro · Birkeskolen')).toBeVisible()
  await expect(page.getByText(fill(da.session.changed, { name: 'Mads Bro' })).first()).toBeVisible()
  await expect(heading(page, da.myClasses)).toBeVisible()
  await expect(page.locator('html')).not.toContainText('Lone Kjær')
  await openClass(page, '2.A')
  await expect(forPupil(page, da.giveNewPassword, 'Asta Holm')).toBeVisible()
})
