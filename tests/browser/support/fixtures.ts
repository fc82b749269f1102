import { test as base } from '@playwright/test'
import { type Complaints, listenTo, tellOfViolations } from './complaints'
import { tapSchool } from './tap'

export { expect, type Locator, type Page } from '@playwright/test'

/** Every test fails on anything that the browser complains of, in any of its tabs. */
export const test = base.extend<{ complaints: Complaints }>({
  complaints: [
    async ({ context }, use) => {
      const { complaints, check } = listenTo(context)
      await context.addInitScript(tellOfViolations)
      await tapSchool(context)
      await use(complaints)
      await check()
    },
    { auto: true },
  ],
})
