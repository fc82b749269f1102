import { type Duration, days, type Instant, seconds } from '../time'
import type { ActivityEntry } from './entry'

/**
 * The chain that shows whether somebody has changed the log behind the program's back. Entries are sealed in blocks
 * after they have been committed, so that no unit of work waits for another; each block holds a hash of its entries
 * and the hash of the block before it, and so whoever knows the newest hash knows that all before it is untouched.
 */

/** How often new entries are sealed. */
export const SEALING: Duration = seconds(10)

/** A block comes at least this often, also where nothing happened: then that is what it says. */
export const QUIET_BLOCK: Duration = days(1)

/** How many turns a block spans at most, so that it can be made and checked in little memory. */
export const BLOCK_TURNS = 500

/** An entry where it stands in the log: those that one unit of work added at once share a turn. */
export interface PlacedEntry extends Pick<ActivityEntry, 'at' | 'requestId'> {
  turn: number
  /** All that is kept of it, as the database writes it: also what a later version of this program adds. */
  row: string
  /** The schools in whose log it is told. */
  toldAt: readonly string[]
}

/** A turn, and the hash of its entries. */
export type SealedTurn = readonly [turn: number, hash: string]

export interface Block {
  /** 1, 2, 3 … */
  number: number
  sealedAt: Instant
  /** It holds all entries of the turns after this one … */
  afterTurn: number
  /** … through this one. */
  throughTurn: number
  entries: number
  /** The moment of the latest of its entries; null where it has none. */
  latestAt: Instant | null
  /** The hash of `turns`, which stays when they are taken out. */
  turnsHash: string
  /** What names the turn that was touched; null once its entries have been taken out as too old. */
  turns: readonly SealedTurn[] | null
  /** From this block on, the entries through this turn have been taken out as too old; 0 for none. */
  takenOutThrough: number
  /** Whether the hash is made with a key that the database does not hold. */
  isKeyed: boolean
  /** The hash of the block before. */
  previous: string
  hash: string
}

/** How hashes are made. */
export interface Sealing {
  digest(text: string): string
  /** With the key, where there is one: then who can write into the database still cannot make a block. */
  sign: ((text: string) => string) | null
}

/** What the first block has before it. */
export const NO_BLOCK: Pick<Block, 'number' | 'throughTurn' | 'takenOutThrough' | 'hash'> = {
  number: 0,
  throughTurn: 0,
  takenOutThrough: 0,
  hash: '',
}

/** An entry as the text that is hashed. Its form is never changed: earlier blocks could no longer be checked. */
const textOf = ({ row, toldAt }: PlacedEntry): string => JSON.stringify([row, toldAt.toSorted()])

/** The hash of each turn, in order. @param entries in the order of the log */
export function sealedTurns(entries: readonly PlacedEntry[], { digest }: Sealing): SealedTurn[] {
  const texts = new Map<number, string[]>()
  for (const entry of entries) texts.set(entry.turn, [...(texts.get(entry.turn) ?? []), textOf(entry)])
  return [...texts].map(([turn, ofTurn]) => [turn, digest(`${turn}\n${ofTurn.join('\n')}`)])
}

export const turnsHashOf = (turns: readonly SealedTurn[], { digest }: Sealing): string =>
  digest(JSON.stringify(turns))

/** The hash that a block must have; null where it was made with a key and none is at hand. */
export function hashOf(block: Omit<Block, 'hash' | 'turns'>, { digest, sign }: Sealing): string | null {
  const make = block.isKeyed ? sign : digest
  return (
    make?.(
      JSON.stringify([
        block.number,
        block.sealedAt,
        block.afterTurn,
        block.throughTurn,
        block.entries,
        block.latestAt,
        block.turnsHash,
        block.takenOutThrough,
        block.isKeyed,
        block.previous,
      ]),
    ) ?? null
  )
}

/** The block after `last`, with these entries. @param entries all of the turns after the last block's */
export function nextBlock(
  last: typeof NO_BLOCK,
  entries: readonly PlacedEntry[],
  {
    throughTurn,
    takenOutThrough,
    sealedAt,
  }: { throughTurn: number; takenOutThrough: number; sealedAt: Instant },
  sealing: Sealing,
): Block {
  const turns = sealedTurns(entries, sealing)
  const unsealed = {
    number: last.number + 1,
    sealedAt,
    afterTurn: last.throughTurn,
    throughTurn,
    entries: entries.length,
    latestAt: entries.reduce<Instant | null>((latest, { at }) => Math.max(latest ?? at, at), null),
    turnsHash: turnsHashOf(turns, sealing),
    takenOutThrough,
    isKeyed: sealing.sign !== null,
    previous: last.hash,
  }
  return { ...unsealed, turns, hash: hashOf(unsealed, sealing) ?? '' }
}
