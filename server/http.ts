import { OpenAPIHono, type z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Actor } from './activity/actor'
import type { ActivityAction } from './activity/entry'
import type { Answered } from './answered'
import type { EventBus } from './events/bus'
import type { OperatingStatus } from './operating-status/schema'
import type { PasswordHash } from './passwords/hash'
import { Problem, type ProblemStatus, problemSchema } from './problems'
import type { CodeDelivery } from './second-factor/delivery'
import type { SessionCarrier } from './session/carrier'
import type { Identity } from './session/identity'
import type { Store } from './store/store'
import type { Clock, Timer } from './time'

/** What the API is given at start. */
export interface Services {
  store: Store
  clock: Clock
  /** Beats for the streams. */
  timer: Timer
  /** Tells the streams what has changed. */
  events: EventBus
  /** Carries the sessions of staff. */
  session: SessionCarrier
  /** Carries the sessions of pupils, apart from those of staff. */
  pupilSession: SessionCarrier
  identity: Identity
  /** Brings the codes of the second factor to the phones of staff. */
  codes: CodeDelivery
  /** Hashes the passwords of pupils. */
  passwords: PasswordHash
  /** What those who run this have told to be wrong; without it nothing ever is. */
  operatingStatus?: OperatingStatus | undefined
  /** Where a request came from, for limits and the activity log. */
  sourceOf: (c: Context) => string
  /** Told of every failure that is our own mistake, with the request's id. */
  onUnexpected?: (error: unknown, requestId: string) => void
  /** Told of every request, once its answer begins. */
  onAnswered?: (answered: Answered) => void
}

export interface ApiEnv {
  Variables: {
    requestId: string
    /** What the request tries to do, so that a refusal can be logged. */
    action?: ActivityAction | undefined
    /** Who is known to act, for the log. */
    actor?: Actor | undefined
    /** Set where the refusals are in the log already, pupil by pupil. */
    refusalsLogged?: boolean
  }
}

export type ApiContext = Context<ApiEnv>

/** A router whose validation failures become problems, naming fields but never their values. */
export const createRoutes = () =>
  new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (result.success) return
      // An address that cannot be an id is answered like an id that does not exist.
      if (result.target === 'param') throw new Problem('not-found')
      if (result.target === 'header') throw new Problem('idempotency-key-missing')
      throw new Problem('invalid-request', {
        errors: result.error.issues.map((issue) => ({ path: issue.path.join('.'), code: issue.code })),
      })
    },
  })

/** Declares an answer of a route. */
export const jsonContent = <T extends z.ZodType>(schema: T, description: string) => ({
  description,
  content: { 'application/json': { schema } },
})

/** Declares the problems of a route. */
export const problemContent = {
  description: 'A problem document (RFC 9457)',
  content: { 'application/problem+json': { schema: problemSchema } },
}

/** The problems that any route may answer with. */
export const commonProblems = {
  401: problemContent,
  403: problemContent,
  404: problemContent,
  409: problemContent,
  422: problemContent,
  429: problemContent,
  500: problemContent,
  503: problemContent,
} as const satisfies Partial<Record<ProblemStatus, typeof problemContent>>

/** The problems that any route that changes something may answer with: its body may be at fault, too. */
export const changeProblems = {
  ...commonProblems,
  400: problemContent,
  413: problemContent,
  415: problemContent,
} as const satisfies Partial<Record<ProblemStatus, typeof problemContent>>
