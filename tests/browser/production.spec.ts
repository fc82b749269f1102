import type { Page, Request, Route } from '@playwright/test'
import { expect, test } from './support/production'
import { forPupil, heading, openClass, row, rows, signIn } from './support/verbs'
import { words } from './support/words'

// One server for all of them, and so one worker.
test.describe.configure({ mode: 'default' })

const da = words.da
const PERSONAL = /lone|4821|asta|2011|kjær|holm/i

async function arriveIn(page: Page, name: string) {
  await page.goto('/log-paa')
  await signIn(page)
  await expect(heading(page, da.myClasses)).toBeVisible()
  await openClass(page, name)
}

test('sign in, help a pupil, sign out: the session is a cookie that no script sees and that names nobody', async ({
  page,
  context,
  servers,
}) => {
  const answers: { path: string; headers: Record<string, string> }[] = []
  page.on('response', (response) => {
    answers.push({ path: new URL(response.url()).pathname, headers: response.headers() })
  })
  await arriveIn(page, '2.A')
  await forPupil(page, da.showUsername, 'Asta Holm').click()
  await expect(row(page, 'Asta Holm')).toContainText('asta2011')
  await forPupil(page, da.giveNewPassword, 'Asta Holm').click()
  await expect(row(page, 'Asta Holm')).toContainText(/Tid tilbage 4:5\d/)

  const cookies = await context.cookies()
  expect(cookies).toEqual([
    expect.objectContaining({
      name: 'session',
      httpOnly: true,
      sameSite: 'Strict',
      path: '/',
      domain: 'localhost',
    }),
  ])
  const [session] = cookies
  expect(session?.value).toMatch(/^[\w-]{20,}$/)
  expect(cookies.map(({ value }) => value).join()).not.toMatch(PERSONAL)
  expect(await page.evaluate(() => document.cookie)).toBe('')
  expect(await page.evaluate(() => Object.keys({ ...localStorage, ...sessionStorage }))).toEqual(['language'])
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull()

  const fromApi = answers.filter(({ path }) => path.startsWith('/api/'))
  expect(fromApi.length).toBeGreaterThan(4)
  for (const { path, headers } of fromApi) {
    expect(headers, path).toMatchObject({ 'cache-control': 'no-store', 'request-id': expect.any(String) })
  }
  for (const { path, headers } of answers) {
    expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'")
    expect(headers['x-content-type-options'], path).toBe('nosniff')
    expect(new URL(path, servers.origin).href).not.toMatch(PERSONAL)
  }

  await page.reload()
  await expect(row(page, 'Asta Holm')).toContainText(/Tid tilbage 4:\d\d/)
  await page.getByRole('button', { name: da.signOut }).click()
  await expect(heading(page, da.session.frontTitle)).toBeVisible()
  expect(await context.cookies()).toEqual([])

  // Whoever has kept the cookie has kept nothing.
  const kept = await page.request.get('/api/classes', { headers: { Cookie: `session=${session?.value}` } })
  expect(kept.status()).toBe(401)
})

test('a page of another origin changes nothing and reads nothing, of the same site or not', async ({
  page,
  context,
  servers,
  complaints,
}) => {
  await arriveIn(page, '4.B')
  const frejaId = await row(page, 'Freja Åkjær').getAttribute('data-pupil')
  const target = `${servers.origin}/api/pupils/password-resets`
  const body = JSON.stringify({ pupilIds: [frejaId] })
  const arrivedAt: Record<string, string> = {}
  context.on('request', (request) => note(request))
  async function note(request: Request) {
    const headers = await request.allHeaders()
    if (request.method() === 'POST') arrivedAt[headers.origin ?? ''] = headers.cookie ?? 'no cookie'
  }

  // Refused by the API, or by the browser before they are sent.
  complaints.expect(/answer 403: POST \/api\/pupils\/password-resets/)
  complaints.expect(/console error: Access to fetch at .* has been blocked by CORS policy/)
  complaints.expect(/request failed: (GET|POST|DELETE) \/api\/.*ERR_(FAILED|BLOCKED_BY_RESPONSE)/)
  complaints.expect(/request failed: GET \/: net::ERR_BLOCKED_BY_RESPONSE/)
  complaints.expect(/console error: Framing .* violates the following/)

  for (const origin of Object.values(servers.foreign)) {
    const foreign = await context.newPage()
    await foreign.goto(origin)

    await test.step(`${origin}: scripts`, async () => {
      const outcomes = await foreign.evaluate(
        async ({ api, json }) => {
          const attempt = async (address: string, init: RequestInit) => {
            const answer = await fetch(`${api}${address}`, { credentials: 'include', ...init }).catch(
              () => null,
            )
            return answer === null ? 'refused' : `${answer.type} ${answer.status} ${await answer.text()}`
          }
          const headers = { 'Content-Type': 'application/json', 'Idempotency-Key': crypto.randomUUID() }
          const post = { method: 'POST', body: json }
          return {
            blind: await attempt('/pupils/password-resets', { ...post, mode: 'no-cors' }),
            open: await attempt('/pupils/password-resets', { ...post, headers }),
            signOut: await attempt('/session', { method: 'DELETE' }),
            read: await attempt('/classes', {}),
          }
        },
        { api: `${servers.origin}/api`, json: body },
      )
      // An answer that the page may not look into, or none at all.
      expect(outcomes.blind).toMatch(/^(opaque 0 |refused)$/)
      expect(outcomes).toMatchObject({ open: 'refused', signOut: 'refused', read: 'refused' })
    })

    await test.step(`${origin}: a frame`, async () => {
      await foreign.evaluate((src) => {
        document.body.append(Object.assign(document.createElement('iframe'), { src }))
      }, servers.origin)
      await expect.poll(() => foreign.frames().at(-1)?.url()).toBe('chrome-error://chromewebdata/')
    })

    await test.step(`${origin}: a form that posts JSON as text`, async () => {
      await foreign.evaluate(
        ({ action, json }) => {
          const form = Object.assign(document.createElement('form'), {
            action,
            method: 'post',
            enctype: 'text/plain',
          })
          // {"pupilIds":["…"],"x":"="}
          const name = json.replace(/}$/, ',"x":"')
          form.append(Object.assign(document.createElement('input'), { name, value: '"}' }))
          document.body.append(form)
          form.submit()
        },
        { action: target, json: body },
      )
      await expect(foreign).toHaveURL(target)
      await expect(foreign.locator('body')).toContainText('"type":"cross-site"')
    })
    await foreign.close()
  }

  // The browser does send the cookie from the same site, so it is the API that has refused.
  expect(arrivedAt[servers.foreign.sameSite]).toContain('session=')
  await page.reload()
  await expect(forPupil(page, da.giveNewPassword, 'Freja Åkjær')).toBeVisible()
  await expect(rows(page).filter({ hasText: da.timeLeft })).toHaveCount(0)
})

for (const width of [1280, 360]) {
  test(`nothing jumps while a class loads, nor does the focus, at ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    await arriveIn(page, '2.A')
    const data = await held(page, /\/api\/classes\/[^/]+$/)

    await page.reload({ waitUntil: 'commit' })
    await expect(page.getByRole('main').getByRole('status')).toContainText(da.classes.loadingClass)
    await page.evaluate(() => document.fonts.ready)
    await page.evaluate(watchShifts)
    await data.release()
    await expect(rows(page).last()).toBeVisible()
    await expectNothingMoved(page)

    // It is the first page of its document, so the first Tab still offers the way past the menu.
    await page.keyboard.press('Tab')
    await expect(page.getByRole('link', { name: da.common.skipToContent })).toBeFocused()
  })
}

// One of the fonts that stand in for it is on nearly every computer: see src/styles/fonts.scss.
for (const width of [1280, 360]) {
  test(`nothing jumps when the font comes late, at ${width}`, async ({ page }) => {
    await page.setViewportSize({ width, height: 800 })
    await arriveIn(page, '2.A')
    const font = await held(page, /\.woff2$/)
    const isHere = () => page.evaluate(() => document.fonts.check('16px "IBM Plex Sans"'))

    await page.reload({ waitUntil: 'commit' })
    await expect(rows(page).last()).toBeVisible()
    expect(await isHere()).toBe(false)
    await page.evaluate(watchShifts)
    await font.release()
    await expect.poll(isHere).toBe(true)
    await expectNothingMoved(page)
  })
}

async function expectNothingMoved(page: Page) {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  )
  const { sum, causes } = await page.evaluate(() => window.shifts ?? { sum: Number.NaN, causes: [] })
  expect(sum, causes.join('\n')).toBeLessThan(0.02)
}

/** Keeps requests back until they are released. */
async function held(page: Page, address: RegExp) {
  const waiting: Route[] = []
  let isHeld = true
  await page.route(address, (route) => (isHeld ? void waiting.push(route) : route.continue()))
  return {
    release: async () => {
      isHeld = false
      await Promise.all(waiting.map((route) => route.continue()))
    },
  }
}

declare global {
  interface Window {
    shifts?: { sum: number; causes: string[] }
  }
}

interface LayoutShift extends PerformanceEntry {
  value: number
  hadRecentInput: boolean
  sources: { node: Node | null }[]
}

/** Runs in the page: adds up how much moves, from the first drawing on. */
function watchShifts() {
  const shifts = { sum: 0, causes: [] as string[] }
  window.shifts = shifts
  const isShift = (entry: PerformanceEntry): entry is LayoutShift => entry.entryType === 'layout-shift'
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries().filter(isShift)) {
      if (entry.hadRecentInput) continue
      shifts.sum += entry.value
      const nodes = entry.sources.map(({ node }) =>
        node instanceof Element ? `${node.localName}.${node.className}` : node?.nodeName,
      )
      shifts.causes.push(`${entry.value.toFixed(4)}: ${nodes.join(', ')}`)
    }
  }).observe({ type: 'layout-shift', buffered: true })
}

test("the app's code does not come: the page says so, and comes when it is fetched again", async ({
  page,
  complaints,
}) => {
  complaints.expect(/request failed: GET \/assets\/start-/)
  complaints.expect(/page error: .*dynamically imported/)
  await page.route('**/assets/start-*', (route) => route.abort('failed'))
  await page.goto('/')
  await expect(heading(page, da.common.startFailedTitle)).toBeVisible()
  await expect(page).toHaveTitle(/Elevadgang/)
  await page.unroute('**/assets/start-*')
  await page.getByRole('button', { name: da.common.reload }).click()
  await expect(heading(page, da.session.frontTitle)).toBeVisible()
})

test('the other language does not come: the page says so and stays as it is', async ({
  page,
  complaints,
}) => {
  complaints.expect(/request failed: GET \/assets\/en-/)
  await page.route('**/assets/en-*', (route) => route.abort('failed'))
  await page.goto('/')
  await page.getByRole('button', { name: da.otherLanguage }).click()
  await expect(page.getByText(da.problems.connection.title).last()).toBeVisible()
  await expect(heading(page, da.session.frontTitle)).toBeVisible()
  await page.unroute('**/assets/en-*')
  await page.getByRole('button', { name: da.otherLanguage }).click()
  await expect(heading(page, words.en.session.frontTitle)).toBeVisible()
})
