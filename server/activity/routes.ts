import { createRoute } from '@hono/zod-openapi'
import { type Caller, type PupilAction, type Reach, reachOf } from '../access'
import { toCsv } from '../csv'
import {
  type ApiContext,
  changeProblems,
  commonProblems,
  createRoutes,
  jsonContent,
  type Services,
} from '../http'
import { Problem } from '../problems'
import { ACTIVITY_EXPORTS, count, waitUntil } from '../rate-limit'
import { callerOf } from '../session/caller'
import type { ActivitySight, ReadOnlyUnit, WantedActivity } from '../store/store'
import { danishDayEnd, danishDayStart, secondsUntil, toIso } from '../time'
import { actionsOf } from './groups'
import { linesOf, namesIn } from './lines'
import { appendEntry } from './log'
import {
  ACTIVITY_PAGE,
  type ActivityFilters,
  activityExportSchema,
  activityQuerySchema,
  activitySchema,
  EXPORT_MAX,
} from './schema'
import { tableOf } from './table'

/** Set on a file that had no room for all that was asked for. */
export const INCOMPLETE_HEADER = 'Elevadgang-Incomplete'

const listActivity = createRoute({
  method: 'get',
  path: '/activity',
  summary: "What has happened, newest first: a teacher's own acts, or all of an administrator's school",
  request: { query: activityQuerySchema },
  responses: { 200: jsonContent(activitySchema, 'One page of it'), ...commonProblems },
})

const exportActivity = createRoute({
  method: 'post',
  path: '/activity/exports',
  summary: 'The same as a file for a spreadsheet, for user administrators; it is logged',
  request: { body: { required: true, content: { 'application/json': { schema: activityExportSchema } } } },
  responses: {
    200: {
      description: `CSV in UTF-8 with semicolons, newest first; the header ${INCOMPLETE_HEADER} says that it is cut off`,
      content: { 'text/csv': { schema: { type: 'string' } } },
    },
    ...changeProblems,
  },
})

/** A teacher sees what he or she did as one; in the view of a school all of its log is seen, and nothing else. */
const sightOf = ({ staff, as }: Caller): ActivitySight =>
  as.role === 'teacher' ? { actorId: staff.id, actorRole: as.role } : { institutionId: as.institutionId }

/** @throws Problem `not-found` for a pupil out of reach, as for one who does not exist. */
async function wantedBy(
  { by, pupilId, group, outcome, from, to }: ActivityFilters,
  caller: Caller,
  reach: Reach,
): Promise<WantedActivity> {
  if (pupilId !== undefined && (await reach.pupils([pupilId])).length === 0) throw new Problem('not-found')
  return {
    sight: sightOf(caller),
    by: by === undefined || by === 'staff' || by === 'pupils' ? by : { actorId: by },
    pupilId,
    actions: actionsOf(group, outcome),
    outcome,
    from: from === undefined ? undefined : (danishDayStart(from) ?? undefined),
    until: to === undefined ? undefined : (danishDayEnd(to) ?? undefined),
  }
}

/** Nothing here changes the log but what every request adds to it. */
export function activityRoutes(services: Services) {
  const { store, clock } = services

  async function whoLooks(c: ApiContext, unit: ReadOnlyUnit, action: PupilAction) {
    const caller = await callerOf(c, services, unit, action)
    return { caller, reach: await reachOf(unit, caller, action) }
  }

  /** Those of the staff who are in a school's log; a teacher's holds nobody else. */
  async function staffIn(unit: ReadOnlyUnit, sight: ActivitySight) {
    if (!('institutionId' in sight)) return []
    const staff = await unit.staffByIds(await unit.staffInActivity(sight))
    return staff.map(({ id, name }) => ({ id, name }))
  }

  return createRoutes()
    .openapi(listActivity, async (c) => {
      const { olderThan, ...filters } = c.req.valid('query')
      const answer = await store.read(async (unit) => {
        const { caller, reach } = await whoLooks(c, unit, 'listActivity')
        const wanted = await wantedBy(filters, caller, reach)
        const found = await unit.activityByRequest(wanted, { requests: ACTIVITY_PAGE + 1, olderThan })
        const page = found.slice(0, ACTIVITY_PAGE)
        const names = await namesIn(unit, reach, page.flat())
        return {
          lines: page.flatMap((entries) => linesOf(entries, names)),
          next: found.length > page.length ? (page.at(-1)?.[0]?.requestId ?? null) : null,
          staff: olderThan === undefined ? await staffIn(unit, wanted.sight) : [],
          serverTime: toIso(clock.now()),
        }
      })
      return c.json(activitySchema.parse(answer), 200)
    })
    .openapi(exportActivity, async (c) => {
      const { language, ...filters } = c.req.valid('json')
      const file = await store.transaction(async (unit) => {
        const now = clock.now()
        const { caller, reach } = await whoLooks(c, unit, 'exportActivity')
        const wanted = await wantedBy(filters, caller, reach)
        const free = await waitUntil(unit, ACTIVITY_EXPORTS, caller.staff.id, 1, now)
        if (free !== null) {
          throw new Problem('too-many-requests', { retryAfterSeconds: secondsUntil(free, now) })
        }
        await count(unit, ACTIVITY_EXPORTS, caller.staff.id, 1, now)
        const found = await unit.activityByRequest(wanted, { requests: EXPORT_MAX + 1 })
        const entries = found.slice(0, EXPORT_MAX).flat()
        await unit.saveSession({ ...caller.session, lastActiveAt: now })
        await appendEntry(c, services, unit, { action: 'exportActivity', pupilId: filters.pupilId })
        const names = await namesIn(unit, reach, entries)
        return { text: toCsv(tableOf(entries, names, language)), isWhole: found.length <= EXPORT_MAX }
      })
      return c.body(file.text, 200, {
        'Content-Type': 'text/csv; charset=utf-8',
        ...(file.isWhole ? {} : { [INCOMPLETE_HEADER]: 'true' }),
      })
    })
}
