/** A look that has no answer by then no longer keeps the next one waiting. */
const ANSWER_WITHIN_MS = 5_000

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

interface Looks {
  /** Something has changed: what, or null where it may be anything. */
  want(what: string | null): void
  stop(): void
}

/**
 * One look at a time: the first at once, and while it is under way all that is wanted meanwhile becomes the next one. A
 * look that took the place of the one before would show nothing at all as long as events come quicker than answers.
 * @param look what has changed since the last one; null where it may be anything
 * @param restMs however quick the answers, it is asked for at most this often
 */
export function lookInTurn(look: (what: string | null) => Promise<void>, restMs = 0): Looks {
  const wanted = new Set<string | null>()
  let isLooking = false
  let stopped = false

  async function lookOnceMore() {
    const [only = null] = wanted
    const what = wanted.size === 1 ? only : null
    wanted.clear()
    const answered = look(what).catch(() => undefined)
    await Promise.all([Promise.race([answered, pause(ANSWER_WITHIN_MS)]), pause(restMs)])
  }

  async function lookWhileWanted() {
    isLooking = true
    while (wanted.size > 0 && !stopped) await lookOnceMore()
    isLooking = false
  }

  return {
    want(what) {
      wanted.add(what)
      if (!isLooking && !stopped) void lookWhileWanted()
    },
    stop() {
      stopped = true
    },
  }
}
