import { createRoute, z } from '@hono/zod-openapi'
import { reachOf } from '../access'
import { byName } from '../classes/order'
import { commonProblems, createRoutes, jsonContent, type Services } from '../http'
import { Problem } from '../problems'
import { describePupils } from '../pupils/describe'
import { idSchema } from '../pupils/schema'
import { callerOf } from '../session/caller'
import { toIso } from '../time'
import { describeSchoolPupil } from './describe'
import { inFewWords, plainPupil } from './rows'
import { schoolPupilSchema, schoolPupilsSchema } from './schema'

const listSchool = createRoute({
  method: 'get',
  path: '/schools/{institutionId}/pupils',
  summary: 'All pupils of a school, or those who have changed since an event; without usernames',
  request: {
    params: z.object({ institutionId: idSchema }),
    query: z.object({
      changedSince: z
        .string()
        .regex(/^\d{1,15}$/)
        .optional()
        .openapi({ description: 'The `latestEvent` of an answer before; too old a one answers everything' }),
      also: z
        .string()
        .regex(/^[A-Za-z0-9-]{1,40}(,[A-Za-z0-9-]{1,40}){0,99}$/)
        .optional()
        .openapi({
          description:
            'With `changedSince`: pupils to tell of in any case, as for whom a deadline has passed, of which no event tells',
        }),
    }),
  },
  responses: { 200: jsonContent(schoolPupilsSchema, 'The pupils in Danish order'), ...commonProblems },
})

const readPupil = createRoute({
  method: 'get',
  path: '/schools/{institutionId}/pupils/{pupilId}',
  summary: 'One pupil with all that is known, without the username',
  request: { params: z.object({ institutionId: idSchema, pupilId: idSchema }) },
  responses: { 200: jsonContent(schoolPupilSchema, 'The pupil'), ...commonProblems },
})

/** The routes of one school's administrators: the address names the school, and so the view; see session/caller.ts. */
export function schoolRoutes(services: Services) {
  const { store, clock, events } = services

  return createRoutes()
    .openapi(listSchool, async (c) => {
      const { institutionId } = c.req.valid('param')
      const { changedSince, also } = c.req.valid('query')
      // Before the store is read, which then shows at least this much.
      const latestEvent = events.latestId()
      const since = changedSince === undefined ? null : events.since(Number(changedSince))
      // Whoever has left the school is told of by the whole list alone.
      const changes = since?.some(({ what }) => what === 'rosters') ? null : since
      const answer = await store.read(async (unit) => {
        const now = clock.now()
        const reach = await reachOf(unit, await callerOf(c, services, unit, 'listPupils'), 'listPupils')
        const serverTime = toIso(now)
        if (changes !== null) {
          const changed = new Set([
            ...changes.flatMap(({ pupilIds }) => pupilIds),
            ...(also?.split(',') ?? []),
          ])
          const pupils = await describePupils(unit, await reach.pupils([...changed]), now)
          return { whole: false, pupils, latestEvent, serverTime }
        }
        const [institution] = await unit.institutions([institutionId])
        const pupils = await describePupils(unit, await reach.everyone(), now)
        const classes = reach.classes.toSorted(byName)
        return {
          whole: true,
          institution,
          classes,
          plain: plainPupil,
          rows: pupils.map(inFewWords),
          latestEvent,
          serverTime,
        }
      })
      return c.json(schoolPupilsSchema.parse(answer), 200)
    })
    .openapi(readPupil, async (c) => {
      const { institutionId, pupilId } = c.req.valid('param')
      const answer = await store.read(async (unit) => {
        const reach = await reachOf(unit, await callerOf(c, services, unit, 'readPupil'), 'readPupil')
        const [reached] = await reach.pupils([pupilId])
        if (!reached) throw new Problem('not-found')
        const [institution] = await unit.institutions([institutionId])
        return { institution, ...(await describeSchoolPupil(unit, reached, clock.now())) }
      })
      return c.json(schoolPupilSchema.parse(answer), 200)
    })
}
