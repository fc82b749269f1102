import { setupWorker } from 'msw/browser'
import { DEMO_ADDRESS, isInDemo } from './demo/address'
import type { DemoLanguage } from './demo/language'
import { apiHandlers, type SessionJar, type TokenJar } from './handlers'
import type { School } from './school'
import type { ClockFace } from './school-clock'
import { keepSchoolOfPage } from './school-of-page'
import type { WorkerAnswer, WorkerQuestion } from './worker-messages'

/** Shared by the tabs, as a cookie would be. */
const sharedJar = (name: string): TokenJar => ({
  get: () => localStorage.getItem(name),
  set: (token) => (token === null ? localStorage.removeItem(name) : localStorage.setItem(name, token)),
})

const jar: SessionJar = { staff: sharedJar('mock-session'), pupil: sharedJar('mock-pupil-session') }

type Unnumbered<T> = T extends unknown ? Omit<T, 'id'> : never

/** The school in the shared worker, spoken to over its port. */
function sharedSchool(): School {
  const worker = new SharedWorker(new URL('./school.worker.ts', import.meta.url), {
    type: 'module',
    name: `school ${__BUILD_ID__}`,
  })
  const listeners = new Map<number, (answer: WorkerAnswer) => void>()
  let lastId = 0
  worker.port.addEventListener('message', ({ data }: MessageEvent<WorkerAnswer>) =>
    listeners.get(data.to)?.(data),
  )
  worker.port.start()
  function ask(question: Unnumbered<WorkerQuestion>, listener: (answer: WorkerAnswer) => void) {
    lastId += 1
    listeners.set(lastId, listener)
    worker.port.postMessage({ ...question, id: lastId })
    return lastId
  }
  const askOnce = (question: Unnumbered<WorkerQuestion>) =>
    new Promise<Extract<WorkerAnswer, { say: 'done' }>>((resolve, reject) => {
      ask(question, (answer) => {
        listeners.delete(answer.to)
        if (answer.say === 'done') resolve(answer)
        else reject(new Error('not an answer to this'))
      })
    })
  function stop(id: number) {
    if (listeners.delete(id)) worker.port.postMessage({ id, ask: 'stop' } satisfies WorkerQuestion)
  }
  // The worker is not told when a page goes away, and would go on streaming to nobody.
  addEventListener('pagehide', () => {
    for (const [id, listener] of [...listeners]) {
      stop(id)
      listener({ to: id, say: 'broken' })
    }
  })

  return {
    async fetch(request) {
      const body = request.body === null ? null : await request.arrayBuffer()
      const { url, method } = request
      return new Promise((resolve, reject) => {
        let pieces: ReadableStreamDefaultController<Uint8Array> | undefined
        const id = ask(
          { ask: 'fetch', request: { url, method, headers: [...request.headers], body } },
          (answer) => {
            switch (answer.say) {
              case 'head': {
                const { status, headers, hasBody } = answer
                const stream = new ReadableStream<Uint8Array>({
                  start: (controller) => {
                    pieces = controller
                  },
                  cancel: () => stop(id),
                })
                resolve(new Response(hasBody ? stream : null, { status, headers }))
                return
              }
              case 'chunk':
                pieces?.enqueue(answer.bytes)
                return
              case 'end':
                listeners.delete(id)
                pieces?.close()
                return
              default:
                listeners.delete(id)
                pieces?.error(new TypeError('network error'))
                reject(new TypeError('Failed to fetch'))
            }
          },
        )
        request.signal.addEventListener('abort', () => stop(id))
      })
    },
    command: async (command) => (await askOnce({ ask: 'command', command })).ok,
    async overview() {
      const { overview } = await askOnce({ ask: 'overview' })
      if (!overview) throw new Error('the school gave no overview')
      return overview
    },
    followClock(listener) {
      const id = ask({ ask: 'clock' }, (answer) => {
        if (answer.say === 'clock') listener(answer.face)
      })
      return () => stop(id)
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

declare global {
  interface Window {
    /** Left for the frames of /demo, which without a shared worker would each open a school of their own. */
    demoSchool?: School
  }
}

const schoolAround = () => window.frameElement?.ownerDocument.defaultView?.demoSchool

async function openSchoolOfPage(): Promise<School> {
  if (typeof SharedWorker !== 'undefined') return sharedSchool()
  window.demoSchool = schoolAround() ?? (await schoolOfThisPage())
  return window.demoSchool
}

/** What the mocks are lent by the app, which they may not read. */
interface AppParts {
  /** Told how the school's clock stands, now and whenever it changes. */
  followClock: (face: ClockFace) => void
  language: DemoLanguage
}

/**
 * Starts the mocked API in this page; the school is shared by all tabs where the browser can.
 * @returns whether the page is the demo's own and is drawn already.
 */
export async function startMocks({ followClock, language }: AppParts): Promise<boolean> {
  const school = await openSchoolOfPage()
  keepSchoolOfPage(school)
  const stopFollowing = school.followClock(followClock)
  addEventListener('pagehide', stopFollowing)
  addEventListener('unhandledrejection', ignoreUpdateOfLeavingWorker)
  await setupWorker(...apiHandlers(school, jar)).start({ quiet: true, onUnhandledRequest: 'bypass' })
  if (location.pathname === DEMO_ADDRESS) {
    const { showDemo } = await import('./demo/show-demo')
    showDemo(school, language)
    return true
  }
  if (__PICKER__ && !isInDemo()) {
    const { showPicker } = await import('./picker/picker')
    showPicker(school)
  }
  return false
}
