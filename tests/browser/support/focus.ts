import { expect, type Locator, type Page } from '@playwright/test'

/** How the focus stands, as somebody sees it who has only a keyboard. */
interface Focus {
  /** What is wrong with it; empty where it is seen well. */
  wrong: string
  /** Whether it is where it was to go. */
  isThere: boolean
}

/** Runs in the page. */
function lookAtFocus(target: Element | null): Focus {
  const element = document.activeElement
  if (!(element instanceof HTMLElement) || element === document.body) return { wrong: 'lost', isThere: false }
  const isThere = element === target

  const hasRing = ({ outlineStyle, outlineWidth }: CSSStyleDeclaration) =>
    outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2
  const label = element instanceof HTMLInputElement ? element.labels?.[0] : undefined
  // A ring round something that is itself not drawn is not seen.
  const bearers = element.checkVisibility({ opacityProperty: true }) ? [getComputedStyle(element)] : []
  // A checkbox is drawn by its label; a card shows the focus of the link that fills it.
  if (label) bearers.push(getComputedStyle(label, '::before'))
  const card = element.closest('li')
  if (card) bearers.push(getComputedStyle(card))
  if (!bearers.some(hasRing)) return { wrong: 'no ring', isThere }

  const box = element.getBoundingClientRect()
  if (box.width === 0 || box.height === 0) return { wrong: 'no size', isThere }
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)]
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)]
  if (right <= left || bottom <= top) return { wrong: 'out of sight', isThere }
  const seen = document.elementFromPoint((left + right) / 2, (top + bottom) / 2)
  const isUncovered =
    seen !== null && (element.contains(seen) || seen.contains(element) || label?.contains(seen))
  return { wrong: isUncovered ? '' : `covered by ${seen?.outerHTML.slice(0, 80)}`, isThere }
}

/** Waits until something has the focus and shows it. */
export async function expectFocusSeen(page: Page): Promise<void> {
  await expect.poll(async () => (await page.evaluate(lookAtFocus, null)).wrong, 'the focus').toBe('')
}

/** A keyboard that counts its keys; after each one the focus must be seen. */
export function keyboardOf(page: Page) {
  let pressed = 0
  const press = async (key: string) => {
    pressed += 1
    await page.keyboard.press(key)
    await expectFocusSeen(page)
  }
  return {
    press,
    /** Letters do not count. */
    type: (letters: string) => page.keyboard.type(letters),
    count: () => pressed,
    startCounting: () => {
      pressed = 0
    },
    /** Presses a key until it has led to this place. */
    async walkTo(place: Locator, key: 'Tab' | 'Shift+Tab' | 'ArrowDown' | 'ArrowUp' = 'Tab', atMost = 150) {
      const target = await place.elementHandle()
      for (let steps = 0; steps < atMost; steps += 1) {
        const { wrong, isThere } = await page.evaluate(lookAtFocus, target)
        if (isThere && wrong === '') return
        if (wrong !== '' && steps > 0) await expectFocusSeen(page)
        pressed += 1
        await page.keyboard.press(key)
      }
      throw new Error(`${key} does not lead to ${place}`)
    },
  }
}

declare global {
  interface Window {
    framesWithoutFocus?: number
  }
}

/** From now on counts, frame by frame, for how long at most the focus was nowhere. */
export async function watchFocus(page: Page): Promise<void> {
  await page.evaluate(() => {
    window.framesWithoutFocus = 0
    let lost = 0
    const look = () => {
      const element = document.activeElement
      lost = element === null || element === document.body ? lost + 1 : 0
      window.framesWithoutFocus = Math.max(lost, window.framesWithoutFocus ?? 0)
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
}

/** An effect may take a frame or two to put the focus where it belongs. */
const FRAMES_TO_MOVE_FOCUS = 3

export async function expectFocusNeverLost(page: Page): Promise<void> {
  const frames = await page.evaluate(() => window.framesWithoutFocus)
  expect(frames, 'frames in a row without focus').toBeLessThanOrEqual(FRAMES_TO_MOVE_FOCUS)
}
