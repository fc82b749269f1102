import { describe, expect, test } from 'vitest'
import { type Database, LOCKS } from '../../server/store/sql/database'
import { migrate } from '../../server/store/sql/migrate'
import { migrations } from '../../server/store/sql/migrations/all'
import { NOW } from '../rules/ordinary-pupil'

interface Held {
  /** Rows such as a database of this version may hold, in the words of that version. */
  rows: string
  /** Finds them as the newest version has them, one number for all. */
  found: string
}

/** For each migration what it made room for. Whoever adds a migration adds to this list, and changes nothing above. */
const held: readonly Held[] = [
  {
    rows: `
      insert into institutions (id, name) values ('oak', 'Oak');
      insert into classes (id, institution_id, kind, name, year) values ('2a', 'oak', 'class', '2.A', 2);
      insert into pupils (id, username, name, year, sign_in_kind, active)
        values ('p-1', 'test1234', 'Test', 2, 'unilogin', true);
      insert into enrolments (pupil_id, class_id) values ('p-1', '2a');
      insert into pupil_passwords (pupil_id, policy, hash, set_at) values ('p-1', 'indskoling', 'hash', 1)`,
    found: `select count(*)::integer as found from pupils p join enrolments e on e.pupil_id = p.id
      join classes c on c.id = e.class_id join pupil_passwords w on w.pupil_id = p.id
      where p.username = 'test1234' and c.institution_id = 'oak' and w.hash = 'hash'`,
  },
  {
    rows: `
      insert into activity (turn, place, at, actor_id, actor_role, action, outcome, institution_ids, request_id,
        source) values (nextval('activity_turns'), 1, 1, 's-1', 'teacher', 'signIn', 'done', '{oak}', 'r', 'page');
      insert into activity_of_schools (institution_id, turn, place)
        values ('oak', currval('activity_turns'), 1)`,
    found: `select count(*)::integer as found from activity_of_schools join activity using (turn, place)
      where institution_id = 'oak' and request_id = 'r'`,
  },
  {
    rows: `insert into events (what, ids) values ('pupils', '{p-1}')`,
    found: `select count(*)::integer as found from events where ids = '{p-1}'`,
  },
  {
    rows: `insert into bucket_hits (bucket, at, count) values ('b', 1, 1)`,
    found: `select count(*)::integer as found from bucket_hits`,
  },
  {
    rows: `insert into activity_blocks (number, sealed_at, after_turn, through_turn, entries, turns_hash,
      taken_out_through, is_keyed, previous, hash) values (1, 1, 0, 0, 0, '', 0, false, '', 'h')`,
    found: `select count(*)::integer as found from activity_blocks where hash = 'h'`,
  },
]

/** Everything that a database is made of, as lines of text. */
const shapeOf = (database: Database) =>
  database.read<{ line: string }>(
    `select concat_ws(' ', table_name, column_name, data_type, is_nullable, column_default, is_identity) as line
       from information_schema.columns where table_schema = 'public'
     union all select indexdef from pg_indexes where schemaname = 'public'
     union all select concat_ws(' ', conrelid::regclass, pg_get_constraintdef(oid)) from pg_constraint
       where connamespace = 'public'::regnamespace
     union all select pg_get_triggerdef(oid) from pg_trigger where not tgisinternal
     order by 1`,
  )

/** A database with nothing in it, brought to an earlier version. */
async function asOf(database: Database, version: number) {
  await database.alone(LOCKS.upkeep, ({ run }) => run('drop schema public cascade; create schema public'))
  await migrate(database, NOW, migrations.slice(0, version))
}

/** @param another opens the same database as another process would */
export function migrationsContract(name: string, database: Database, another: () => Promise<Database>) {
  describe(`${name}: migrations`, () => {
    test('are each tried below', () => {
      expect(held).toHaveLength(migrations.length)
    })

    test.each(migrations.map(({ name }, version) => [version, name] as const))(
      'from version %i on, before "%s", lead to the same database and keep what was in it',
      async (version) => {
        await asOf(database, migrations.length)
        const shape = await shapeOf(database)
        await asOf(database, version)
        const before = held.slice(0, version)
        for (const { rows } of before) await database.alone(LOCKS.upkeep, ({ run }) => run(rows))

        const taken = await migrate(database, NOW)
        expect(taken).toEqual(migrations.slice(version).map(({ name }) => name))
        expect(await shapeOf(database)).toEqual(shape)
        for (const { found } of before) expect(await database.read(found)).toEqual([{ found: 1 }])
        expect(await migrate(database, NOW)).toEqual([])
      },
    )

    test('are all taken, or none', async () => {
      await asOf(database, 1)
      const shape = await shapeOf(database)
      const broken = [
        ...migrations.slice(0, 1),
        { name: 'fine', script: 'create table fine (id text)' },
        { name: 'broken', script: 'create table broken (id text); select 1 / 0' },
      ]
      await expect(migrate(database, NOW, broken)).rejects.toThrow('division by zero')
      expect(await shapeOf(database)).toEqual(shape)
      await migrate(database, NOW)
    })

    test('do not touch a database of a newer program', async () => {
      await asOf(database, migrations.length)
      await expect(migrate(database, NOW, migrations.slice(0, 1))).rejects.toThrow('Start a newer Elevadgang')
    })

    test('are taken once where several processes start at once', async () => {
      await asOf(database, 0)
      const others = await Promise.all([another(), another(), another()])
      const taken = await Promise.all([database, ...others].map((each) => migrate(each, NOW)))
      expect(taken.filter((names) => names.length > 0)).toEqual([migrations.map(({ name }) => name)])
      await Promise.all(others.filter((each) => each !== database).map((each) => each.close()))
    })
  })
}
