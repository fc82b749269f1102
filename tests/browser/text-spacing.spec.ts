import { expect, type Page, test } from './support/fixtures'
import { faultsOf, stillness } from './support/looks'
import { pupilAt } from './support/pupil-verbs'
import { heading } from './support/verbs'

/** Small fingers, px. */
const LEAST_TARGET = 44

/** A reader's own spacing [WCAG 2.2, 1.4.12], which must take nothing from the page. */
const spaceText = (page: Page) =>
  page.evaluate(() => {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(`
      * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
      p { margin-bottom: 2em !important }
    `)
    document.adoptedStyleSheets.push(sheet)
  })

test("a reader's own text spacing leaves a pupil's pages whole, and the code in its ring", async ({
  page,
  complaints,
}) => {
  complaints.expect(/answer 403: GET \/api\/pupil\/services\/aula/)
  const pupil = pupilAt(page, 'da')
  await pupil.open()
  await spaceText(page)
  const look = async (state: string) => {
    for (const width of [1280, 360, 320]) {
      await page.setViewportSize({ width, height: 740 })
      await stillness(page)
      expect.soft(await faultsOf(page, LEAST_TARGET), `${state} at ${width}`).toEqual([])
    }
  }
  await look('sign in')
  await pupil.giveUsername('asta2011')
  await expect(heading(page, pupil.t.picturesTitle)).toBeVisible()
  await look('pictures')
  await pupil.pick((['sun', 'cat', 'boat', 'apple'] as const).map(pupil.nameOf))
  await pupil.press(pupil.t.signIn)
  await expect(heading(page, /Asta/)).toBeVisible()
  await look('start')
  await pupil.press(pupil.t.services.aula)
  await expect(heading(page, pupil.t.waiting.title)).toBeVisible()
  await look('waiting')
  const outside = await page.evaluate(() => {
    const ring = document.querySelector('.check-code')?.getBoundingClientRect()
    const words = [...document.querySelectorAll('.check-code > *')].map((each) =>
      each.getBoundingClientRect(),
    )
    return words.filter((box) => !ring || box.top < ring.top || box.bottom > ring.bottom).length
  })
  expect(outside, 'what does not stand in the ring').toBe(0)
})
