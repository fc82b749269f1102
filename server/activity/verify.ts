import { type Instant, toIso } from '../time'
import {
  type Block,
  hashOf,
  NO_BLOCK,
  type PlacedEntry,
  type Sealing,
  sealedTurns,
  turnsHashOf,
} from './chain'
import { couldBeTakenOut } from './retention'

/** Some blocks in order, with the entries of their turns, all as of one moment. */
export interface ChainPage {
  blocks: readonly Block[]
  entries: readonly PlacedEntry[]
  /** Through which turn entries have been taken out as too old, as the newest block says at that moment. */
  takenOutThrough: number
}

/** What lies outside the blocks. */
export interface Outside {
  /** Entries that are in no block yet, and how many turns they have. */
  unsealed: number
  unsealedTurns: number
  /** Entries that stand before the first turn that is still kept. */
  before: number
  /** The highest turn that an entry has, and the latest that was given out. */
  highestTurn: number
  latestTurn: number
}

/** Where the log is read from, a little at a time. */
export interface ChainSource {
  /** The blocks after this number; none where there is no more. */
  page(afterNumber: number): Promise<ChainPage>
  /** Read after the last page. @param throughTurn what the blocks seal */
  outside(throughTurn: number): Promise<Outside>
}

/** A block that somebody has noted elsewhere. */
export type Head = Pick<Block, 'number' | 'hash'>

export interface Verified {
  /** In the order of the log, each in words; none where nothing was touched. */
  faults: string[]
  /** How many faults there are, also those that are not told one by one. */
  faultCount: number
  blocks: number
  /** Entries that are sealed and here. */
  entries: number
  takenOut: number
  outside: Outside
  head: (Head & Pick<Block, 'sealedAt' | 'throughTurn'>) | null
  unkeyedBlocks: number
}

/** The chain is made with a key, and none is at hand: nobody can say whether it is whole. */
export class KeyMissing extends Error {}

/** So many faults are told one by one. */
const FAULTS_TOLD = 20

const named = ({ number, afterTurn, throughTurn, sealedAt }: Block) =>
  `Block ${number} (turns ${afterTurn + 1} to ${throughTurn}, sealed ${toIso(sealedAt)})`

/** The requests by which entries can be found again; never who acted, or upon whom. */
const requestsOf = (entries: readonly PlacedEntry[], turn: number) => {
  const ids = new Set(entries.filter((entry) => entry.turn === turn).map(({ requestId }) => requestId))
  return ids.size > 0 ? ` (request ${[...ids].join(', ')})` : ''
}

/** What differs between the entries that were sealed in a block and those that are there now. */
function faultsInside(block: Block, entries: readonly PlacedEntry[], sealing: Sealing): string[] {
  const { turns } = block
  if (turns === null) return []
  const isListWhole = turnsHashOf(turns, sealing) === block.turnsHash
  if (!isListWhole)
    return [`${named(block)}: its list of turns was changed, so no single entry can be named.`]
  const now = new Map(sealedTurns(entries, sealing))
  const sealed = new Map(turns)
  const faults: string[] = []
  for (const turn of new Set([...sealed.keys(), ...now.keys()].toSorted((a, b) => a - b))) {
    const [then, found] = [sealed.get(turn), now.get(turn)]
    if (then === found) continue
    const what = found === undefined ? 'was removed' : then === undefined ? 'was put in' : 'was changed'
    faults.push(`${named(block)}: turn ${turn} ${what}${requestsOf(entries, turn)}.`)
  }
  return faults
}

/** What is wrong with a block by itself and by the one that stands before it. */
function faultsOfLink(block: Block, last: typeof NO_BLOCK, wasKeyed: boolean, sealing: Sealing): string[] {
  const faults: string[] = []
  const fault = (what: string) => faults.push(`${named(block)}: ${what}`)
  if (block.number !== last.number + 1) {
    fault(`blocks ${last.number + 1} to ${block.number - 1} before it are missing.`)
  } else if (block.previous !== last.hash) fault('it does not follow the block before it.')
  else if (block.afterTurn !== last.throughTurn || block.throughTurn < block.afterTurn) {
    fault('its turns do not follow those of the block before it.')
  }
  if (block.takenOutThrough < last.takenOutThrough) fault('it takes back what was taken out before.')
  if (wasKeyed && !block.isKeyed) fault('it was made without the key that the blocks before it have.')
  const hash = hashOf(block, sealing)
  if (hash === null) throw new KeyMissing()
  if (hash !== block.hash) {
    fault(block.isKeyed ? 'it was changed, or made with another key.' : 'it was changed.')
  }
  return faults
}

/**
 * Goes through the whole chain and the log beside it, a page at a time.
 * @param noted a block that was written down elsewhere: without one, whoever can write the database could take out the
 * newest blocks together with their entries
 * @throws KeyMissing
 */
export async function verifyActivity(
  source: ChainSource,
  sealing: Sealing,
  noted: Head | null = null,
): Promise<Verified> {
  const faults: string[] = []
  let faultCount = 0
  const add = (...more: string[]) => {
    faultCount += more.length
    faults.push(...more.slice(0, FAULTS_TOLD - faults.length))
  }

  let last: typeof NO_BLOCK = NO_BLOCK
  let head: Verified['head'] = null
  let [blocks, entries, takenOut, unkeyedBlocks] = [0, 0, 0, 0]
  let wasKeyed = false
  /** Blocks that are empty now, and that no block has said so of yet. */
  let unexplained: { throughTurn: number; latestAt: Instant | null; name: string }[] = []

  for (;;) {
    const page = await source.page(last.number)
    if (page.blocks.length === 0) break
    for (const block of page.blocks) {
      const { number, afterTurn, throughTurn, turns, takenOutThrough, sealedAt, hash } = block
      add(...faultsOfLink(block, last, wasKeyed, sealing))
      const inside = page.entries.filter(({ turn }) => turn > afterTurn && turn <= throughTurn)
      add(...faultsInside(block, inside, sealing))
      if (turns === null) {
        if (throughTurn > page.takenOutThrough) {
          add(`${named(block)}: its entries are gone, and no block says that they were taken out.`)
        }
        takenOut += block.entries
        unexplained.push({ throughTurn, latestAt: block.latestAt, name: named(block) })
      } else entries += inside.length

      if (takenOutThrough > last.takenOutThrough) {
        for (const gone of unexplained) {
          const isEarly = gone.latestAt !== null && !couldBeTakenOut(gone.latestAt, sealedAt)
          if (gone.throughTurn <= takenOutThrough && isEarly) {
            add(`${gone.name}: its entries were taken out by block ${number}, before they were old enough.`)
          }
        }
        unexplained = unexplained.filter((gone) => gone.throughTurn > takenOutThrough)
      }
      if (noted?.number === number && noted.hash !== hash) {
        add(`${named(block)}: it is another one than the block that was noted.`)
      }
      blocks += 1
      if (!block.isKeyed) unkeyedBlocks += 1
      wasKeyed ||= block.isKeyed
      last = block
      head = { number, hash, sealedAt, throughTurn }
    }
  }

  if (noted && noted.number > last.number) {
    add(`Block ${noted.number}, which was noted, is missing: the chain ends with block ${last.number}.`)
  }
  if (sealing.sign !== null && head && !wasKeyed) add('No block was made with the key ACTIVITY_KEY.')
  const outside = await source.outside(last.throughTurn)
  if (outside.before > 0) {
    add(`${outside.before} entries stand where all were taken out as too old: they were put in.`)
  }
  if (outside.highestTurn > outside.latestTurn) {
    add(
      `Turn ${outside.highestTurn} was put in: the program has given out turns up to ${outside.latestTurn}.`,
    )
  }
  return { faults, faultCount, blocks, entries, takenOut, outside, head, unkeyedBlocks }
}
