import { type ApiError, errorOf, isSessionLost } from './errors'
import { resumePoint } from './resume-point'

/**
 * Follows the API's stream of events, which only say "look again"; what there is to see is always asked for by a plain
 * request. So a stream that breaks, sleeps or repeats itself can make the page late, never wrong.
 */

/** While no stream is open the page looks by itself this often. */
const LOOK_EVERY_MS = 5_000
/** A stream that does not begin within this time is held up by something on the way. */
const BEGIN_WITHIN_MS = 10_000
/** The server says something every 15 seconds: after two that did not come, the line is dead. */
const SILENT_AFTER_MS = 35_000

const FIRST_WAIT_MS = 1_000
const LONGEST_WAIT_MS = 30_000

/**
 * How long to wait before the next try: anywhere up to a bound that doubles, so that a whole country whose streams broke
 * at the same moment does not come back at the same moment ("full jitter").
 */
export const waitBeforeTry = (failures: number, random: () => number = Math.random): number =>
  random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** failures)

export interface Following {
  /** The path of the stream. */
  path: string
  /** What every request of this page carries. */
  headers: () => Headers
  /** Something has changed: what, or null where it may be anything. */
  onLook: (what: string | null) => void
  onSessionLost: (error: ApiError) => void
}

/**
 * Follows a stream until the returned function is called. Also in a hidden tab: a pupil waits whether or not the teacher
 * is looking, and the tab's title is to say so.
 */
export function follow({ path, headers, onLook, onSessionLost }: Following): () => void {
  let lastId = resumePoint()
  let connection = new AbortController()
  let open = false
  // By the wall clock, which goes on while a computer sleeps.
  let heardAt = 0
  let failures = 0
  let nextTry: ReturnType<typeof setTimeout> | undefined
  let stopped = false

  async function connect() {
    clearTimeout(nextTry)
    nextTry = undefined
    connection = new AbortController()
    const { signal } = connection
    const slow = setTimeout(() => connection.abort(), BEGIN_WITHIN_MS)
    const startedAt = Date.now()
    try {
      const sent = headers()
      if (lastId !== null) sent.set('Last-Event-ID', lastId)
      const response = await fetch(new URL(path, location.origin), {
        headers: sent,
        signal,
        cache: 'no-store',
      })
      if (!response.ok || response.body === null) throw await errorOf(response)
      await readMessages(response.body, (message) => {
        clearTimeout(slow)
        if (stopped) return
        open = true
        heardAt = Date.now()
        lastId = message.id ?? lastId
        if (message.event === 'look') onLook(whatOf(message.data))
      })
    } catch (error) {
      if (isSessionLost(error)) {
        stop()
        onSessionLost(error)
      }
    }
    clearTimeout(slow)
    open = false
    if (stopped) return
    // A stream that held for a while was a good one; one that always breaks at once is tried less and less.
    failures = Date.now() - startedAt > LONGEST_WAIT_MS ? 0 : failures + 1
    nextTry = setTimeout(() => void connect(), waitBeforeTry(failures))
  }

  /** The computer or the connection is back: a stream may look open that is dead. */
  function wake() {
    if (document.visibilityState === 'hidden') return
    const isSilent = Date.now() - heardAt > SILENT_AFTER_MS
    if (open && !isSilent) return
    onLook(null)
    failures = 0
    if (nextTry !== undefined) void connect()
    else if (isSilent && open) connection.abort()
  }

  const ticking = setInterval(() => {
    const isSilent = open && Date.now() - heardAt > SILENT_AFTER_MS
    if (!open || isSilent) onLook(null)
    if (isSilent) connection.abort()
  }, LOOK_EVERY_MS)

  function stop() {
    if (stopped) return
    stopped = true
    clearInterval(ticking)
    clearTimeout(nextTry)
    removeEventListener('online', wake)
    removeEventListener('pageshow', wake)
    document.removeEventListener('visibilitychange', wake)
    connection.abort()
  }

  addEventListener('online', wake)
  addEventListener('pageshow', wake)
  document.addEventListener('visibilitychange', wake)
  void connect()
  return stop
}

interface Message {
  event: string | null
  id: string | null
  data: string | null
}

/** Reads server-sent events as they come; a comment is a message without an event. */
async function readMessages(body: ReadableStream<Uint8Array>, onMessage: (message: Message) => void) {
  const reader = body.getReader()
  const decoder = new TextDecoder()
  let text = ''
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    text += decoder.decode(value, { stream: true })
    const whole = text.split(/\r?\n\r?\n/)
    text = whole.pop() ?? ''
    for (const lines of whole) onMessage(messageOf(lines))
  }
}

function messageOf(lines: string): Message {
  const field = (name: string) =>
    lines
      .split(/\r?\n/)
      .find((line) => line.startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? null
  return { event: field('event'), id: field('id'), data: field('data') }
}

function whatOf(data: string | null): string | null {
  try {
    const said: unknown = JSON.parse(data ?? '{}')
    return typeof said === 'object' && said !== null && 'what' in said && typeof said.what === 'string'
      ? said.what
      : null
  } catch {
    return null
  }
}
