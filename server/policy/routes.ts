import { createRoute } from '@hono/zod-openapi'
import { createRoutes, type Services } from '../http'
import { Problem } from '../problems'
import { carryOut, describeOutcomes } from '../pupils/action'
import { pupilActionRequest, pupilActionResponses } from '../pupils/routes'
import { needFreshSecondFactor } from '../second-factor/guard'
import { noteFault, whyNoPolicy, withPolicy } from './rules'
import { policyFormSchema } from './schema'

const setPolicy = createRoute({
  method: 'post',
  path: '/pupils/policies',
  summary: 'Set the password policy that the next new password follows; the one in use stays until then',
  request: {
    ...pupilActionRequest,
    body: { required: true, content: { 'application/json': { schema: policyFormSchema } } },
  },
  responses: pupilActionResponses,
})

export function policyRoutes(services: Services) {
  return createRoutes().openapi(setPolicy, async (c) => {
    const { pupilIds, policy, note } = c.req.valid('json')
    const results = await carryOut(
      c,
      services,
      {
        action: 'setPolicy',
        ids: pupilIds,
        key: c.req.valid('header')['idempotency-key'],
        before: async (_unit, caller, _targets, now) => {
          needFreshSecondFactor(caller, now)
          const code = noteFault(policy, note)
          if (code) throw new Problem('invalid-request', { errors: [{ path: 'note', code }] })
        },
        decide: async (unit, { reached: { pupil } }) => {
          const refusal = whyNoPolicy(pupil, policy)
          if (refusal) return refusal
          await unit.savePupil(withPolicy(pupil, policy, note))
          return null
        },
      },
      describeOutcomes,
    )
    return c.json(results, 200)
  })
}
