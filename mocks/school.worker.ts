import { get, set } from 'idb-keyval'
import { type Duration, hours, type Instant, seconds } from '../server/time'
import { openSchool, type SchoolState } from './school'
import type { WorkerAnswer, WorkerQuestion } from './worker-messages'

/**
 * The school, in a worker that all tabs share, so that two tabs see one school.
 * It is written down after each change, since a reload of the only tab ends the worker.
 */
interface Saved {
  build: string
  at: Instant
  state: SchoolState
}

const KEY = 'school'
const KEPT_FOR: Duration = hours(8)
const SAVE_AFTER: Duration = seconds(0.1)

const school = get<Saved>(KEY).then((saved) => {
  const usable = saved && saved.build === __BUILD_ID__ && Date.now() - saved.at < KEPT_FOR
  return openSchool({ resume: usable ? saved.state : undefined })
})

let saving: ReturnType<typeof setTimeout> | undefined
async function save() {
  const opened = await school
  clearTimeout(saving)
  saving = setTimeout(() => {
    void set(KEY, { build: __BUILD_ID__, at: Date.now(), state: opened.state() } satisfies Saved)
  }, SAVE_AFTER)
}

async function answer(question: WorkerQuestion): Promise<WorkerAnswer> {
  const opened = await school
  if (question.ask === 'command') {
    await opened.command(question.command)
    await save()
    return { to: question.id, ok: true }
  }
  const { url, method, headers, body } = question.request
  const response = await opened.fetch(new Request(url, { method, headers, body })).catch(() => null)
  if (method !== 'GET') await save()
  if (response === null) return { to: question.id, ok: false }
  return {
    to: question.id,
    ok: true,
    response: {
      status: response.status,
      headers: [...response.headers],
      body: response.status === 204 ? null : await response.arrayBuffer(),
    },
  }
}

addEventListener('connect', (event) => {
  const port = event instanceof MessageEvent ? event.ports[0] : undefined
  port?.addEventListener('message', async ({ data }: MessageEvent<WorkerQuestion>) => {
    port.postMessage(await answer(data))
  })
  port?.start()
})
