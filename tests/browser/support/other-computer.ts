import type { BrowserContext, Page } from '@playwright/test'

/**
 * A tab that keeps its session of the staff's to itself, as another computer does, and shares the school: two people
 * at once, which the tabs of one browser are not.
 */
export async function atAnotherComputer(context: BrowserContext): Promise<Page> {
  const page = await context.newPage()
  await page.addInitScript(() => {
    // As mocks/browser.ts calls it.
    const SHARED = 'mock-session'
    const own = (key: string) => (key === SHARED ? `${SHARED} of another computer` : key)
    const { getItem, setItem, removeItem } = Storage.prototype
    Storage.prototype.getItem = function (key) {
      return getItem.call(this, own(key))
    }
    Storage.prototype.setItem = function (key, value) {
      setItem.call(this, own(key), value)
    }
    Storage.prototype.removeItem = function (key) {
      removeItem.call(this, own(key))
    }
  })
  return page
}
