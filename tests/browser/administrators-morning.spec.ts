import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { demoPasswords } from '../../mocks/demo-passwords'
import { expect, test } from './support/fixtures'
import { atAnotherComputer } from './support/other-computer'
import { printed } from './support/pdf'
import { setLine } from './support/tap'
import { arrive, arriveAtSchool, atList, forPupil, heading, PASSWORD, row, rows } from './support/verbs'
import { fill, words } from './support/words'

/** The whole way of a user administrator through a morning, with a teacher at another computer. */

const da = words.da
const { school } = da

const USERNAME = /\b[a-z]{4}[0-9]{4}\b/g
const BOM = [0xef, 0xbb, 0xbf]
const POLICY = 'politik=aendret'

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const dialog = (page: Page) => page.getByRole('dialog')
const names = async (page: Page) => rows(page).getByRole('rowheader').allInnerTexts()

async function exportList(page: Page) {
  const download = page.waitForEvent('download')
  await button(page, da.takeAway.export.label).click()
  const file = await download
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) }
}

async function printSlips(page: Page) {
  await button(page, da.pupils.print).click()
  await dialog(page).getByRole('radio', { name: da.takeAway.slips }).check()
  await button(page, da.takeAway.next).click()
  await expect(dialog(page)).toContainText(da.takeAway.questionLogged)
  await button(page, da.takeAway.printSlips).click()
  await expect(page.locator('[data-asked-to-print]')).toBeAttached()
  return (await printed(page)).map(({ text }) => text)
}

test('an administrator’s morning: three overrides, a block that the teacher sees, a file, slips, another school', async ({
  page: bodil,
  context,
}) => {
  test.slow()
  // The test prints by itself, where somebody would press a button in the browser's own window.
  await bodil.addInitScript(() => {
    window.print = () => document.documentElement.setAttribute('data-asked-to-print', '')
  })
  await arriveAtSchool(bodil, { as: 'bodi2259' })
  const lone = await atAnotherComputer(context)
  await arrive(lone, { in: '4.B' })
  await expect(bodil.getByRole('banner')).toContainText('Bodil Friis · Birkeskolen')

  // Whose policy is another than that of the year?
  await bodil
    .getByLabel(school.policy)
    .selectOption(fill(school.choice, { label: school.policyOverridden, count: 3 }))
  await expect(rows(bodil)).toHaveCount(3)
  await expect(row(bodil, 'Gustav Petersen')).toContainText(da.pupils.indskoling)
  await expect(rows(bodil).filter({ hasText: school.overridden })).toHaveCount(3)
  await expect(bodil).toHaveURL(new RegExp(`/skoler/birkeskolen\\?${POLICY}$`))
  const overridden = await names(bodil)

  // One of them is blocked, with a reason; the teacher sees it without doing anything.
  const gustav = row(lone, 'Gustav Petersen')
  await expect(forPupil(gustav, da.giveNewPassword, 'Gustav Petersen')).toBeVisible()
  await row(bodil, 'Gustav Petersen').getByRole('link').click()
  await expect(heading(bodil, 'Gustav Petersen')).toBeVisible()
  await forPupil(bodil, da.block.block, 'Gustav Petersen').click()
  await expect(dialog(bodil)).toContainText(da.block.onlyUnilogin)
  await dialog(bodil).getByRole('radio', { name: da.pupils.blockReason.passwordKnown }).check()
  await dialog(bodil).getByRole('button', { name: da.block.block }).click()
  await expect(dialog(bodil)).toHaveCount(0)
  await expect(forPupil(bodil, da.block.unblock, 'Gustav Petersen')).toBeVisible()
  await expect(gustav).toContainText(da.pupils.blocked)
  await expect(gustav).toContainText(da.pupils.blockReason.passwordKnown)
  await expect(gustav).toContainText(da.pupils.blockedWhat)
  await expect(forPupil(gustav, da.giveNewPassword, 'Gustav Petersen')).toHaveCount(0)

  // Back to the list as it was left.
  await bodil.goBack()
  await atList(bodil)
  await expect(bodil).toHaveURL(new RegExp(`${POLICY}$`))
  await expect(rows(bodil)).toHaveCount(3)
  await expect(row(bodil, 'Gustav Petersen')).toContainText(da.pupils.blocked)

  const { name: fileName, bytes } = await exportList(bodil)
  expect(fileName).toMatch(/^birkeskolen.*\.csv$/)
  expect([...bytes.subarray(0, BOM.length)]).toEqual(BOM)
  const [header, ...lines] = bytes.subarray(BOM.length).toString('utf8').trimEnd().split('\r\n')
  expect(header).toBe(Object.values(da.takeAway.export.columns).join(';'))
  expect(lines.map((line) => line.split(';')[0])).toEqual(overridden)
  expect(lines.find((line) => line.startsWith('Gustav Petersen'))).toBe(
    `Gustav Petersen;4.B;4;${da.pupils.indskoling};${da.takeAway.export.yes};;${da.takeAway.export.statuses.blocked}`,
  )
  expect(bytes.toString('utf8')).not.toMatch(USERNAME)

  const sheets = await printSlips(bodil)
  // Three classes: each begins on a sheet of its own.
  expect(sheets).toHaveLength(3)
  const paper = sheets.join('\n')
  for (const name of overridden) expect(paper.split(name)).toHaveLength(2)
  expect(new Set(paper.match(USERNAME)).size).toBe(3)
  expect(paper).toContain('gust4012')
  expect(paper).toContain('/elev')
  for (const { password } of Object.values(demoPasswords)) expect(paper).not.toContain(password)
  expect(paper).not.toContain(PASSWORD)
  await expect(bodil.getByText('gust4012')).toHaveCount(0)

  // Another school: nothing of the first is left, and nothing of it is asked for.
  await bodil.getByRole('checkbox', { name: fill(da.pupils.select, { name: 'Gustav Petersen' }) }).check()
  await bodil.getByRole('link', { name: school.otherSchool }).click()
  await expect(heading(bodil, school.pickTitle)).toBeVisible()
  await setLine(bodil, { state: 'held' })
  await bodil.getByRole('link', { name: 'Søndervang Skole' }).click()
  await expect(heading(bodil, fill(school.schoolTitle, { school: 'Søndervang Skole' }))).toBeVisible()
  await expectNothingOf(bodil, overridden)
  await setLine(bodil, { state: 'whole' })
  await atList(bodil, 'da', 'Søndervang Skole')
  await expect(bodil).toHaveURL(/\/skoler\/soendervang$/)
  await expect(bodil.getByRole('banner')).toContainText('Bodil Friis · Søndervang Skole')
  await expectNothingOf(bodil, overridden)
  for (const name of overridden) {
    await bodil.getByLabel(school.search).fill(name)
    await expect(bodil.getByRole('heading', { name: school.noHitsTitle })).toBeVisible()
    await expect(bodil.getByRole('heading', { name: da.missingPupil.title })).toBeVisible()
  }
})

/** Neither seen nor hidden in the page, and nobody is ticked. */
async function expectNothingOf(page: Page, absent: readonly string[]) {
  const content = await page.content()
  for (const name of absent) expect(content).not.toContain(name)
  expect(content).not.toMatch(/p-birkeskolen|birkeskolen-/)
  await expect(page.getByRole('region', { name: da.pupils.selectionBar })).toHaveCount(0)
}
