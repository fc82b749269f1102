import { readFile } from 'node:fs/promises'
import { createSecureServer } from 'node:http2'
import { join } from 'node:path'
import { type ServerType, serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { createApp } from './app'
import type { Services } from './http'
import { securityHeaders } from './security-headers'

interface Serving {
  services: Omit<Services, 'sourceOf'>
  /** The folder of the built page. */
  pageFolder: string
  port: number
  hostname: string
  /** Serves HTTP/2 over TLS where given. */
  tls?: { key: Buffer; cert: Buffer }
}

/** Serves the built page and the API from one Node process. */
export async function serveElevadgang({
  services,
  pageFolder,
  port,
  hostname,
  tls,
}: Serving): Promise<ServerType> {
  const page = await readFile(join(pageFolder, 'index.html'), 'utf8')
  const api = createApp({ ...services, sourceOf: (c) => getConnInfo(c).remote.address ?? 'unknown' })

  const app = new Hono()
  app.use(compress())
  app.use(async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(securityHeaders)) c.header(name, value)
  })
  app.all('/api/*', (c) => api.fetch(c.req.raw, c.env))
  app.use(
    '/assets/*',
    serveStatic({
      root: pageFolder,
      precompressed: true,
      // File names hold a hash of their content.
      onFound: (_path, c: Context) => c.header('Cache-Control', 'public, max-age=31536000, immutable'),
    }),
  )
  app.get('/assets/*', (c) => c.notFound())
  app.get('*', (c) => {
    c.header('Cache-Control', 'no-cache')
    return c.html(page)
  })

  const options = { fetch: app.fetch, port, hostname }
  return tls
    ? serve({ ...options, createServer: createSecureServer, serverOptions: { ...tls, allowHTTP1: true } })
    : serve(options)
}
