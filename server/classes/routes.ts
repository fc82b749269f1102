import { createRoute, z } from '@hono/zod-openapi'
import { reachOf } from '../access'
import { commonProblems, createRoutes, jsonContent, type Services } from '../http'
import type { SchoolClass } from '../people'
import { Problem } from '../problems'
import { describePupils } from '../pupils/describe'
import { idSchema } from '../pupils/schema'
import { callerOf } from '../session/caller'
import { isWaiting } from '../step-up/rules'
import type { ReadOnlyUnit } from '../store/store'
import { toIso } from '../time'
import { byName } from './order'
import { classListSchema, schoolClassSchema } from './schema'

const listClasses = createRoute({
  method: 'get',
  path: '/classes',
  summary: 'The classes and groups within reach',
  responses: { 200: jsonContent(classListSchema, 'The classes, by name'), ...commonProblems },
})

const readClass = createRoute({
  method: 'get',
  path: '/classes/{classId}',
  summary: 'One class with its pupils, without usernames',
  request: { params: z.object({ classId: idSchema }) },
  responses: { 200: jsonContent(schoolClassSchema, 'The class'), ...commonProblems },
})

async function institutionOf(unit: ReadOnlyUnit, classes: readonly SchoolClass[]) {
  const institutions = await unit.institutions([...new Set(classes.map((each) => each.institutionId))])
  return new Map(institutions.map((institution) => [institution.id, institution]))
}

export function classRoutes(services: Services) {
  const { store, clock } = services

  return createRoutes()
    .openapi(listClasses, async (c) => {
      const classes = await store.read(async (unit) => {
        const now = clock.now()
        const reach = await reachOf(unit, await callerOf(c, services, unit, 'listClasses'), 'listClasses')
        const [institutions, reached] = await Promise.all([
          institutionOf(unit, reach.classes),
          reach.pupilsIn(reach.classes),
        ])
        const requests = await unit.stepUpRequests(reached.map(({ pupil }) => pupil.id))
        const pupilsOf = new Map(reach.classes.map(({ id }) => [id, { all: 0, waiting: 0 }]))
        for (const { pupil, classes } of reached) {
          const waits = isWaiting(requests.get(pupil.id) ?? null, now)
          for (const { id } of classes) {
            const counted = pupilsOf.get(id)
            if (!counted) continue
            counted.all += 1
            if (waits) counted.waiting += 1
          }
        }
        return reach.classes.toSorted(byName).map((schoolClass) => ({
          ...schoolClass,
          institution: institutions.get(schoolClass.institutionId),
          pupilCount: pupilsOf.get(schoolClass.id)?.all ?? 0,
          waitingCount: pupilsOf.get(schoolClass.id)?.waiting ?? 0,
        }))
      })
      return c.json(classListSchema.parse({ classes, serverTime: toIso(clock.now()) }), 200)
    })
    .openapi(readClass, async (c) => {
      const { classId } = c.req.valid('param')
      const answer = await store.read(async (unit) => {
        const now = clock.now()
        const reach = await reachOf(unit, await callerOf(c, services, unit, 'listPupils'), 'listPupils')
        const schoolClass = reach.classes.find(({ id }) => id === classId)
        if (!schoolClass) throw new Problem('not-found')
        const [institutions, reached] = await Promise.all([
          institutionOf(unit, [schoolClass]),
          reach.pupilsIn([schoolClass]),
        ])
        return {
          ...schoolClass,
          institution: institutions.get(schoolClass.institutionId),
          pupils: await describePupils(unit, reached, now),
          serverTime: toIso(now),
        }
      })
      return c.json(schoolClassSchema.parse(answer), 200)
    })
}
