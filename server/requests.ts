import { bodyLimit } from 'hono/body-limit'
import { createMiddleware } from 'hono/factory'
import type { ApiEnv } from './http'
import { Problem } from './problems'

/** The largest body any request needs: a batch of ids. */
export const BODY_MAX_BYTES = 128 * 1024

const changes = (method: string) => method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS'

/**
 * Refuses changes asked for by another site. Browsers say where a request comes from, and no script can forge it;
 * clients that are no browsers say nothing and carry no cookie by themselves.
 */
export const sameOriginOnly = createMiddleware<ApiEnv>(async (c, next) => {
  if (changes(c.req.method)) {
    const site = c.req.header('Sec-Fetch-Site')
    const origin = c.req.header('Origin')
    const foreign =
      site !== undefined ? site !== 'same-origin' : origin !== undefined && !isOwn(origin, c.req)
    if (foreign) throw new Problem('cross-site')
  }
  await next()
})

function isOwn(
  origin: string,
  request: { url: string; header: (name: string) => string | undefined },
): boolean {
  const host = request.header('Host') ?? new URL(request.url).host
  return URL.canParse(origin) && new URL(origin).host === host
}

/** Stops reading a body as soon as it is too large, whatever length was announced. */
export const smallBodiesOnly = bodyLimit({
  maxSize: BODY_MAX_BYTES,
  onError: () => {
    throw new Problem('too-large')
  },
})

/** Lets through only bodies of JSON in UTF-8. */
export const jsonBodiesOnly = createMiddleware<ApiEnv>(async (c, next) => {
  if (changes(c.req.method)) {
    const body = await c.req.arrayBuffer()
    if (body.byteLength > 0) {
      const type = c.req.header('Content-Type') ?? ''
      if (!/^application\/json\s*(;\s*charset\s*=\s*"?utf-8"?\s*)?$/i.test(type)) {
        throw new Problem('unsupported-media-type')
      }
      try {
        JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
      } catch {
        throw new Problem('malformed-request')
      }
    }
  }
  await next()
})
