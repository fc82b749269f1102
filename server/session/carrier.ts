import type { Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { seconds } from '../time'
import { SESSION_ABSOLUTE } from './rules'

/**
 * How a session's secret travels between browser and API. The API is given its carrier at start, since
 * a page that answers its own requests (the mocks) can neither set nor read cookies.
 */
export interface SessionCarrier {
  read(c: Context): string | undefined
  write(c: Context, token: string): void
  clear(c: Context): void
}

/**
 * The carrier of a real server: a cookie that no script can read and no other site can send.
 * `secure: false` is for plain http on localhost only, where browsers refuse the `__Host-` prefix.
 */
export function cookieCarrier({ secure }: { secure: boolean }): SessionCarrier {
  const name = secure ? '__Host-session' : 'session'
  const options = { path: '/', httpOnly: true, secure, sameSite: 'Strict' } as const
  return {
    read: (c) => getCookie(c, name),
    write: (c, token) => setCookie(c, name, token, { ...options, maxAge: SESSION_ABSOLUTE / seconds(1) }),
    clear: (c) => {
      deleteCookie(c, name, options)
    },
  }
}

/** The header names by which the mocks' page carries its session, where cookies cannot. */
export const PAGE_SESSION_HEADER = 'Page-Session'

/** The carrier of the mocks: the page sends the secret in a header, and is handed it in one. */
export const pageCarrier: SessionCarrier = {
  read: (c) => c.req.header(PAGE_SESSION_HEADER) || undefined,
  write: (c, token) => c.header(PAGE_SESSION_HEADER, token),
  clear: (c) => c.header(PAGE_SESSION_HEADER, ''),
}
