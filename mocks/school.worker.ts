import { keptSchool } from './kept-school'
import type { WorkerAnswer, WorkerQuestion } from './worker-messages'

/** The school, in a worker that all tabs share, so that two tabs see one school. */
const school = keptSchool()

/** Answers what one tab asks. */
function answering(say: (answer: WorkerAnswer) => void) {
  /** How to stop each answer that is under way. */
  const underWay = new Map<number, AbortController>()

  async function passOn(to: number, asked: Request, { signal }: AbortController) {
    const { status, headers, body } = await school.fetch(asked)
    // A cancelled reader has read everything, so the loop below ends of itself.
    const reader = body?.getReader()
    signal.addEventListener('abort', () => void reader?.cancel())
    if (signal.aborted) await reader?.cancel()
    say({ to, say: 'head', status, headers: [...headers], hasBody: reader !== undefined })
    for (;;) {
      const { done, value } = (await reader?.read()) ?? { done: true }
      if (done || !value) break
      say({ to, say: 'chunk', bytes: new Uint8Array(value) })
    }
    say({ to, say: 'end' })
  }

  return async (question: WorkerQuestion) => {
    const { id } = question
    switch (question.ask) {
      case 'command':
        say({ to: id, say: 'done', ok: await school.command(question.command) })
        return
      case 'overview':
        say({ to: id, say: 'done', ok: true, overview: await school.overview() })
        return
      case 'clock': {
        const stop = new AbortController()
        underWay.set(id, stop)
        const stopFollowing = school.followClock((face) => say({ to: id, say: 'clock', face }))
        stop.signal.addEventListener('abort', () => {
          stopFollowing()
          underWay.delete(id)
        })
        return
      }
      case 'stop':
        underWay.get(id)?.abort()
        return
      case 'fetch': {
        const { url, method, headers, body } = question.request
        const stop = new AbortController()
        underWay.set(id, stop)
        await passOn(id, new Request(url, { method, headers, body }), stop).catch(() =>
          say({ to: id, say: 'broken' }),
        )
        underWay.delete(id)
      }
    }
  }
}

addEventListener('connect', (event) => {
  const port = event instanceof MessageEvent ? event.ports[0] : undefined
  const answer = answering((said) => port?.postMessage(said))
  port?.addEventListener('message', ({ data }: MessageEvent<WorkerQuestion>) => void answer(data))
  port?.start()
})
