import { keptSchool } from './kept-school'
import type { WorkerAnswer, WorkerQuestion } from './worker-messages'

/** The school, in a worker that all tabs share, so that two tabs see one school. */
const school = keptSchool()

async function answer(question: WorkerQuestion): Promise<WorkerAnswer> {
  const to = question.id
  switch (question.ask) {
    case 'command':
      return { to, ok: await school.command(question.command) }
    case 'overview':
      return { to, ok: true, overview: await school.overview() }
    case 'fetch': {
      const { url, method, headers, body } = question.request
      const response = await school.fetch(new Request(url, { method, headers, body })).catch(() => null)
      if (response === null) return { to, ok: false }
      return {
        to,
        ok: true,
        response: {
          status: response.status,
          headers: [...response.headers],
          body: response.status === 204 ? null : await response.arrayBuffer(),
        },
      }
    }
  }
}

addEventListener('connect', (event) => {
  const port = event instanceof MessageEvent ? event.ports[0] : undefined
  port?.addEventListener('message', async ({ data }: MessageEvent<WorkerQuestion>) => {
    port.postMessage(await answer(data))
  })
  port?.start()
})
