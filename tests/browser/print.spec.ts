import { expect, test } from './support/fixtures'
import { arrive, forPupil, row } from './support/verbs'
import { words } from './support/words'

const da = words.da

test('a class on paper: names and statuses, none of the controls, and no username that is hidden', async ({
  page,
}) => {
  await arrive(page, { in: '2.A', scenario: 'busyClass' })
  const names = await page.getByRole('rowheader').allTextContents()
  const statuses = [
    da.pupils.blocked,
    da.pupils.localLogin,
    da.pupils.neverSignedIn,
    da.timeLeft,
    da.waiting,
    'Ny adgangskode sat kl.',
    'Tiden løb ud kl.',
    'To-faktor-adgang til kl.',
  ]

  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('heading', { level: 1, name: '2.A' })).toBeVisible()
  for (const name of names) await expect(page.getByRole('rowheader', { name })).toBeVisible()
  for (const status of statuses) await expect(page.getByRole('cell').getByText(status).first()).toBeVisible()
  for (const control of ['button', 'checkbox', 'combobox', 'navigation', 'contentinfo'] as const) {
    await expect(page.getByRole(control)).toHaveCount(0)
  }
  // A state is printed, though on the screen it leads to its answer.
  for (const state of await page.getByRole('link').allTextContents()) {
    expect(statuses.filter((status) => state.includes(status))).toHaveLength(1)
  }
  await expect(page.getByRole('columnheader')).toHaveText([da.pupils.pupil, da.username, da.pupils.status])

  const paper = await page.pdf({ format: 'A4' })
  const sheets = paper.toString('latin1').match(/\/Type\s*\/Page\b/g) ?? []
  expect(sheets).toHaveLength(2)
  expect(paper.length).toBeGreaterThan(10_000)
})

test('a username that is shown is printed with its pupil', async ({ page }) => {
  await arrive(page, { in: '2.A' })
  await forPupil(page, da.showUsername, 'Asta Holm').click()
  await page.emulateMedia({ media: 'print' })
  await expect(row(page, 'Asta Holm').getByText('asta2011')).toBeVisible()
})
