import { expect, type Page, test } from '@playwright/test'
import { axeFindings } from './axe'
import { faultsOf, stillness } from './looks'
import { type Language, leftBehindIn } from './words'

const LAPTOP = { width: 1280, height: 800 }
const PHONE = { width: 360, height: 740 }
/**
 * The sizes at which a page is looked at; the last is 1280 × 800 at 400 %. What changes with the width changes in both
 * languages alike, so English is looked at on a laptop and on a phone.
 */
const SIZES: Record<Language, readonly { width: number; height: number }[]> = {
  da: [
    LAPTOP,
    PHONE,
    { width: 1920, height: 1080 },
    { width: 320, height: 640 },
    { width: 320, height: 200 },
  ],
  en: [LAPTOP, PHONE],
}

/** Where axe looks. What it finds in words, names and labels, which differ in English, does not depend on the width. */
const LOOKED_AT_BY_AXE: Record<Language, readonly object[]> = { da: [LAPTOP, PHONE], en: [LAPTOP] }

/**
 * Looks at the page as it stands: axe, the layout at every size, and no word in the other language.
 * @param leastTarget px that a target must measure
 */
export function lookerFor(page: Page, language: Language, leastTarget?: number) {
  return (state: string, { atEnd = false }: { atEnd?: boolean } = {}) =>
    test.step(state, async () => {
      expect
        .soft(await leftBehindIn(language === 'da' ? 'en' : 'da', page), `${state}: one language`)
        .toEqual([])
      for (const size of SIZES[language]) {
        await page.setViewportSize(size)
        // Where a bar at the edge of the window lies below all else, and hides nothing.
        if (atEnd) await page.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
        await stillness(page)
        const at = `${state} at ${size.width} × ${size.height}`
        expect.soft(await faultsOf(page, leastTarget), `${at}: layout`).toEqual([])
        if (LOOKED_AT_BY_AXE[language].includes(size))
          expect.soft(await axeFindings(page), `${at}: axe`).toEqual([])
      }
      await page.setViewportSize(LAPTOP)
    })
}
