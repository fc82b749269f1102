import './styles/main.scss'
import { sendFirstRequests } from './api/first-requests'
import { keepLanguage, keptLanguage, loadTexts } from './i18n/language'

// A function, since a top-level await would keep the app's chunk, which shares code with this one, from ever running.
async function start() {
  // All leave at once: the app's code, the texts and the first data arrive side by side.
  const app = import('./app/start')
  void loadTexts(keptLanguage())
  if (__MOCKS__) {
    const { startMocks } = await import('../mocks/browser')
    const { followClock } = await import('./api/server-clock')
    const drawn = await startMocks({ followClock, language: { kept: keptLanguage, keep: keepLanguage } })
    if (drawn) return
  }
  sendFirstRequests(location.pathname)

  const root = document.getElementById('root')
  if (root) await (await app).startApp(root)
}

void start()
