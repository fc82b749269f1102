import { setupWorker } from 'msw/browser'
import { apiHandlers, type SessionJar } from './handlers'
import type { School } from './school'
import type { WorkerAnswer, WorkerQuestion } from './worker-messages'

const JAR = 'mock-session'

/** Shared by the tabs, as a cookie would be. */
const jar: SessionJar = {
  get: () => localStorage.getItem(JAR),
  set: (token) => (token === null ? localStorage.removeItem(JAR) : localStorage.setItem(JAR, token)),
}

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never

/** The school in the shared worker, spoken to over its port. */
function sharedSchool(): School {
  const worker = new SharedWorker(new URL('./school.worker.ts', import.meta.url), {
    type: 'module',
    name: `school ${__BUILD_ID__}`,
  })
  const waiting = new Map<number, (answer: WorkerAnswer) => void>()
  let lastId = 0
  worker.port.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) => {
    waiting.get(data.to)?.(data)
    waiting.delete(data.to)
  })
  worker.port.start()
  const ask = (question: Unnumbered<WorkerQuestion>) =>
    new Promise<WorkerAnswer>((resolve) => {
      lastId += 1
      waiting.set(lastId, resolve)
      worker.port.postMessage({ ...question, id: lastId })
    })

  return {
    async fetch(request) {
      const body = request.body === null ? null : await request.arrayBuffer()
      const { response } = await ask({
        ask: 'fetch',
        request: { url: request.url, method: request.method, headers: [...request.headers], body },
      })
      if (!response) throw new TypeError('Failed to fetch')
      return new Response(response.body, response)
    },
    command: async (command) => (await ask({ ask: 'command', command })).ok,
    async overview() {
      const { overview } = await ask({ ask: 'overview' })
      if (!overview) throw new Error('the school gave no overview')
      return overview
    },
  }
}

/** Loaded only where it is needed, as it brings the whole API into the page. */
const schoolOfThisPage = async () => (await import('./kept-school')).keptSchool()

/**
 * MSW's worker unregisters itself when its last page goes, which may be when the next one has just found it. That page
 * is served all the same; only the update, which MSW asks for without waiting, then has nothing to update.
 */
function ignoreUpdateOfLeavingWorker(event: PromiseRejectionEvent) {
  if (String(event.reason).includes('Failed to update a ServiceWorker')) event.preventDefault()
}

/** Starts the mocked API in this page; the school is shared by all tabs where the browser can. */
export async function startMocks(): Promise<void> {
  const school = typeof SharedWorker === 'undefined' ? await schoolOfThisPage() : sharedSchool()
  addEventListener('unhandledrejection', ignoreUpdateOfLeavingWorker)
  await setupWorker(...apiHandlers(school, jar)).start({ quiet: true, onUnhandledRequest: 'bypass' })
  if (__PICKER__) {
    const { showPicker } = await import('./picker/picker')
    showPicker(school)
  }
}
