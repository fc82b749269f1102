import type { ExportWords, ListedPupil, UsernameSlip } from '../../../server/take-away/schema'
import { api, bodyOf } from '../../api/client'
import type { Pupil } from '../../api/pupil-cache'

/** So many pupils are asked for at once; more come in several answers, each well within the time of one. */
const PUPILS_AT_ONCE = 1_000

type Named = Pick<Pupil, 'id' | 'name'>

export interface Taken<Row> {
  rows: Row[]
  /** Those who were asked for and are not in reach any more. */
  leftOut: Named[]
}

/**
 * Asks for pupils in parts, one after the other.
 * @param key the same for every attempt at one thing, so that the log has it once
 */
async function inParts<Row>(
  pupils: readonly Named[],
  key: string,
  ask: (part: {
    json: { pupilIds: string[] }
    header: { 'idempotency-key': string }
  }) => Promise<{ refused: string[]; rows: Row[] }>,
): Promise<Taken<Row>> {
  const taken: Taken<Row> = { rows: [], leftOut: [] }
  for (let start = 0; start < pupils.length; start += PUPILS_AT_ONCE) {
    const part = pupils.slice(start, start + PUPILS_AT_ONCE)
    const { refused, rows } = await ask({
      json: { pupilIds: part.map(({ id }) => id) },
      header: { 'idempotency-key': `${key}-${start}` },
    })
    taken.rows.push(...rows)
    taken.leftOut.push(...part.filter(({ id }) => refused.includes(id)))
  }
  return taken
}

const refusedOf = (results: readonly { id: string; refusal: string | null }[]) =>
  results.filter(({ refusal }) => refusal !== null).map(({ id }) => id)

/** Asks for slips; the API logs each. The usernames are kept by the caller and in no cache. */
export const askForSlips = (pupils: readonly Named[], key: string): Promise<Taken<UsernameSlip>> =>
  inParts(pupils, key, async (part) => {
    const { results } = await bodyOf(api.pupils['username-slips'].$post(part))
    return { refused: refusedOf(results), rows: results.flatMap(({ slip }) => slip ?? []) }
  })

/** Asks for the names of class lists; the API logs each. */
export const askForClassLists = (pupils: readonly Named[], key: string): Promise<Taken<ListedPupil>> =>
  inParts(pupils, key, async (part) => {
    const { results } = await bodyOf(api.pupils['class-lists'].$post(part))
    return { refused: refusedOf(results), rows: results.flatMap(({ listed }) => listed ?? []) }
  })

const BYTE_ORDER_MARK = '\uFEFF'

/** Asks for pupils as a file; the API logs each. `rows` are the parts of the file, in order. */
export const askForFile = (
  pupils: readonly Named[],
  words: ExportWords,
  key: string,
): Promise<Taken<string>> => {
  let continues = false
  return inParts(pupils, key, async ({ json, header }) => {
    const { results, file } = await bodyOf(
      api.pupils.exports.$post({ json: { ...json, words, continues }, header }),
    )
    const part = continues ? file.replace(BYTE_ORDER_MARK, '') : file
    continues = true
    return { refused: refusedOf(results), rows: [part] }
  })
}
