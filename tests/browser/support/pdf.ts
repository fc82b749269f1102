import type { Page } from '@playwright/test'
import { extractText, getDocumentProxy } from 'unpdf'

interface Sheet {
  /** What is on it, read from the file itself. */
  text: string
  /** In millimetres. */
  width: number
  height: number
}

const millimetres = (points: number) => Math.round((points / 72) * 25.4)

/** The page as its own rules for paper print it, read back sheet by sheet. */
export async function printed(page: Page): Promise<Sheet[]> {
  const file = await getDocumentProxy(new Uint8Array(await page.pdf({ preferCSSPageSize: true })))
  const { text } = await extractText(file)
  return Promise.all(
    text.map(async (each, place) => {
      const [left = 0, bottom = 0, right = 0, top = 0] = (await file.getPage(place + 1)).view
      return { text: each, width: millimetres(right - left), height: millimetres(top - bottom) }
    }),
  )
}
