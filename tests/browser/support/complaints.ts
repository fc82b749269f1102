import { type BrowserContext, expect } from '@playwright/test'

/** What the browser has complained of, in any tab, which is a mistake unless the test says that it is to come. */
export interface Complaints {
  /** This has come, or will come before the test ends. */
  expect(pattern: RegExp): void
  /** This may come: which of a page's questions is the first to hear of something is chance. */
  allow(pattern: RegExp): void
}

export function listenTo(context: BrowserContext) {
  const heard: string[] = []
  const expected: RegExp[] = []
  // How a page learns that its session is over: its stream ends, and asked for again it is refused.
  const allowed: RegExp[] = [/answer 401: GET \/api\/(pupil\/)?events$/]
  const addressOf = (url: string) => (URL.canParse(url) ? new URL(url).pathname : url)

  context.on('console', (message) => {
    // Told below with its address, by the answer or the failure itself.
    if (message.text().startsWith('Failed to load resource')) return
    if (message.type() === 'error' || message.type() === 'warning') {
      heard.push(`console ${message.type()}: ${message.text()}`)
    }
  })
  context.on('weberror', (webError) => heard.push(`page error: ${webError.error()}`))
  context.on('response', (response) => {
    if (response.status() < 400) return
    heard.push(`answer ${response.status()}: ${response.request().method()} ${addressOf(response.url())}`)
  })
  context.on('requestfailed', (request) => {
    const reason = request.failure()?.errorText ?? 'no reason'
    // Given up by the page itself, as it went elsewhere.
    if (reason === 'net::ERR_ABORTED') return
    heard.push(`request failed: ${request.method()} ${addressOf(request.url())}: ${reason}`)
  })
  context.on('page', (page) => page.on('crash', () => heard.push('the page crashed')))

  return {
    complaints: {
      expect: (pattern) => void expected.push(pattern),
      allow: (pattern) => void allowed.push(pattern),
    } satisfies Complaints,
    async check() {
      // What is being said right now is heard as well.
      await Promise.all(
        context.pages().map((page) => page.evaluate(() => new Promise(requestAnimationFrame))),
      )
      const matches = (text: string) => [...expected, ...allowed].some((pattern) => pattern.test(text))
      expect
        .soft(
          heard.filter((text) => !matches(text)),
          'what the browser complained of',
        )
        .toEqual([])
      const missing = expected.filter((pattern) => !heard.some((text) => pattern.test(text)))
      expect.soft(missing.map(String), 'complaints that were expected and did not come').toEqual([])
    },
  }
}

/** Runs in each page: a violation of the Content-Security-Policy becomes a complaint, whatever else Chromium says of it. */
export function tellOfViolations() {
  addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    console.error(`Content-Security-Policy: ${violatedDirective} has stopped ${blockedURI}`)
  })
}
