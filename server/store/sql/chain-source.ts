import { NO_BLOCK } from '../../activity/chain'
import type { ChainSource, Outside } from '../../activity/verify'
import { type Database, LOCKS } from './database'
import { blocksAfter, entriesOfTurns, latestTurn, newestBlock } from './sealing'

/** How many blocks are looked at together: some thousands of entries on a busy morning. */
const BLOCKS_AT_ONCE = 20

/** The log and its chain, page by page; nothing is sealed or taken out while a page is being read. */
export const chainSource = (database: Database): ChainSource => ({
  page: (afterNumber) =>
    database.alone(LOCKS.activity, async (connection) => {
      const blocks = await blocksAfter(connection, afterNumber, BLOCKS_AT_ONCE)
      const [first, last] = [blocks[0], blocks.at(-1)]
      const newest = (await newestBlock(connection)) ?? NO_BLOCK
      return {
        blocks,
        entries: first && last ? await entriesOfTurns(connection, first.afterTurn, last.throughTurn) : [],
        takenOutThrough: newest.takenOutThrough,
      }
    }),
  async outside(throughTurn) {
    const found = await database.alone(LOCKS.activity, async (connection) => {
      const newest = (await newestBlock(connection)) ?? NO_BLOCK
      return connection.query<Omit<Outside, 'latestTurn'>>(
        `select (select count(*) from activity where turn > $1) as unsealed,
           (select count(distinct turn) from activity where turn > $1) as "unsealedTurns",
           (select count(*) from activity where turn <= $2) as before,
           (select coalesce(max(turn), 0) from activity) as "highestTurn"`,
        [throughTurn, newest.takenOutThrough],
      )
    })
    const none = { unsealed: 0, unsealedTurns: 0, before: 0, highestTurn: 0 }
    // After the highest: whoever adds an entry has its turn by then.
    return { ...none, ...found[0], latestTurn: await latestTurn(database) }
  },
})
