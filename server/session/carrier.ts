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

/** The cookies of the two sides: one browser may hold a teacher and a pupil at the same time. */
export const SESSION_COOKIE = 'session'
export const PUPIL_SESSION_COOKIE = 'pupil-session'

interface Cookie {
  secure: boolean
  /** Without its prefix. */
  name?: string
}

/**
 * The carrier of a real server: a cookie that no script can read and no other site can send.
 * `secure: false` is for plain http on localhost only, where browsers refuse the `__Host-` prefix.
 */
export function cookieCarrier({ secure, name: plainName = SESSION_COOKIE }: Cookie): SessionCarrier {
  const name = secure ? `__Host-${plainName}` : plainName
  const options = { path: '/', httpOnly: true, secure, sameSite: 'Strict' } as const
  return {
    read: (c) => getCookie(c, name),
    write: (c, token) => setCookie(c, name, token, { ...options, maxAge: SESSION_ABSOLUTE / seconds(1) }),
    clear: (c) => {
      deleteCookie(c, name, options)
    },
  }
}

/** The headers by which the mocks' page carries its sessions, where cookies cannot. */
export const PAGE_SESSION_HEADER = 'Page-Session'
export const PAGE_PUPIL_SESSION_HEADER = 'Page-Pupil-Session'

/** The carrier of the mocks: the page sends the secret in a header, and is handed it in one. */
export const pageCarrier = (header: string = PAGE_SESSION_HEADER): SessionCarrier => ({
  read: (c) => c.req.header(header) || undefined,
  write: (c, token) => c.header(header, token),
  clear: (c) => c.header(header, ''),
})
