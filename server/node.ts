import { readFile } from 'node:fs/promises'
import { createSecureServer } from 'node:http2'
import type { Socket } from 'node:net'
import { join } from 'node:path'
import { type ServerType, serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { serveStatic } from '@hono/node-server/serve-static'
import { type Context, Hono } from 'hono'
import { compress } from 'hono/compress'
import { methodOf } from './answered'
import { createApp } from './app'
import type { Services } from './http'
import { fewHeadersOnly, http2Limits, type Limits, limitConnections, usualLimits } from './node-limits'
import { securityHeaders } from './security-headers'
import { steadyClock } from './time'

/** The page's own address of it; see src/pages/help/places.ts. */
const ACCESSIBILITY_STATEMENT = '/hjaelp/tilgaengelighed'

interface ToServe {
  services: Omit<Services, 'sourceOf'>
  /** The folder of the built page. */
  pageFolder: string
  port: number
  hostname: string
  /** Serves HTTP/2 over TLS where given. */
  tls?: { key: Buffer; cert: Buffer }
  /** How many proxies stand in front; none where nothing is said, and then nobody's word is taken. */
  proxies?: number
  /** Resolves where requests can be answered: the data are within reach. */
  check?: () => Promise<void>
  /** What one connection may take; the usual where nothing is said. */
  limits?: Limits
}

export interface Serving {
  server: ServerType
  /** Takes no more requests, finishes those that are being answered, and ends the streams. */
  stop(): Promise<void>
}

/** Where a request came from: each proxy adds who asked it, so that the nearest ones can be believed. */
function sourceOf(c: Context, proxies: number): string {
  const address = getConnInfo(c).remote.address ?? 'unknown'
  if (proxies === 0) return address
  const passedOn = c.req.header('X-Forwarded-For')?.split(',') ?? []
  return passedOn.at(-proxies)?.trim() || address
}

/** What is no part of the API, by few names: every address of the page is one page. */
function routeOf({ req: { path } }: Context): string {
  if (path === '/healthz' || path === '/readyz') return path
  return path.startsWith('/assets/') ? '/assets/*' : 'page'
}

/** Serves the built page and the API from one Node process. */
export async function serveElevadgang({
  services,
  pageFolder,
  port,
  hostname,
  tls,
  proxies = 0,
  check = async () => {},
  limits = usualLimits,
}: ToServe): Promise<Serving> {
  const page = await readFile(join(pageFolder, 'index.html'), 'utf8')
  const api = createApp({ ...services, sourceOf: (c) => sourceOf(c, proxies) })

  let answering = 0
  let whenAnswered = () => {}
  let isStopping = false

  const app = new Hono()
  app.use(async (c, next) => {
    answering += 1
    const started = steadyClock.now()
    try {
      await next()
      // The API tells of its own.
      if (!c.req.path.startsWith('/api/')) {
        services.onAnswered?.({
          requestId: null,
          method: methodOf(c),
          route: routeOf(c),
          status: c.res.status,
          duration: steadyClock.now() - started,
        })
      }
    } finally {
      answering -= 1
      if (answering === 0) whenAnswered()
    }
  })
  app.use(fewHeadersOnly(limits))
  app.use(compress())
  app.use(async (c, next) => {
    await next()
    for (const [name, value] of Object.entries(securityHeaders)) c.header(name, value)
  })
  // For whoever watches over the server: that it lives, and that it can answer. Both say nothing else.
  app.get('/healthz', (c) => c.text('alive', 200, { 'Cache-Control': 'no-store' }))
  app.get('/readyz', async (c) => {
    const isReady =
      !isStopping &&
      (await check().then(
        () => true,
        () => false,
      ))
    return c.text(isReady ? 'ready' : 'not ready', isReady ? 200 : 503, { 'Cache-Control': 'no-store' })
  })
  // Where an accessibility statement is looked for on every site of a public body.
  app.get('/was', (c) => c.redirect(ACCESSIBILITY_STATEMENT))
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
  const server = tls
    ? serve({
        ...options,
        createServer: createSecureServer,
        serverOptions: { ...tls, ...http2Limits(limits), allowHTTP1: true },
      })
    : serve(options)
  limitConnections(server, limits)
  const lines = new Set<Socket>()
  server.on(tls ? 'secureConnection' : 'connection', (line: Socket) => {
    lines.add(line)
    line.once('close', () => lines.delete(line))
  })

  return {
    server,
    async stop() {
      isStopping = true
      const closed = new Promise<void>((resolve) => {
        server.close(() => resolve())
      })
      if (answering > 0) {
        await new Promise<void>((resolve) => {
          whenAnswered = resolve
        })
      }
      // What is left are streams, which go on elsewhere, and lines that wait; the last answers go out before that.
      for (const line of lines) line.destroySoon()
      await closed
    },
  }
}
