import { beforeAll, describe, expect, test } from 'vitest'
import { BLOCK_TURNS, nextBlock, QUIET_BLOCK } from '../../server/activity/chain'
import type { ActivityEntry } from '../../server/activity/entry'
import { CLOCK_TRUSTED_AFTER } from '../../server/activity/retention'
import { type Head, KeyMissing, type Verified, verifyActivity } from '../../server/activity/verify'
import { runVerification } from '../../server/activity/verify-command'
import { nodeSealing } from '../../server/node-activity-seal'
import { chainSource } from '../../server/store/sql/chain-source'
import { type Database, LOCKS } from '../../server/store/sql/database'
import { blocksAfter, createSealer, entriesOfTurns, takeOutOldActivity } from '../../server/store/sql/sealing'
import { createSqlStore } from '../../server/store/sql/store'
import { days, type Instant, minutes } from '../../server/time'
import { NOW } from '../rules/ordinary-pupil'

const entry = (requestId: string, at: Instant = NOW): ActivityEntry => ({
  at,
  actorId: 's-1',
  actorRole: 'teacher',
  action: 'stepUp',
  outcome: 'done',
  reason: null,
  pupilId: 'p-1',
  institutionIds: ['oak', 'ash'],
  requestId,
  source: 'page',
})

const secret = nodeSealing('a key that the database does not hold')

/** A log over this database with nothing in it, by a clock that moves when it is told to. */
async function emptyLog(database: Database, sealing = nodeSealing(null)) {
  const tamper = (statements: string) =>
    database.alone(LOCKS.upkeep, ({ run }) =>
      run(`set local session_replication_role = replica; ${statements}`),
    )
  await tamper(
    `delete from activity; delete from activity_of_schools; delete from activity_blocks;
     alter sequence activity_turns restart`,
  )
  let now = NOW
  const store = createSqlStore(database)
  const { seal } = createSealer(database, sealing, () => now)
  const count = async (table: string) =>
    (await database.read<{ count: number }>(`select count(*) as count from ${table}`))[0]?.count
  return {
    seal,
    add: (...ids: string[]) =>
      store.transaction((unit) => unit.appendActivity(ids.map((id) => entry(id, now)))),
    entries: () => count('activity'),
    told: () => count('activity_of_schools'),
    blocks: () => count('activity_blocks'),
    verify: (noted: Head | null = null, by = sealing) => verifyActivity(chainSource(database), by, noted),
    pass(duration: number) {
      now += duration
    },
    takeOut: (kept = days(30)) => takeOutOldActivity(database, { sealing, now, kept }),
    /** What only somebody who rules over the whole database can do. */
    tamper,
  }
}

/** Three blocks: turn 1 with two entries; 2, 3 and 4; and 5. */
async function threeBlocks(database: Database, sealing = nodeSealing(null)) {
  const log = await emptyLog(database, sealing)
  await log.add('r-1', 'r-1')
  await log.seal()
  for (const id of ['r-2', 'r-3', 'r-4']) await log.add(id)
  await log.seal()
  await log.add('r-5')
  await log.seal()
  return log
}

/** What is found after these statements, which then are undone: the log serves the next test. */
async function verifyAfter(database: Database, statements: string): Promise<Verified> {
  let found: Verified | null = null
  const undone = new Error('undone')
  const trying = database.alone(LOCKS.upkeep, async (connection) => {
    await connection.run(`set local session_replication_role = replica; ${statements}`)
    const inside: Database = {
      ...database,
      alone: (_, work) => work(connection),
      read: (text, values) => connection.query(text, values),
    }
    found = await verifyActivity(chainSource(inside), nodeSealing(null))
    throw undone
  })
  await trying.catch((error) => {
    if (error !== undone) throw error
  })
  if (!found) throw new Error('nothing was found')
  return found
}

const COLUMNS = `place, at, actor_id, actor_role, action, outcome, reason, pupil_id, institution_ids, request_id,
  source`

/** Every kind of tampering, and what the command says to it. */
const tamperings: readonly (readonly [string, string, string | RegExp])[] = [
  [
    'an entry is changed',
    `update activity set pupil_id = 'p-2' where turn = 3`,
    /^Block 2 \(turns 2 to 4, sealed [^ ]+Z\): turn 3 was changed \(request r-3\)\.$/,
  ],
  ['its time is changed', 'update activity set at = at + 1 where turn = 3', 'turn 3 was changed'],
  ['a reason is put in', `update activity set reason = '' where turn = 3`, 'turn 3 was changed'],
  ['one from the middle is removed', 'delete from activity where turn = 3', 'turn 3 was removed'],
  ['one of a turn is removed', 'delete from activity where turn = 1 and place = 2', 'turn 1 was changed'],
  ['the last is removed', 'delete from activity where turn = 5', 'Block 3'],
  [
    'one is put in at a turn of its own',
    `delete from activity where turn = 2;
     insert into activity (turn, ${COLUMNS}) select 2, ${COLUMNS} from activity where turn = 3`,
    'turn 2 was changed',
  ],
  [
    'one is put in beside another',
    `insert into activity (turn, ${COLUMNS}) select 1, ${COLUMNS.replace('place', '3')} from activity where turn = 3`,
    'turn 1 was changed',
  ],
  [
    'one is put in before all',
    `insert into activity (turn, ${COLUMNS}) select 0, ${COLUMNS} from activity where turn = 3`,
    'they were put in',
  ],
  [
    'one is put in where no turn was given out yet',
    `insert into activity (turn, ${COLUMNS}) select 9, ${COLUMNS} from activity where turn = 3`,
    'Turn 9 was put in',
  ],
  [
    'two are put into another order',
    `update activity set turn = 99 where turn = 2; update activity set turn = 2 where turn = 3;
     update activity set turn = 3 where turn = 99`,
    'turn 2 was changed',
  ],
  [
    'two of one turn are put into another order',
    `update activity set request_id = 'r-0' where turn = 1 and place = 1`,
    'turn 1 was changed',
  ],
  [
    "one is hidden from a school's log",
    `delete from activity_of_schools where turn = 3 and institution_id = 'oak'`,
    'turn 3 was changed',
  ],
  [
    "one is put into another school's log",
    `insert into activity_of_schools (turn, place, institution_id) values (3, 1, 'elm')`,
    'turn 3 was changed',
  ],
  ['a block is changed', 'update activity_blocks set sealed_at = 1 where number = 2', 'it was changed'],
  [
    'a block and its entries are removed from the middle',
    'delete from activity where turn between 2 and 4; delete from activity_blocks where number = 2',
    'blocks 2 to 2 before it are missing',
  ],
  [
    'the first block and its entries are removed',
    'delete from activity where turn = 1; delete from activity_blocks where number = 1',
    'blocks 1 to 1 before it are missing',
  ],
  [
    'a block is made anew from changed entries',
    `update activity_blocks set hash = repeat('x', 43) where number = 1`,
    'it was changed',
  ],
  [
    'the list of turns is changed along',
    `update activity_blocks set turns = '[]' where number = 2; delete from activity where turn between 2 and 4`,
    'its list of turns was changed',
  ],
  [
    'all of a block is taken out as if it were old',
    `delete from activity where turn = 1; update activity_blocks set turns = null where number = 1`,
    'no block says that they were taken out',
  ],
]

export function sealingContract(name: string, database: Database) {
  describe(`${name}: the sealed activity log`, () => {
    test('is untouched, and says how much it has', async () => {
      const log = await threeBlocks(database)
      await log.add('r-6', 'r-6', 'r-6')
      const found = await log.verify()
      expect(found).toMatchObject({ faults: [], faultCount: 0, blocks: 3, entries: 6, takenOut: 0 })
      expect(found.outside).toMatchObject({ unsealed: 3, unsealedTurns: 1, latestTurn: 6 })
      await log.seal()
      expect((await log.verify()).outside.unsealed).toBe(0)
    })

    describe('once', () => {
      beforeAll(async () => {
        await threeBlocks(database)
      })

      test.each(tamperings)('%s, shows it', async (_, statements, said) => {
        const { faults } = await verifyAfter(database, statements)
        expect(faults[0]).toMatch(said)
      })

      test('a later version adds a column, it is whole, and the column is sealed like the others', async () => {
        const added = 'alter table activity add column extra jsonb'
        expect((await verifyAfter(database, added)).faults).toEqual([])
        const { faults } = await verifyAfter(
          database,
          `${added}; update activity set extra = '1' where turn = 3`,
        )
        expect(faults).toEqual([expect.stringContaining('turn 3 was changed')])
      })
    })

    test('shows that its newest blocks are gone with their entries, to who has noted one of them', async () => {
      const log = await threeBlocks(database)
      const { head } = await log.verify()
      if (!head) throw new Error('nothing is sealed')
      await log.add('r-6')
      await log.seal()
      expect((await log.verify(head)).faults).toEqual([])

      await log.tamper(
        'delete from activity where turn >= 5; delete from activity_blocks where number >= 3; select 1',
      )
      expect((await log.verify()).faults).toEqual([])
      const cut = await log.verify(head)
      expect(cut.faults).toEqual(['Block 3, which was noted, is missing: the chain ends with block 2.'])
      // The turns that were given out still tell that something was there.
      expect(cut.outside).toMatchObject({ latestTurn: 6, unsealedTurns: 0 })

      await log.add('r-7')
      await log.seal()
      expect((await log.verify(head)).faults).toEqual([
        expect.stringContaining('it is another one than the block that was noted'),
      ])
    })

    test('shows one block that was made anew, with all that belongs to it', async () => {
      const log = await threeBlocks(database)
      await log.tamper(`update activity set pupil_id = 'p-2' where turn = 3`)
      const forged = await database.alone(LOCKS.upkeep, async (connection) => {
        const [first, second] = await blocksAfter(connection, 0, 2)
        if (!first || !second) throw new Error('two blocks are missing')
        const entries = await entriesOfTurns(connection, second.afterTurn, second.throughTurn)
        return nextBlock(first, entries, second, nodeSealing(null))
      })
      await log.tamper(
        `update activity_blocks set turns = '${JSON.stringify(forged.turns)}', turns_hash = '${forged.turnsHash}',
           hash = '${forged.hash}' where number = 2`,
      )
      expect((await log.verify()).faults).toEqual([
        expect.stringMatching(/^Block 3 .*: it does not follow the block before it\.$/),
      ])
    })

    test('with a key shows a chain that was made anew by who has the database alone', async () => {
      const log = await threeBlocks(database, secret)
      expect((await log.verify()).faults).toEqual([])
      // Without the key nobody can tell, and that is said.
      await expect(log.verify(null, nodeSealing(null))).rejects.toThrow(KeyMissing)
      expect((await log.verify(null, nodeSealing('another key of at least thirty-two'))).faults[0]).toContain(
        'made with another key',
      )

      await log.tamper(`update activity set pupil_id = 'p-2' where turn = 3; truncate activity_blocks`)
      const { seal } = createSealer(database, nodeSealing(null), () => NOW)
      await seal()
      expect((await log.verify(null, nodeSealing(null))).faults).toEqual([])
      expect((await log.verify()).faults).toEqual(['No block was made with the key ACTIVITY_KEY.'])
    })

    test('may get a key later, and never loses it', async () => {
      const log = await threeBlocks(database)
      await log.add('r-6')
      await createSealer(database, secret, () => NOW).seal()
      expect(await log.verify(null, secret)).toMatchObject({ faults: [], unkeyedBlocks: 3 })
      await log.add('r-7')
      await log.seal()
      expect((await log.verify(null, secret)).faults).toEqual([
        expect.stringContaining('made without the key'),
      ])
    })

    test('is sealed in blocks that fit into memory, and no entry twice', async () => {
      const log = await emptyLog(database)
      const turns = BLOCK_TURNS + 1
      await log.tamper(
        `insert into activity (turn, ${COLUMNS}) select turn, 1, 1, null, null, 'signIn', 'done', null, null,
           '{}', 'r', 'page' from generate_series(1, ${turns}) as turn;
         select setval('activity_turns', ${turns})`,
      )
      await Promise.all([log.seal(), log.seal()])
      await log.seal()
      expect(await log.verify()).toMatchObject({ faults: [], blocks: 2, entries: turns })
    })

    test('gets a block a day where nothing happens, and not before', async () => {
      const log = await emptyLog(database)
      await log.seal()
      expect(await log.blocks()).toBe(0)
      await log.add('r-1')
      await log.seal()
      log.pass(QUIET_BLOCK - 1)
      await log.seal()
      expect(await log.blocks()).toBe(1)
      log.pass(1)
      await log.seal()
      expect(await log.blocks()).toBe(2)
      expect((await log.verify()).faults).toEqual([])
    })

    test('has no gap where sealing broke off', async () => {
      const log = await threeBlocks(database)
      await log.add('r-6')
      const breaking: Database = {
        ...database,
        alone: (lock, work) =>
          database.alone(lock, async (connection) => {
            await work(connection)
            throw new Error('the machine went down')
          }),
      }
      await expect(createSealer(breaking, nodeSealing(null), () => NOW).seal()).rejects.toThrow('went down')
      expect(await log.blocks()).toBe(3)
      await log.seal()
      expect(await log.verify()).toMatchObject({ faults: [], blocks: 4, entries: 7 })
    })

    test('loses nothing while many write and it is sealed', async () => {
      const log = await emptyLog(database)
      const store = createSqlStore(database)
      const writing = Array.from({ length: 60 }, async (_, turn) => {
        if (turn % 5 > 0) return log.add(`r-${turn}`)
        // A turn that nobody will ever have.
        const undone = store.transaction(async (unit) => {
          await unit.appendActivity([entry('never')])
          throw new Error('undone')
        })
        return undone.catch(() => {})
      })
      for (let time = 0; time < 10; time += 1) await log.seal()
      await Promise.all(writing)
      await log.seal()
      await log.seal()
      expect(await log.verify()).toMatchObject({ faults: [], entries: 48, outside: { unsealed: 0 } })
    })

    test.each([
      `update activity_blocks set hash = 'x'`,
      'update activity_blocks set turns = null',
      'delete from activity_blocks',
      'truncate activity_blocks',
      'delete from activity where turn = 1',
      'delete from activity_of_schools where turn = 1',
    ])('lets nobody change it: %s', async (statement) => {
      const log = await threeBlocks(database)
      await expect(database.unit(({ run }) => run(statement))).rejects.toThrow('only ever added to')
      expect((await log.verify()).faults).toEqual([])
    })

    test('is told in words, with the block to keep elsewhere; no name is in them', async () => {
      const log = await threeBlocks(database)
      const said: string[] = []
      const check = () =>
        runVerification(
          { noted: null },
          chainSource(database),
          nodeSealing(null),
          (text) => void said.push(text),
        )
      expect(await check()).toBe(0)
      expect(said[0]).toContain('The activity log is untouched: 6 entries in 3 blocks.')
      expect(said[0]).toMatch(/--head=3:[\w-]{43}\n$/)

      await log.tamper(`update activity set reason = 'x'; update activity_blocks set sealed_at = 1`)
      expect(await check()).toBe(1)
      expect(said[1]).toContain('THE ACTIVITY LOG WAS TOUCHED: 8 faults in 3 blocks.')
      expect(said.join()).not.toMatch(/s-1|p-1|page/)
    })
  })

  describe(`${name}: old activity`, () => {
    /** Two blocks, the second a minute after the first, and enough days for the clock to be believed. */
    async function twoBlocks() {
      const log = await emptyLog(database)
      await log.add('old', 'old')
      await log.seal()
      log.pass(minutes(1))
      await log.add('young')
      await log.seal()
      log.pass(-minutes(1))
      return log
    }
    /** A block says what time it is, and a day later that is believed. */
    async function believed(log: Awaited<ReturnType<typeof twoBlocks>>, after: number) {
      log.pass(after)
      await log.seal()
      log.pass(CLOCK_TRUSTED_AFTER)
    }

    test('stays as long as it is kept, to the moment, and then goes; the chain is whole before and after', async () => {
      const log = await twoBlocks()
      await believed(log, days(30))
      expect(await log.takeOut()).toBe(0)
      expect([await log.entries(), await log.blocks()]).toEqual([3, 3])

      // The same a moment later.
      const later = await twoBlocks()
      await believed(later, days(30) + 1)
      expect(await later.takeOut()).toBe(2)
      expect([await later.entries(), await later.told()]).toEqual([1, 2])
      expect(await later.verify()).toMatchObject({ faults: [], takenOut: 2, entries: 1, blocks: 4 })
      expect(await later.takeOut()).toBe(0)
      expect(await later.blocks()).toBe(4)

      // What is left goes a minute later, and what comes then is sealed on.
      await later.add('new')
      await believed(later, minutes(1))
      expect(await later.takeOut()).toBe(1)
      expect(await later.verify()).toMatchObject({ faults: [], takenOut: 3, entries: 1 })
    })

    test('goes as late as the setting says', async () => {
      const log = await twoBlocks()
      await believed(log, days(365))
      expect(await log.takeOut(days(365))).toBe(0)
      expect(await log.takeOut(days(364))).toBe(3)
    })

    test('does not go by a clock that has been wrong for less than a day', async () => {
      const log = await twoBlocks()
      log.pass(days(3650))
      await log.seal()
      expect(await log.takeOut()).toBe(0)
      log.pass(CLOCK_TRUSTED_AFTER - 1)
      expect(await log.takeOut()).toBe(0)
      log.pass(1)
      expect(await log.takeOut()).toBe(3)
    })

    test('goes with a block that is young only as a whole', async () => {
      const log = await emptyLog(database)
      await log.add('old')
      log.pass(minutes(1))
      await log.add('young')
      await log.seal()
      log.pass(-minutes(1))
      await believed(log, days(30) + 1)
      expect(await log.takeOut()).toBe(0)
      await believed(log, minutes(1))
      expect(await log.takeOut()).toBe(2)
    })

    test('that was young when somebody took it out is told', async () => {
      const log = await twoBlocks()
      log.pass(days(30))
      await log.seal()
      log.pass(CLOCK_TRUSTED_AFTER)
      await log.takeOut(days(1))
      expect((await log.verify()).faults).toEqual([])

      // Somebody who has the program, and a setting that it does not allow.
      const young = await twoBlocks()
      await believed(young, days(2))
      await young.takeOut(days(1))
      expect((await young.verify()).faults).toEqual([
        expect.stringContaining('before they were old enough'),
        expect.stringContaining('before they were old enough'),
      ])
    })

    test('that comes back after it was taken out is told', async () => {
      const log = await twoBlocks()
      await believed(log, days(30) + 1)
      await log.takeOut()
      await log.tamper(
        `insert into activity (turn, ${COLUMNS}) select 1, ${COLUMNS} from activity where turn = 2`,
      )
      expect((await log.verify()).faults[0]).toContain('they were put in')
    })

    test('is all that the database lets go', async () => {
      const log = await twoBlocks()
      await believed(log, days(30) + 1)
      await log.takeOut()
      await expect(database.unit(({ run }) => run('delete from activity'))).rejects.toThrow(
        'only ever added to',
      )
      await expect(
        database.unit(({ run }) => run('update activity_blocks set entries = 0 where number = 1')),
      ).rejects.toThrow('only ever added to')
    })
  })
}
