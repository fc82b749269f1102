import { createRoute } from '@hono/zod-openapi'
import { createRoutes, type Services } from '../http'
import { Problem } from '../problems'
import { carryOut, describeOutcomes } from '../pupils/action'
import { pupilActionRequest, pupilActionResponses } from '../pupils/routes'
import { needFreshSecondFactor } from '../second-factor/guard'
import { fromIso } from '../time'
import { endAccess } from './end-access'
import { blockFault, startBlock, whyNoBlock, whyNoUnblock } from './rules'
import { blockFormSchema } from './schema'

const blockPupils = createRoute({
  method: 'post',
  path: '/pupils/blocks',
  summary: 'Keep out of Unilogin at once, for good or until a moment; ends windows, step-ups and sessions',
  request: {
    ...pupilActionRequest,
    body: { required: true, content: { 'application/json': { schema: blockFormSchema } } },
  },
  responses: pupilActionResponses,
})

const unblockPupils = createRoute({
  method: 'post',
  path: '/pupils/unblocks',
  summary: 'End a block; what it has ended stays ended',
  request: pupilActionRequest,
  responses: pupilActionResponses,
})

export function blockRoutes(services: Services) {
  return createRoutes()
    .openapi(blockPupils, async (c) => {
      const { pupilIds, reason, until } = c.req.valid('json')
      const wanted = { reason, until: until === null ? null : fromIso(until) }
      const results = await carryOut(
        c,
        services,
        {
          action: 'blockPupil',
          ids: pupilIds,
          key: c.req.valid('header')['idempotency-key'],
          before: async (_unit, caller, _targets, now) => {
            needFreshSecondFactor(caller, now)
            const code = blockFault(wanted, now)
            if (code) {
              const path = code === 'holds_secret' ? 'reason' : 'until'
              throw new Problem('invalid-request', { errors: [{ path, code }] })
            }
          },
          decide: async (unit, { reached: { pupil } }, caller, now) => {
            const refusal = whyNoBlock(pupil, now)
            if (refusal) return refusal
            await unit.savePupil({ ...pupil, block: startBlock(wanted, caller.staff.id, now) })
            await endAccess(unit, pupil.id, now)
            return null
          },
        },
        describeOutcomes,
      )
      return c.json(results, 200)
    })
    .openapi(unblockPupils, async (c) => {
      const results = await carryOut(
        c,
        services,
        {
          action: 'unblockPupil',
          ids: c.req.valid('json').pupilIds,
          key: c.req.valid('header')['idempotency-key'],
          before: async (_unit, caller, _targets, now) => needFreshSecondFactor(caller, now),
          decide: async (unit, { reached: { pupil } }, _caller, now) => {
            const refusal = whyNoUnblock(pupil, now)
            if (refusal) return refusal
            await unit.savePupil({ ...pupil, block: null })
            return null
          },
        },
        describeOutcomes,
      )
      return c.json(results, 200)
    })
}
