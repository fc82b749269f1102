import './styles/main.scss'
import { sendFirstRequests } from './api/first-requests'
import { showStartFailure } from './app/start-failure'
import { formatters } from './i18n/formatters'
import { keepLanguage, keptLanguage, loadTexts } from './i18n/language'

// A function, since a top-level await would keep the app's chunk, which shares code with this one, from ever running.
async function start(root: HTMLElement) {
  // All leave at once: the app's code, the texts and the first data arrive side by side.
  const app = import('./app/start')
  // The app asks for the texts again, and deals with their failure.
  loadTexts(keptLanguage()).catch(() => undefined)
  if (__MOCKS__) {
    const { startMocks } = await import('../mocks/browser')
    const { followClock } = await import('./api/server-clock')
    const drawn = await startMocks({ followClock, language: { kept: keptLanguage, keep: keepLanguage } })
    if (drawn) return
  }
  sendFirstRequests(location.pathname)
  // The first date takes a slow laptop 50 ms: now, while the app's code is on its way, instead of before the first paint.
  formatters[keptLanguage()].date(new Date().toISOString())
  await (await app).startApp(root)
}

const root = document.getElementById('root')
if (root) {
  // A connection that fails now, or a new version since the page was fetched, must not leave it blank.
  start(root).catch((error) => {
    void showStartFailure(root)
    reportError(error)
  })
}
