// A slow school laptop on a slow line, in a fresh browser: nothing is cached.
import { chromium } from '@playwright/test'
import { findChromium, launchOptions } from '../scripts/chromium.mjs'

export const CPU_SLOWDOWN = 4
const LINE = { latency: 150, downloadThroughput: 1_600_000 / 8, uploadThroughput: 750_000 / 8 }

/** @typedef {{ username: string, password: string }} Person */

/**
 * @template Result
 * @param {{ origin: string, as?: Person, codeOnPhone?: () => Promise<string>, slowLine?: boolean, cpuSlowdown?: number }} visit with `codeOnPhone` as user administrator
 * @param {(page: import('@playwright/test').Page) => Promise<Result>} work
 * @returns {Promise<Result>}
 */
export async function visit({ origin, as, codeOnPhone, slowLine = false, cpuSlowdown = CPU_SLOWDOWN }, work) {
  const browser = await chromium.launch(launchOptions(await findChromium()))
  try {
    const context = await browser.newContext({
      baseURL: origin,
      ignoreHTTPSErrors: true,
      locale: 'da-DK',
      viewport: { width: 1350, height: 940 },
    })
    if (as) {
      /** @param {string} path @param {object} data */
      const post = async (path, data) => {
        const answer = await context.request.post(`/api/session${path}`, { data, headers: { origin } })
        if (!answer.ok()) throw new Error(`Signing in answered ${answer.status()}`)
      }
      await post('', { ...as, as: codeOnPhone ? 'userAdministrator' : 'teacher' })
      if (codeOnPhone) {
        await post('/second-factor/codes', {})
        await post('/second-factor', { code: await codeOnPhone() })
      }
    }
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: cpuSlowdown })
    if (slowLine) {
      await devtools.send('Network.enable')
      await devtools.send('Network.emulateNetworkConditions', { offline: false, ...LINE })
    }
    return await work(page)
  } finally {
    await browser.close()
  }
}
