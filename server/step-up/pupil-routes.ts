import { createRoute, z } from '@hono/zod-openapi'
import { appendEntry } from '../activity/log'
import { changeProblems, commonProblems, createRoutes, jsonContent, type Services } from '../http'
import { Problem } from '../problems'
import { actingPupil, type PupilCaller, pupilCallerOf } from '../pupil-session/caller'
import { idSchema } from '../pupils/schema'
import { count, STEP_UPS_ASKED_FOR, waitUntil } from '../rate-limit'
import { type Instant, secondsUntil, toIso } from '../time'
import { askForStepUp } from './ask'
import { demoContent } from './demo-services'
import { endsAt, expiresAt, isSteppedUp, isWaiting, type StepUpRequest, stepUpServices } from './rules'

const iso = z.iso.datetime()

const requestSchema = z
  .object({
    id: idSchema,
    service: z.enum(stepUpServices),
    checkCode: z.string().openapi({ example: '47', description: 'Pupil and teacher compare it' }),
    requestedAt: iso,
    expiresAt: iso,
  })
  .openapi('OwnStepUpRequest')

const outcomeSchema = z.enum(['approved', 'declined', 'withdrawn', 'replaced', 'expired'])

const latestSchema = z
  .object({
    request: z.union([requestSchema, z.null()]),
    outcome: outcomeSchema.nullable().openapi({ description: 'How it ended; null while the pupil waits' }),
    serverTime: iso,
  })
  .openapi('LatestStepUpRequest')

const askedSchema = z.object({ request: requestSchema, serverTime: iso }).openapi('StepUpAsked')

const serviceSchema = z.object({ service: z.enum(stepUpServices) })

const openedSchema = z
  .object({
    ...serviceSchema.shape,
    title: z.string(),
    text: z.string(),
    levelEndsAt: iso,
    serverTime: iso,
  })
  .openapi('OpenedService')

const ask = createRoute({
  method: 'post',
  path: '/pupil/step-up-requests',
  summary: 'Ask for the higher level; replaces what the pupil asked for before',
  request: {
    body: { required: true, content: { 'application/json': { schema: serviceSchema.openapi('StepUpAsk') } } },
  },
  responses: { 200: jsonContent(askedSchema, 'The request, as a teacher sees it'), ...changeProblems },
})

const readLatest = createRoute({
  method: 'get',
  path: '/pupil/step-up-requests/latest',
  summary: "The pupil's latest request and how it ended",
  responses: { 200: jsonContent(latestSchema, 'The request, if there ever was one'), ...commonProblems },
})

const withdraw = createRoute({
  method: 'delete',
  path: '/pupil/step-up-requests/{id}',
  summary: 'Give up waiting; what has ended stays as it ended',
  request: { params: z.object({ id: idSchema }) },
  responses: { 200: jsonContent(latestSchema, 'The request and how it ended'), ...changeProblems },
})

const openService = createRoute({
  method: 'get',
  path: '/pupil/services/{service}',
  summary: 'What a service shows to whoever has the higher level',
  request: { params: serviceSchema },
  responses: { 200: jsonContent(openedSchema, 'Its content'), ...commonProblems },
})

/** How a request has ended at `now`, or null while it waits. */
const outcomeAt = (request: StepUpRequest, now: Instant) =>
  request.outcome?.decision ?? (now < expiresAt(request) ? null : 'expired')

const describeRequest = (request: StepUpRequest) => ({
  id: request.id,
  service: request.service,
  checkCode: request.checkCode,
  requestedAt: toIso(request.requestedAt),
  expiresAt: toIso(expiresAt(request)),
})

const describeLatest = (request: StepUpRequest | null, now: Instant) =>
  latestSchema.parse({
    request: request && describeRequest(request),
    outcome: request && outcomeAt(request, now),
    serverTime: toIso(now),
  })

/** A new password comes before everything else. */
function mustBeThrough({ session }: PupilCaller): void {
  if (session.stage !== 'signedIn') throw new Problem('not-allowed')
}

/** What a pupil does on the way to a higher level. The teacher's side is in routes.ts. */
export function pupilStepUpRoutes(services: Services) {
  const { store, clock } = services

  return createRoutes()
    .openapi(ask, async (c) => {
      const { service } = c.req.valid('json')
      const now = clock.now()
      const asked = await store.transaction(async (unit) => {
        const caller = await actingPupil(c, services, unit, 'askForStepUp')
        mustBeThrough(caller)
        const { pupil } = caller
        // Each request is a ping on every screen of the pupil's teachers.
        const free = await waitUntil(unit, STEP_UPS_ASKED_FOR, pupil.id, 1, now)
        if (free !== null) return { free }
        await count(unit, STEP_UPS_ASKED_FOR, pupil.id, 1, now)
        const request = await askForStepUp(unit, pupil, service, now)
        await appendEntry(c, services, unit, { action: 'askForStepUp', pupilId: pupil.id })
        return { request }
      })
      if (asked.request === undefined) {
        throw new Problem('too-many-requests', { retryAfterSeconds: secondsUntil(asked.free, now) })
      }
      return c.json(
        askedSchema.parse({ request: describeRequest(asked.request), serverTime: toIso(now) }),
        200,
      )
    })
    .openapi(readLatest, async (c) => {
      const now = clock.now()
      const request = await store.read(async (unit) => {
        const { pupil } = await pupilCallerOf(c, services, unit, 'followStepUpRequest')
        return (await unit.stepUpRequests([pupil.id])).get(pupil.id) ?? null
      })
      return c.json(describeLatest(request, now), 200)
    })
    .openapi(withdraw, async (c) => {
      const { id } = c.req.valid('param')
      const now = clock.now()
      const ended = await store.transaction(async (unit) => {
        const { pupil } = await actingPupil(c, services, unit, 'withdrawStepUpRequest')
        const [request] = await unit.stepUpRequestsById([id])
        if (request?.pupilId !== pupil.id) throw new Problem('not-found')
        if (!isWaiting(request, now)) return request
        const withdrawn: StepUpRequest = { ...request, outcome: { decision: 'withdrawn', at: now } }
        await unit.saveStepUpRequest(withdrawn)
        await appendEntry(c, services, unit, { action: 'withdrawStepUpRequest', pupilId: pupil.id })
        return withdrawn
      })
      return c.json(describeLatest(ended, now), 200)
    })
    .openapi(openService, async (c) => {
      const { service } = c.req.valid('param')
      const now = clock.now()
      const levelEndsAt = await store.read(async (unit) => {
        const caller = await pupilCallerOf(c, services, unit, 'openService')
        mustBeThrough(caller)
        const stepUp = (await unit.stepUps([caller.pupil.id])).get(caller.pupil.id) ?? null
        return isSteppedUp(stepUp, now) ? endsAt(stepUp) : null
      })
      if (levelEndsAt === null) throw new Problem('step-up-required')
      return c.json(
        openedSchema.parse({
          service,
          ...demoContent[service],
          levelEndsAt: toIso(levelEndsAt),
          serverTime: toIso(now),
        }),
        200,
      )
    })
}
