import { z } from '@hono/zod-openapi'
import { stream } from 'hono/streaming'
import type { ApiContext, Services } from '../http'
import { Problem } from '../problems'
import { type Duration, seconds } from '../time'
import type { BusEvent, Change } from './bus'

/** A stream says something at least this often, so that proxies keep it open and the page notices a dead line. */
export const HEARTBEAT: Duration = seconds(15)

/** The header by which every answer tells the state of which event it shows at least. */
export const LATEST_EVENT_HEADER = 'Latest-Event'

/** Where a listener was: the browser's own header on reconnecting, or the query where it cannot be set. */
export const resumeSchema = {
  headers: z.object({ 'last-event-id': z.string().optional() }),
  query: z.object({ after: z.string().optional() }),
}

/** The event after which a stream goes on; null where it begins now, also where that is what no server said. */
export function resumePoint(
  headers: z.infer<typeof resumeSchema.headers>,
  query: z.infer<typeof resumeSchema.query>,
): number | null {
  const said = headers['last-event-id'] ?? query.after
  return said !== undefined && /^\d{1,15}$/.test(said) ? Number(said) : null
}

/** The answer of every route that streams. */
export const eventStreamContent = {
  description:
    'Server-sent events: `event: look` says that the lists have changed and are to be asked for again. Resumes after Last-Event-ID.',
  content: { 'text/event-stream': { schema: z.string() } },
}

/** Who listens. */
export interface Listener {
  /** The public name of the session; the stream is over with it. */
  sessionRef: string
  /** Whether this event is of a school of the listener's: asked at once, so that nobody is woken for the others. */
  isNear: (event: BusEvent) => boolean
  /** Whether it may be that the listener hears of this event; where not, `hears` need not be asked. */
  isConcerned: (event: BusEvent) => boolean | Promise<boolean>
  hears: Hears
}

/**
 * Which of these pupils and schools the listener may hear of at this moment.
 * @throws Problem where the session is over.
 */
export type Hears = (
  pupilIds: readonly string[],
  institutionIds: readonly string[],
) => Promise<ReadonlySet<string>>

const look = (id: number, what: Change | null) =>
  `event: look\nid: ${id}\ndata: ${JSON.stringify(what === null ? {} : { what })}\n\n`

const BEAT = ':\n\n'

/**
 * Streams looks to one listener until the page leaves or the session ends. What has come together while the last
 * was being sent is one look, so that a whole class asking at once costs each listener little.
 * @param after the last event the listener has heard of; null where the stream begins now
 */
export function streamLooks(
  c: ApiContext,
  { events, timer, onUnexpected }: Pick<Services, 'events' | 'timer' | 'onUnexpected'>,
  after: number | null,
  { sessionRef, isNear, isConcerned, hears }: Listener,
): Response {
  c.header('Content-Type', 'text/event-stream; charset=utf-8')
  // Proxies that collect an answer before they pass it on would keep every event back.
  c.header('X-Accel-Buffering', 'no')

  return stream(c, async (page) => {
    const missed = after === null ? [] : events.since(after)
    const waiting: BusEvent[] = (missed ?? []).filter(isNear)
    let lookAtAll = missed === null
    // The first one tells the page at once that the line carries streams.
    let beat = true
    let wake = () => {}
    const unsubscribe = events.subscribe((event) => {
      if (!isNear(event)) return
      waiting.push(event)
      wake()
    })
    const stopBeating = timer.every(HEARTBEAT, () => {
      beat = true
      wake()
    })
    let isOver = false
    const stopWaitingForEnd = events.whenSessionEnds(sessionRef, () => {
      isOver = true
      wake()
    })
    page.onAbort(() => wake())
    const somethingNew = async () => {
      if (waiting.length > 0 || beat || page.aborted || isOver) return
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }

    try {
      while (!page.aborted && !isOver) {
        const latest = waiting.at(-1)?.id ?? events.latestId()
        const heard = await those(waiting.splice(0), isConcerned)
        if (heard.length === 0 && !lookAtAll && !beat) {
          await somethingNew()
          continue
        }
        const allowed = await hears(
          heard.flatMap(({ pupilIds }) => pupilIds),
          heard.flatMap(({ institutionIds = [] }) => institutionIds),
        )
        const told = heard.filter(({ pupilIds, institutionIds = [] }) =>
          [...pupilIds, ...institutionIds].some((id) => allowed.has(id)),
        )
        const kinds = new Set(told.map(({ what }) => what))
        const [only = null] = kinds
        let text = ''
        if (lookAtAll || kinds.size > 1 || only === 'rosters') text = look(latest, null)
        else if (only !== null) text = look(latest, only)
        else if (beat) text = BEAT
        lookAtAll = false
        beat = false
        // What was being asked when the session ended is told no more.
        if (text !== '' && !isOver) await page.write(text)
        await somethingNew()
      }
    } catch (error) {
      // A session that is over ends the stream; the page then asks again and is told why.
      if (!(error instanceof Problem)) onUnexpected?.(error, c.get('requestId'))
    } finally {
      unsubscribe()
      stopWaitingForEnd()
      stopBeating()
    }
  })
}

async function those(events: readonly BusEvent[], isWanted: Listener['isConcerned']): Promise<BusEvent[]> {
  const wanted = await Promise.all(events.map(isWanted))
  return events.filter((_, place) => wanted[place])
}
