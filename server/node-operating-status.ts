import { readFile } from 'node:fs/promises'
import { feedSchema, type OperatingStatus, type TroubleWords } from './operating-status/schema'
import { type Duration, minutes, seconds, type Timer } from './time'

/** How often the feed is read. */
export const READ_EVERY: Duration = minutes(1)
const ANSWER_WITHIN: Duration = seconds(5)

async function read(feed: string): Promise<unknown> {
  if (!/^https?:/.test(feed)) return JSON.parse(await readFile(feed, 'utf8'))
  const answer = await fetch(feed, { signal: AbortSignal.timeout(ANSWER_WITHIN) })
  if (!answer.ok) throw new Error(`The feed answered ${answer.status}`)
  return answer.json()
}

interface Feed {
  status: OperatingStatus
  stop: () => void
}

/**
 * Follows a feed of operating status: a file, or an address that the server asks, so that no browser does.
 * It holds `{"da": "…", "en": "…"}` while something is wrong and `{}` while all is well. One that cannot be read tells
 * nothing, and `onTrouble` why, once until it can be read again.
 * @param feed a path, or an http(s) address
 */
export async function followFeed(
  feed: string,
  { timer, onTrouble }: { timer: Timer; onTrouble: (error: unknown) => void },
): Promise<Feed> {
  let trouble: TroubleWords | null = null
  let isReadable = true

  async function look() {
    try {
      trouble = feedSchema.parse(await read(feed))
      isReadable = true
    } catch (error) {
      trouble = null
      if (isReadable) onTrouble(new Error('The feed of operating status cannot be read', { cause: error }))
      isReadable = false
    }
  }

  await look()
  return { status: () => trouble, stop: timer.every(READ_EVERY, look) }
}
