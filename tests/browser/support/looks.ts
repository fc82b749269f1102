import type { Page } from '@playwright/test'

/** Runs in the page: what is wrong with how it is laid out at this size. */
function lookForFaults(leastTarget: number): string[] {
  const faults: string[] = []
  const page = document.documentElement
  if (page.scrollWidth > page.clientWidth)
    faults.push(`scrolls sideways by ${page.scrollWidth - page.clientWidth}px`)

  const modal = document.querySelector('dialog:modal')
  const within: ParentNode = modal ?? document
  // What is there for screen readers only is a pixel large.
  const isSeen = (element: Element) =>
    element.checkVisibility({ opacityProperty: false, visibilityProperty: true }) &&
    element.clientHeight !== 1
  const nameOf = (element: Element) =>
    `${element.localName} “${(element.getAttribute('aria-label') ?? element.textContent ?? '').trim().slice(0, 50)}”`

  const controls = [...within.querySelectorAll('a[href], button, input, [role=option], summary')].filter(
    isSeen,
  )
  const boxes = new Map(controls.map((element) => [element, element.getBoundingClientRect()]))

  for (const [element, box] of boxes) {
    // Half a pixel is a matter of rounding.
    if (box.width < leastTarget - 0.5 || box.height < leastTarget - 0.5) {
      faults.push(`${nameOf(element)} is a target of ${Math.round(box.width)} × ${Math.round(box.height)}`)
    }
    if (!modal && (box.left < -0.5 || box.right > page.clientWidth + 0.5))
      faults.push(`${nameOf(element)} sticks out`)
  }

  // Two controls may not lie upon each other, but for what floats over the page on purpose.
  const floats = (element: Element) =>
    element.closest('.combobox-popup, .selection-bar, .queue-box ul, .school-table thead')
  const list = [...boxes]
  list.forEach(([one, a], place) => {
    for (const [other, b] of list.slice(place + 1)) {
      if (one.contains(other) || other.contains(one) || floats(one) !== floats(other)) continue
      const [width, height] = [
        Math.min(a.right, b.right) - Math.max(a.left, b.left),
        Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top),
      ]
      if (width > 1 && height > 1) faults.push(`${nameOf(one)} lies upon ${nameOf(other)}`)
    }
  })

  // Words that are cut off, in boxes that hide what does not fit.
  for (const element of within.querySelectorAll('*')) {
    if (
      !(element instanceof HTMLElement) ||
      !isSeen(element) ||
      element === page ||
      element === document.body
    )
      continue
    if (element instanceof HTMLInputElement || !element.textContent?.trim()) continue
    // The line that runs along a button at work comes from outside.
    if (element.dataset.busy) continue
    const { overflowX, overflowY } = getComputedStyle(element)
    const cuts = (overflow: string) => overflow === 'hidden' || overflow === 'clip'
    if (cuts(overflowX) && element.scrollWidth > element.clientWidth + 1)
      faults.push(`${nameOf(element)} is cut off`)
    if (cuts(overflowY) && element.scrollHeight > element.clientHeight + 1)
      faults.push(`${nameOf(element)} is cut off`)
  }
  // Words that stick out of their button.
  for (const button of within.querySelectorAll('button:not([data-busy]), .badge')) {
    if (!isSeen(button)) continue
    if (button.scrollWidth > button.clientWidth + 1) faults.push(`the words of ${nameOf(button)} stick out`)
  }
  return faults
}

/** What WCAG 2.2 asks of every target, in px. */
const LEAST_TARGET = 24

export const faultsOf = (page: Page, leastTarget = LEAST_TARGET): Promise<string[]> =>
  page.evaluate(lookForFaults, leastTarget)

/** Waits until the fonts are here and nothing moves any more. */
export const stillness = (page: Page): Promise<unknown> =>
  page.evaluate(async () => {
    await document.fonts.ready
    const passing = document
      .getAnimations()
      .filter(({ effect }) => effect?.getComputedTiming().endTime !== Number.POSITIVE_INFINITY)
    await Promise.all(passing.map((animation) => animation.finished.catch(() => undefined)))
  })
