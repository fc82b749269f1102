/**
 * Where a stream of looks begins: at what the page's first answer already showed. All later answers show more, so
 * nothing that happens between them and the stream's beginning is missed, and nothing is asked for twice.
 */
let firstSeen: string | null = null

/** Takes note of how new an answer is. Only the first one counts. */
export function noteResumePoint(answer: Response): void {
  firstSeen ??= answer.headers.get('Latest-Event')
}

/** The event after which a stream is to begin; null where no answer has told. */
export const resumePoint = (): string | null => firstSeen

/** The lists of the page are gone, so the next answers begin anew. */
export function forgetResumePoint(): void {
  firstSeen = null
}
