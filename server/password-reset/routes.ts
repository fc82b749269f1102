import { createRoute } from '@hono/zod-openapi'
import { createRoutes, type Services } from '../http'
import { carryOut, describeOutcomes } from '../pupils/action'
import { pupilActionRequest, pupilActionResponses } from '../pupils/routes'
import { endStepUp } from '../step-up/end'
import { openWindow, whyNoCancel, whyNoNewPassword } from './rules'

const giveNewPassword = createRoute({
  method: 'post',
  path: '/pupils/password-resets',
  summary: 'Give new password: opens the window of 5 minutes',
  request: pupilActionRequest,
  responses: pupilActionResponses,
})

const cancelNewPassword = createRoute({
  method: 'post',
  path: '/pupils/password-reset-cancellations',
  summary: 'Take back a window that is not used yet',
  request: pupilActionRequest,
  responses: pupilActionResponses,
})

export function passwordResetRoutes(services: Services) {
  return createRoutes()
    .openapi(giveNewPassword, async (c) => {
      const results = await carryOut(
        c,
        services,
        {
          action: 'giveNewPassword',
          ids: c.req.valid('json').pupilIds,
          key: c.req.valid('header')['idempotency-key'],
          decide: async (unit, { reached: { pupil } }, caller, now) => {
            const refusal = whyNoNewPassword(pupil, now)
            if (refusal) return refusal
            await unit.saveResetWindow(openWindow(pupil.id, caller.staff.id, now))
            // Whoever asked for the password may not be the one who was stepped up.
            await endStepUp(unit, pupil.id, now)
            return null
          },
        },
        describeOutcomes,
      )
      return c.json(results, 200)
    })
    .openapi(cancelNewPassword, async (c) => {
      const results = await carryOut(
        c,
        services,
        {
          action: 'cancelNewPassword',
          ids: c.req.valid('json').pupilIds,
          key: c.req.valid('header')['idempotency-key'],
          decide: async (unit, { reached: { pupil } }, _caller, now) => {
            const window = (await unit.resetWindows([pupil.id])).get(pupil.id) ?? null
            const refusal = whyNoCancel(window, now)
            if (window && !refusal) await unit.saveResetWindow({ ...window, cancelledAt: now })
            return refusal
          },
        },
        describeOutcomes,
      )
      return c.json(results, 200)
    })
}
