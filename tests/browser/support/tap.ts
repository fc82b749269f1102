import type { BrowserContext, Page } from '@playwright/test'
import type { Command } from '../../../mocks/school'
import type { WorkerAnswer, WorkerQuestion } from '../../../mocks/worker-messages'
import type { ProblemType } from '../../../server/problems'

/**
 * The demo build has no picker, and nothing in it is made for tests. So the browser itself is tapped: it remembers how the
 * page opened the shared worker that is the school, which lets a test open it once more and command it as the picker
 * does; and the line between the page and that worker can be cut, held or made to lose answers. Between the button and
 * the cut all is real: the client, the service worker, MSW.
 */

/** What becomes of calls to the API in one page. */
type Line =
  | { state: 'whole' }
  /** Nothing arrives at the school. */
  | { state: 'cut' }
  /** All is carried out, and no answer comes back. */
  | { state: 'answersLost' }
  /** Answers wait until the line is whole again. */
  | { state: 'held' }
  /** A proxy, say, refuses everything before it arrives. */
  | { state: 'refusing'; status: number; type: ProblemType; retryAfterSeconds?: number }

/** A call to the school from another computer, which carries its session itself. */
export interface CallFromElsewhere {
  method: string
  path: string
  headers: Readonly<Record<string, string>>
  body?: string
}

export interface AnswerElsewhere {
  status: number
  headers: Record<string, string>
  text: string
}

interface Tap {
  line: Line
  held: (() => void)[]
  /** How many calls that change something have left the page. */
  changes: number
  command: (command: Command) => Promise<boolean>
  /** Past this page's line and its sessions. */
  callFromElsewhere: (call: CallFromElsewhere) => Promise<AnswerElsewhere>
}

declare global {
  interface Window {
    tap?: Tap
  }
}

export const tapSchool = (context: BrowserContext) => context.addInitScript(tapInPage)

function tapInPage() {
  if (typeof SharedWorker === 'undefined') return
  const Real = SharedWorker

  let again: () => SharedWorker = () => {
    throw new Error('the page has not opened its school')
  }
  const tap: Tap = {
    line: { state: 'whole' },
    held: [],
    changes: 0,
    command: (command) =>
      new Promise((resolve) => {
        const { port } = again()
        port.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => resolve(data.say === 'done' && data.ok)
        port.postMessage({ id: 0, ask: 'command', command } satisfies WorkerQuestion)
      }),
    callFromElsewhere: ({ method, path, headers, body }) =>
      new Promise((resolve, reject) => {
        const { port } = again()
        const answer: AnswerElsewhere = { status: 0, headers: {}, text: '' }
        const decoder = new TextDecoder()
        port.onmessage = ({ data }: MessageEvent<WorkerAnswer>) => {
          if (data.say === 'head') {
            answer.status = data.status
            answer.headers = Object.fromEntries(data.headers)
          } else if (data.say === 'chunk') answer.text += decoder.decode(data.bytes, { stream: true })
          else if (data.say === 'end') resolve(answer)
          else reject(new Error(`the school did not answer ${method} ${path}`))
        }
        const bytes = body === undefined ? null : new TextEncoder().encode(body).buffer
        const url = new URL(path, location.origin).href
        const request = { url, method, headers: Object.entries(headers), body: bytes }
        port.postMessage({ id: 0, ask: 'fetch', request } satisfies WorkerQuestion)
      }),
  }
  window.tap = tap

  window.SharedWorker = class extends Real {
    constructor(url: string | URL, options?: string | WorkerOptions) {
      super(url, options)
      again = () => new Real(url, options)
      const { port } = this
      // Later than the question, like every answer.
      const answer = (data: WorkerAnswer) =>
        queueMicrotask(() => port.dispatchEvent(new MessageEvent('message', { data })))

      const send = port.postMessage.bind(port)
      port.postMessage = (question: WorkerQuestion) => {
        const { line } = tap
        if (question.ask !== 'fetch') return send(question)
        const { method, url: address } = question.request
        if (method !== 'GET' && !address.includes('/api/session')) tap.changes += 1
        if (line.state === 'cut') answer({ to: question.id, say: 'broken' })
        else if (line.state === 'refusing')
          for (const piece of refusal(line)) answer({ to: question.id, ...piece })
        else send(question)
      }
      // First of all listeners, so that it decides what the page gets to hear.
      port.addEventListener('message', (event: MessageEvent<WorkerAnswer>) => {
        const { to, say } = event.data
        if (!event.isTrusted || say === 'done' || say === 'clock') return
        if (tap.line.state === 'answersLost') {
          event.stopImmediatePropagation()
          if (say === 'head') answer({ to, say: 'broken' })
        } else if (tap.line.state === 'held') {
          event.stopImmediatePropagation()
          tap.held.push(() => answer(event.data))
        }
      })
    }
  }

  function refusal({ status, type, retryAfterSeconds }: Extract<Line, { state: 'refusing' }>) {
    const body = { type, status, requestId: 'TEST-0001', ...(retryAfterSeconds && { retryAfterSeconds }) }
    const headers: [string, string][] = [['Content-Type', 'application/problem+json']]
    return [
      { say: 'head', status, headers, hasBody: true },
      { say: 'chunk', bytes: new TextEncoder().encode(JSON.stringify(body)) },
      { say: 'end' },
    ] as const
  }
}

/** Makes something happen at the school, as the picker of the dev server does. The page must be open. */
export async function atSchool(page: Page, command: Command): Promise<void> {
  const done = await page.evaluate((asked) => window.tap?.command(asked), command)
  if (done !== true) throw new Error(`The school could not ${JSON.stringify(command)}`)
}

/** Calls the school as another computer would; the page only lends its browser. */
export async function callFromElsewhere(page: Page, call: CallFromElsewhere): Promise<AnswerElsewhere> {
  const answer = await page.evaluate((sent) => window.tap?.callFromElsewhere(sent), call)
  if (!answer) throw new Error('the page is not tapped')
  return answer
}

/** From now on calls of this page go over such a line. */
export async function setLine(page: Page, line: Line): Promise<void> {
  await page.evaluate((next) => {
    if (!window.tap) throw new Error('the page is not tapped')
    window.tap.line = next
    if (next.state === 'whole') for (const release of window.tap.held.splice(0)) release()
  }, line)
}

/** How many calls that change something this page has sent, repeated ones included. */
export const changesSent = (page: Page): Promise<number> => page.evaluate(() => window.tap?.changes ?? 0)
