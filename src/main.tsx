import './styles/main.scss'
import { sendFirstRequests } from './api/first-requests'
import { keptLanguage, loadTexts } from './i18n/language'

// Everything below leaves at once: the texts, the app's code and the first data arrive side by side.
const app = import('./app/start')
void loadTexts(keptLanguage())

if (__MOCKS__) {
  const { startMocks } = await import('../mocks/browser')
  await startMocks()
}
sendFirstRequests(location.pathname)

const root = document.getElementById('root')
if (root) await (await app).startApp(root)
