import { OpenAPIHono } from '@hono/zod-openapi'
import { HTTPException } from 'hono/http-exception'
import { appendEntry } from './activity/log'
import { classRoutes } from './classes/routes'
import type { ApiContext, ApiEnv, Services } from './http'
import { passwordResetRoutes } from './password-reset/routes'
import { Problem, type ProblemType } from './problems'
import { pupilRoutes } from './pupils/routes'
import { jsonBodiesOnly, sameOriginOnly } from './requests'
import { newRequestId } from './secrets'
import { sessionRoutes } from './session/routes'
import { stepUpRoutes } from './step-up/routes'

/** Problems that are somebody's attempt at what is not theirs to do: they go to the activity log. */
const refusalTypes: ReadonlySet<ProblemType> = new Set<ProblemType>([
  'not-signed-in',
  'session-ended',
  'session-changed',
  'wrong-password',
  'no-role',
  'not-allowed',
  'cross-site',
  'not-found',
  'username-not-found',
  'too-many-requests',
])

const document = {
  openapi: '3.1.0',
  info: {
    title: 'Elevadgang',
    version: '1.0.0',
    description:
      'The API with which a teacher gets own pupils signed in again. Sessions are carried by a cookie; every change needs the header Idempotency-Key; every refusal is a problem document.',
  },
}

/** The API: Request in, Response out. Mounts every feature under /api. */
export function createApp(services: Services) {
  const api = new OpenAPIHono<ApiEnv>()
    .route('/', sessionRoutes(services))
    .route('/', classRoutes(services))
    .route('/', pupilRoutes(services))
    .route('/', passwordResetRoutes(services))
    .route('/', stepUpRoutes(services))

  const app = new OpenAPIHono<ApiEnv>()
  app.use('/api/*', async (c, next) => {
    c.set('requestId', newRequestId())
    await next()
    c.header('Cache-Control', 'no-store')
    c.header('Request-Id', c.get('requestId'))
  })
  app.use('/api/*', sameOriginOnly)
  app.use('/api/*', jsonBodiesOnly)
  const routed = app.route('/api', api)
  routed.doc31('/api/openapi.json', document)

  routed.notFound((c) => answerProblem(c, new Problem('not-found')))
  routed.onError(async (error, c) => {
    const problem = problemOf(error)
    if (problem.type === 'unexpected') services.onUnexpected?.(error, c.get('requestId'))
    else await logRefusal(c, problem)
    return answerProblem(c, problem)
  })

  async function logRefusal(c: ApiContext, problem: Problem) {
    const action = c.get('action')
    if (!action || c.get('refusalsLogged') || !refusalTypes.has(problem.type)) return
    await services.store.transaction((unit) =>
      appendEntry(c, services, unit, { action, refusal: problem.type }),
    )
  }

  return routed
}

function problemOf(error: Error): Problem {
  if (error instanceof Problem) return error
  if (error instanceof HTTPException && error.status < 500) return new Problem('malformed-request')
  return new Problem('unexpected')
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
