import { createRoute, z } from '@hono/zod-openapi'
import type { Reach } from '../access'
import { createRoutes, type Services } from '../http'
import { carryOut, describeOutcomes, type Target } from '../pupils/action'
import { pupilActionRequest, pupilActionResponses } from '../pupils/routes'
import { BATCH_MAX, idSchema } from '../pupils/schema'
import type { UnitOfWork } from '../store/store'
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
  return createRoutes()
    .openapi(giveStepUp, async (c) => {
      const results = await carryOut(
        c,
        services,
        {
          action: 'stepUp',
          ids: c.req.valid('json').pupilIds,
          key: c.req.valid('header')['idempotency-key'],
          decide: async (unit, { reached: { pupil } }, caller, now) => {
            const refusal = whyNoStepUp(pupil)
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
            const refusal = whyNoStepUp(pupil)
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
