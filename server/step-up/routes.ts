import { createRoute, z } from '@hono/zod-openapi'
import { type Reach, type ReachedPupil, reachOf } from '../access'
import { commonProblems, createRoutes, jsonContent, type Services } from '../http'
import { carryOut, describeOutcomes, type Target } from '../pupils/action'
import { describePupils } from '../pupils/describe'
import { pupilActionRequest, pupilActionResponses } from '../pupils/routes'
import { BATCH_MAX, idSchema, pupilListSchema } from '../pupils/schema'
import { callerOf } from '../session/caller'
import type { UnitOfWork } from '../store/store'
import { toIso } from '../time'
import { endStepUp as end } from './end'
import { isWaiting, startStepUp, whyNoStepUp } from './rules'

const giveStepUp = createRoute({
  method: 'post',
  path: '/pupils/step-ups',
  summary: 'Step up for 2 hours; also approves a pupil who waits',
  request: pupilActionRequest,
  responses: pupilActionResponses,
})

const endStepUp = createRoute({
  method: 'post',
  path: '/pupils/step-up-ends',
  summary: 'End a step-up early',
  request: pupilActionRequest,
  responses: pupilActionResponses,
})

const listWaiting = createRoute({
  method: 'get',
  path: '/step-up-requests',
  summary: 'The pupils within reach who wait for approval, longest first',
  responses: { 200: jsonContent(pupilListSchema, 'Those who wait'), ...commonProblems },
})

const decisionsSchema = z
  .object({
    requestIds: z.array(idSchema).min(1).max(BATCH_MAX),
    decision: z.enum(['approve', 'decline']),
  })
  .openapi('StepUpDecisions')

const decideRequests = createRoute({
  method: 'post',
  path: '/step-up-requests/decisions',
  summary: 'Approve or decline exactly these waiting requests',
  request: {
    ...pupilActionRequest,
    body: { required: true, content: { 'application/json': { schema: decisionsSchema } } },
  },
  responses: pupilActionResponses,
})

/** Requests are within reach where their pupils are. */
async function requestTargets(unit: UnitOfWork, reach: Reach, ids: readonly string[]): Promise<Target[]> {
  const requests = await unit.stepUpRequestsById(ids)
  const reached = await reach.pupils(requests.map((request) => request.pupilId))
  const byPupil = new Map(reached.map((each) => [each.pupil.id, each]))
  return requests.flatMap((request) => {
    const pupil = byPupil.get(request.pupilId)
    return pupil ? [{ id: request.id, reached: pupil }] : []
  })
}

export function stepUpRoutes(services: Services) {
  const { store, clock } = services

  return createRoutes()
    .openapi(listWaiting, async (c) => {
      const answer = await store.read(async (unit) => {
        const now = clock.now()
        const reach = await reachOf(unit, await callerOf(c, services, unit, 'listPupils'), 'listPupils')
        const reached = await reach.everyone()
        const requests = await unit.stepUpRequests(reached.map(({ pupil }) => pupil.id))
        const since = ({ pupil }: ReachedPupil) => requests.get(pupil.id)?.requestedAt ?? now
        const waiting = reached.filter(({ pupil }) => isWaiting(requests.get(pupil.id) ?? null, now))
        const described = await describePupils(unit, waiting, now)
        const order = new Map(
          waiting.toSorted((a, b) => since(a) - since(b)).map(({ pupil }, place) => [pupil.id, place]),
        )
        const place = ({ id }: { id: string }) => order.get(id) ?? 0
        return { pupils: described.sort((a, b) => place(a) - place(b)), serverTime: toIso(now) }
      })
      return c.json(pupilListSchema.parse(answer), 200)
    })
    .openapi(giveStepUp, async (c) => {
      const results = await carryOut(
        c,
        services,
        {
          action: 'stepUp',
          ids: c.req.valid('json').pupilIds,
          key: c.req.valid('header')['idempotency-key'],
          decide: async (unit, { reached: { pupil } }, caller, now) => {
            const refusal = whyNoStepUp(pupil, now)
            if (refusal) return refusal
            await unit.saveStepUp(startStepUp(pupil.id, caller.staff.id, now))
            const request = (await unit.stepUpRequests([pupil.id])).get(pupil.id) ?? null
            if (isWaiting(request, now)) {
              await unit.saveStepUpRequest({ ...request, outcome: { decision: 'approved', at: now } })
            }
            return null
          },
        },
        describeOutcomes,
      )
      return c.json(results, 200)
    })
    .openapi(endStepUp, async (c) => {
      const results = await carryOut(
        c,
        services,
        {
          action: 'endStepUp',
          ids: c.req.valid('json').pupilIds,
          key: c.req.valid('header')['idempotency-key'],
          decide: async (unit, { reached: { pupil } }, _caller, now) =>
            (await end(unit, pupil.id, now)) ? null : 'notSteppedUp',
        },
        describeOutcomes,
      )
      return c.json(results, 200)
    })
    .openapi(decideRequests, async (c) => {
      const { requestIds, decision } = c.req.valid('json')
      const results = await carryOut(
        c,
        services,
        {
          action: decision === 'approve' ? 'approveStepUpRequest' : 'declineStepUpRequest',
          ids: requestIds,
          key: c.req.valid('header')['idempotency-key'],
          find: requestTargets,
          decide: async (unit, { id, reached: { pupil } }, caller, now) => {
            const request = (await unit.stepUpRequests([pupil.id])).get(pupil.id) ?? null
            if (!isWaiting(request, now) || request.id !== id) return 'notWaiting'
            if (decision === 'decline') {
              await unit.saveStepUpRequest({ ...request, outcome: { decision: 'declined', at: now } })
              return null
            }
            const refusal = whyNoStepUp(pupil, now)
            if (refusal) return refusal
            await unit.saveStepUpRequest({ ...request, outcome: { decision: 'approved', at: now } })
            await unit.saveStepUp(startStepUp(pupil.id, caller.staff.id, now))
            return null
          },
        },
        describeOutcomes,
      )
      return c.json(results, 200)
    })
}
