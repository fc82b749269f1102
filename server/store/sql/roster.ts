import { GONE_KEPT } from '../../roster/rules'
import type { RosterTarget } from '../../roster/target'
import { activity } from './activity'
import type { Database } from './database'
import { tellOfRosters } from './events'
import { applyRoster } from './roster-apply'
import { knownTo } from './roster-known'

/** Only imports, and who removes the gone, write into it: they follow one another by it. */
const QUEUE = 'roster_links'

/** Where an import goes: the people in PostgreSQL, embedded or as a server, while others use them. */
export const createSqlRoster = (database: Database): RosterTarget => ({
  change: (source, work) =>
    database.long(QUEUE, async (connection) =>
      work({
        ...knownTo(connection, source),
        async usernameHolders(usernames) {
          const holders = await connection.query<{ username: string; id: string }>(
            `select username, id from pupils where username = any($1)
             union all select username, id from staff where username = any($1)`,
            [usernames],
          )
          return new Map(holders.map(({ username, id }) => [username, id]))
        },
        async apply(changes, told, now, written) {
          await applyRoster(connection, changes, now, written)
          await activity(connection).appendActivity(told)
          const schools = new Set(told.flatMap(({ institutionIds }) => institutionIds))
          if (schools.size > 0) await tellOfRosters(connection, [...schools])
        },
      }),
    ),

  async removeWhoIsOver(now) {
    // The same edge as that of isOver.
    const goneUntil = now - GONE_KEPT
    const OVER = `from roster_links where kind = 'pupil' and gone_at <= $1`
    const [found] = await database.read<{ isAny: boolean }>(`select exists (select ${OVER}) as "isAny"`, [
      goneUntil,
    ])
    if (!found?.isAny) return
    await database.long(QUEUE, async ({ change }) => {
      await change(`delete from pupils where id in (select id ${OVER})`, [goneUntil])
      await change(`delete ${OVER}`, [goneUntil])
    })
  },
})
