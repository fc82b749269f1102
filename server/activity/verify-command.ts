import { toIso } from '../time'
import type { Sealing } from './chain'
import { type ChainSource, type Head, type Verified, verifyActivity } from './verify'

/** With what `npm run verify-activity` ends. */
export const verifyExitCodes = { untouched: 0, touched: 1, misused: 2 } as const

export const VERIFY_USAGE = `npm run verify-activity [-- --head=<number>:<hash>]

  --head    the newest block as it was told at an earlier time, kept elsewhere: shows whether the end was cut off since`

/** What is asked by the words after the command: the noted head; null where they make no sense. */
export function askedToVerify(words: readonly string[]): { noted: Head | null } | null {
  const [word, ...others] = words
  if (word === undefined) return { noted: null }
  const [, number, hash] = word.match(/^--head=(\d{1,15}):([\w-]{43})$/) ?? []
  if (others.length > 0 || number === undefined || hash === undefined) return null
  return { noted: { number: Number(number), hash } }
}

const many = (count: number, one: string, several = `${one}s`) => `${count} ${count === 1 ? one : several}`

function told({ faults, faultCount, blocks, entries, takenOut, outside, head, unkeyedBlocks }: Verified) {
  const { unsealed, unsealedTurns, latestTurn } = outside
  const empty = head ? latestTurn - head.throughTurn - unsealedTurns : 0
  return [
    faultCount > 0
      ? `THE ACTIVITY LOG WAS TOUCHED: ${many(faultCount, 'fault')} in ${many(blocks, 'block')}.`
      : `The activity log is untouched: ${many(entries, 'entry', 'entries')} in ${many(blocks, 'block')}.`,
    ...faults.map((fault) => `- ${fault}`),
    ...(faultCount > faults.length ? [`- and ${faultCount - faults.length} more.`] : []),
    ...(takenOut > 0 ? [`${many(takenOut, 'entry', 'entries')} had been taken out as too old.`] : []),
    ...(unsealed > 0
      ? [
          `${many(unsealed, 'entry is', 'entries are')} too new to be sealed, and so not checked: the server seals every ten seconds.`,
        ]
      : []),
    ...(empty > 0
      ? [
          `After the newest block ${many(empty, 'turn has', 'turns have')} no entry: work that was undone, or entries taken out from the end. A running server seals within half a minute; if it says the same then, or the server was stopped in order, look closer.`,
        ]
      : []),
    ...(unkeyedBlocks > 0
      ? [
          `${many(unkeyedBlocks, 'block was', 'blocks were')} made without ACTIVITY_KEY: who may write the whole database could have made them anew.`,
        ]
      : []),
    ...(head
      ? [
          `The newest block, sealed ${toIso(head.sealedAt)}. Keep this elsewhere, and give it the next time:`,
          `--head=${head.number}:${head.hash}`,
        ]
      : ['Nothing is sealed yet.']),
  ]
}

/** Checks as asked, and tells what was found. @returns the code with which the command ends */
export async function runVerification(
  { noted }: { noted: Head | null },
  source: ChainSource,
  sealing: Sealing,
  write: (text: string) => void,
): Promise<number> {
  const found = await verifyActivity(source, sealing, noted)
  write(`${told(found).join('\n')}\n`)
  return found.faultCount > 0 ? verifyExitCodes.touched : verifyExitCodes.untouched
}
