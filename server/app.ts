import { OpenAPIHono } from '@hono/zod-openapi'
import { HTTPException } from 'hono/http-exception'
import { type Actor, actsAs, nobody, pupilActor, staffActor } from './activity/actor'
import { attemptOf } from './activity/attempts'
import { appendEntry } from './activity/log'
import { activityRoutes } from './activity/routes'
import { methodOf, routeOf } from './answered'
import { blockRoutes } from './block/routes'
import { classRoutes } from './classes/routes'
import { eventRoutes } from './events/routes'
import { LATEST_EVENT_HEADER } from './events/stream'
import { tellOfChanges } from './events/tell'
import type { ApiContext, ApiEnv, Services } from './http'
import { newPasswordRoutes } from './new-password/routes'
import { OPERATING_STATUS_HEADER, operatingStatusRoutes } from './operating-status/routes'
import { passwordResetRoutes } from './password-reset/routes'
import { policyRoutes } from './policy/routes'
import { Problem, Unavailable } from './problems'
import { currentPupil } from './pupil-session/caller'
import { pupilSessionRoutes } from './pupil-session/routes'
import { pupilRoutes } from './pupils/routes'
import { jsonBodiesOnly, sameOriginOnly, smallBodiesOnly } from './requests'
import { schoolRoutes } from './schools/routes'
import { secondFactorRoutes } from './second-factor/routes'
import { newRequestId } from './secrets'
import { currentCaller } from './session/caller'
import { sessionRoutes } from './session/routes'
import { pupilStepUpRoutes } from './step-up/pupil-routes'
import { stepUpRoutes } from './step-up/routes'
import type { UnitOfWork } from './store/store'
import { takeAwayRoutes } from './take-away/routes'
import { steadyClock } from './time'

const document = {
  openapi: '3.1.0',
  info: {
    title: 'Elevadgang',
    version: '1.0.0',
    description:
      'The API with which a teacher gets own pupils signed in again. Sessions are carried by a cookie; the header Elevadgang-School with the id of an institution puts a request into the view of its administrator, which needs a second factor; every change needs the header Idempotency-Key; every refusal is a problem document.',
  },
}

/** The API: Request in, Response out. Mounts every feature under /api. */
export function createApp(given: Services) {
  const services = { ...given, store: tellOfChanges(given.store, given.events) }
  const api = new OpenAPIHono<ApiEnv>()
    .route('/', sessionRoutes(services))
    .route('/', secondFactorRoutes(services))
    .route('/', pupilSessionRoutes(services))
    .route('/', newPasswordRoutes(services))
    .route('/', classRoutes(services))
    .route('/', pupilRoutes(services))
    .route('/', schoolRoutes(services))
    .route('/', takeAwayRoutes(services))
    .route('/', activityRoutes(services))
    .route('/', passwordResetRoutes(services))
    .route('/', stepUpRoutes(services))
    .route('/', policyRoutes(services))
    .route('/', blockRoutes(services))
    .route('/', pupilStepUpRoutes(services))
    .route('/', eventRoutes(services))
    .route('/', operatingStatusRoutes(services))

  const app = new OpenAPIHono<ApiEnv>()
  app.use(async (c, next) => {
    c.set('requestId', newRequestId())
    c.set('action', attemptOf(c))
    // Before the answer is made: it shows at least this much, and a stream goes on from there.
    const latestEvent = services.events.latestId()
    const started = steadyClock.now()
    await next()
    services.onAnswered?.({
      requestId: c.get('requestId'),
      method: methodOf(c),
      route: routeOf(c),
      status: c.res.status,
      duration: steadyClock.now() - started,
    })
    c.header(LATEST_EVENT_HEADER, String(latestEvent))
    if (services.operatingStatus?.()) c.header(OPERATING_STATUS_HEADER, 'trouble')
    c.header('Cache-Control', 'no-store')
    c.header('Request-Id', c.get('requestId'))
  })
  app.use(sameOriginOnly)
  app.use(smallBodiesOnly)
  app.use(jsonBodiesOnly)
  const routed = app.route('/api', api)
  routed.doc31('/api/openapi.json', document)

  routed.notFound((c) => answerProblem(c, new Problem('not-found')))
  routed.onError(async (error, c) => {
    const problem = problemOf(error)
    if (!problem) return answerUnexpected(c, error)
    if (problem instanceof Unavailable) return answerUnavailable(c, problem)
    try {
      await logRefusal(c, problem)
    } catch (logError) {
      return logError instanceof Unavailable ? answerUnavailable(c, logError) : answerUnexpected(c, logError)
    }
    return answerProblem(c, problem)
  })

  function answerUnexpected(c: ApiContext, error: unknown) {
    services.onUnexpected?.(error, c.get('requestId'))
    return answerProblem(c, new Problem('unexpected'))
  }

  function answerUnavailable(c: ApiContext, problem: Unavailable) {
    if (problem.cause !== undefined) services.onUnexpected?.(problem.cause, c.get('requestId'))
    return answerProblem(c, problem)
  }

  async function logRefusal(c: ApiContext, problem: Problem) {
    const action = c.get('action')
    if (!action || c.get('refusalsLogged')) return
    await services.store.transaction(async (unit) => {
      if (!c.get('actor')) actsAs(c, await whoActs(c, unit))
      await appendEntry(c, services, unit, { action, refusal: problem.type })
    })
  }

  /** The routes of pupils know no staff, and those of staff no pupils. */
  async function whoActs(c: ApiContext, unit: UnitOfWork): Promise<Actor> {
    if (c.req.path.startsWith('/api/pupil/')) {
      const caller = await currentPupil(c, services, unit)
      return caller ? pupilActor(unit, caller.pupil) : nobody
    }
    const caller = await currentCaller(c, services, unit)
    return caller ? staffActor(caller.staff, caller.as) : nobody
  }

  return routed
}

/** What the sender did wrong, or null where the failure is our own. */
function problemOf(error: Error): Problem | null {
  if (error instanceof Problem) return error
  return error instanceof HTTPException && error.status < 500 ? new Problem('malformed-request') : null
}

function answerProblem(c: ApiContext, problem: Problem): Response {
  const { retryAfterSeconds } = problem.details
  return c.body(JSON.stringify(problem.document(c.get('requestId'))), problem.status, {
    'Content-Type': 'application/problem+json',
    'Cache-Control': 'no-store',
    'Request-Id': c.get('requestId'),
    ...(retryAfterSeconds ? { 'Retry-After': String(retryAfterSeconds) } : {}),
  })
}

/** The API's type, from which the page's client is made. */
export type Api = ReturnType<typeof createApp>
