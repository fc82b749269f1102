import type { Context } from 'hono'
import { matchedRoutes } from 'hono/route'
import type { Duration } from './time'

/** A request that has been answered, as logs and measures may know it: nothing of who asked, or for whom. */
export interface Answered {
  requestId: string | null
  method: string
  /** The pattern of its address, such as `/api/classes/:classId`; one for all that is unknown. */
  route: string
  status: number
  /** Until the answer began: a stream goes on. */
  duration: Duration
}

export const UNKNOWN_ROUTE = 'unknown'

const METHODS: readonly string[] = ['GET', 'HEAD', 'POST', 'DELETE', 'PUT', 'PATCH', 'OPTIONS']

/** Whoever asks makes methods up, too. */
export const methodOf = (c: Context): string => (METHODS.includes(c.req.method) ? c.req.method : 'other')

/** The pattern by which a request was answered: that of the last route which is for its method and no middleware. */
export const routeOf = (c: Context): string =>
  matchedRoutes(c).findLast(({ method, path }) => method !== 'ALL' && !path.includes('*'))?.path ??
  UNKNOWN_ROUTE
