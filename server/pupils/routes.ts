import { createRoute } from '@hono/zod-openapi'
import { reachOf } from '../access'
import { changeProblems, commonProblems, createRoutes, jsonContent, type Services } from '../http'
import { Problem } from '../problems'
import { count, USERNAMES_SHOWN, waitUntil } from '../rate-limit'
import { callerOf } from '../session/caller'
import { secondsUntil, toIso } from '../time'
import { carryOut, type Target } from './action'
import { describePupils } from './describe'
import { idempotencySchema, pupilIdsSchema, pupilListSchema, resultsSchema, revealedSchema } from './schema'

const listPupils = createRoute({
  method: 'get',
  path: '/pupils',
  summary: 'All pupils within reach, without usernames',
  responses: { 200: jsonContent(pupilListSchema, 'The pupils in Danish order'), ...commonProblems },
})

/** The request of every action on pupils. */
export const pupilActionRequest = {
  headers: idempotencySchema,
  body: { required: true, content: { 'application/json': { schema: pupilIdsSchema } } },
} as const

/** The answers of every action that changes pupils. */
export const pupilActionResponses = {
  200: jsonContent(resultsSchema, 'For each pupil: done, or why not'),
  ...changeProblems,
}

const revealUsernames = createRoute({
  method: 'post',
  path: '/pupils/username-reveals',
  summary: 'Show usernames; each is logged',
  request: pupilActionRequest,
  responses: { 200: jsonContent(revealedSchema, 'The usernames'), ...changeProblems },
})

const copyUsernames = createRoute({
  method: 'post',
  path: '/pupils/username-copies',
  summary: 'Tell that usernames are copied; each is logged',
  request: pupilActionRequest,
  responses: { 200: jsonContent(revealedSchema, 'The usernames to copy'), ...changeProblems },
})

export function pupilRoutes(services: Services) {
  const { store, clock } = services

  /** Reveals and copies alike hand out usernames: logged, and limited per person. */
  const handOut = (action: 'revealUsername' | 'copyUsername') => ({
    action,
    before: async (
      unit: Parameters<typeof waitUntil>[0],
      caller: { staff: { id: string } },
      targets: readonly Target[],
      now: number,
    ) => {
      const free = await waitUntil(unit, USERNAMES_SHOWN, caller.staff.id, targets.length, now)
      if (free !== null) {
        throw new Problem('too-many-requests', { retryAfterSeconds: secondsUntil(free, now) })
      }
      await count(unit, USERNAMES_SHOWN, caller.staff.id, targets.length, now)
    },
    decide: async () => null,
  })

  const usernamesOf = async (
    _: unknown,
    outcomes: readonly { id: string; refusal: unknown; reached: Target['reached'] | null }[],
  ) =>
    revealedSchema.parse({
      results: outcomes.map(({ id, refusal, reached }) => ({
        id,
        refusal,
        username: refusal === null ? (reached?.pupil.username ?? null) : null,
      })),
    })

  return createRoutes()
    .openapi(listPupils, async (c) => {
      const pupils = await store.read(async (unit) => {
        const reach = await reachOf(unit, await callerOf(c, services, unit, 'listPupils'), 'listPupils')
        return describePupils(unit, await reach.everyone(), clock.now())
      })
      return c.json(pupilListSchema.parse({ pupils, serverTime: toIso(clock.now()) }), 200)
    })
    .openapi(revealUsernames, async (c) => {
      const ids = c.req.valid('json').pupilIds
      const key = c.req.valid('header')['idempotency-key']
      return c.json(await carryOut(c, services, { ...handOut('revealUsername'), ids, key }, usernamesOf), 200)
    })
    .openapi(copyUsernames, async (c) => {
      const ids = c.req.valid('json').pupilIds
      const key = c.req.valid('header')['idempotency-key']
      return c.json(await carryOut(c, services, { ...handOut('copyUsername'), ids, key }, usernamesOf), 200)
    })
}
