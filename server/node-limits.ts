import type { IncomingMessage } from 'node:http'
import {
  constants,
  type Http2SecureServer,
  type Http2ServerRequest,
  type ServerHttp2Stream,
} from 'node:http2'
import type { ServerType } from '@hono/node-server'
import { createMiddleware } from 'hono/factory'
import { HEARTBEAT } from './events/stream'
import { after, type Duration, minutes, seconds } from './time'

/** What one connection may take of this process. How large a body may be: requests.ts. */
export interface Limits {
  headerBytes: number
  headerCount: number
  /** How long the head of a request may be under way. */
  head: Duration
  /** How long a whole request may be under way, with its body. The answer, which may be a stream, takes as long as it likes. */
  request: Duration
  /** How long a connection is kept for the next request: longer than load balancers keep theirs, which is a minute. */
  keepAlive: Duration
  /** How long a connection may say and take nothing. A stream of events is never silent for so long. */
  silence: Duration
}

export const usualLimits: Limits = {
  headerBytes: 16 * 1024,
  headerCount: 100,
  head: seconds(10),
  request: seconds(30),
  keepAlive: seconds(65),
  silence: Math.max(minutes(2), 4 * HEARTBEAT),
}

/** What one HTTP/2 connection may ask side by side: a page asks for fewer than ten things. */
const STREAMS_AT_ONCE = 100

/** For a server that speaks HTTP/2, at its making: Node drops what breaks these. */
export const http2Limits = ({ headerBytes, headerCount }: Limits) => ({
  maxHeaderListPairs: headerCount,
  settings: { maxHeaderListSize: headerBytes, maxConcurrentStreams: STREAMS_AT_ONCE },
})

const isHttp2 = (server: ServerType): server is Http2SecureServer => 'updateSettings' in server

/** Holds every connection to the limits, so that nobody keeps one by sending slowly, or nothing; before it listens. */
export function limitConnections(server: ServerType, limits: Limits): void {
  // A server for HTTP/2 heeds these, too, where somebody speaks HTTP/1 to it; its types do not name all of them.
  Object.assign(server, {
    maxHeaderSize: limits.headerBytes,
    // Node leaves out what is beyond: one more, and it can be seen that there were too many.
    maxHeadersCount: limits.headerCount + 1,
    headersTimeout: limits.head,
    requestTimeout: limits.request,
    keepAliveTimeout: limits.keepAlive,
    timeout: limits.silence,
    connectionsCheckingInterval: Math.min(seconds(5), limits.head / 2),
  })
  if (!isHttp2(server)) return
  server.on('stream', (stream: ServerHttp2Stream) => {
    if (stream.endAfterHeaders) return
    const stop = after(limits.request, () => {
      if (!stream.readableEnded) stream.close(constants.NGHTTP2_CANCEL)
    })
    stream.once('close', stop)
  })
}

interface FromNode {
  Bindings: { incoming: IncomingMessage | Http2ServerRequest }
}

/** Refuses a request of which headers may have been left out: one of them may be what says that it is foreign. */
export const fewHeadersOnly = ({ headerCount }: Limits) =>
  createMiddleware<FromNode>(async (c, next) => {
    if (c.env.incoming.rawHeaders.length / 2 > headerCount) {
      return c.body(null, 431, { Connection: 'close', 'Cache-Control': 'no-store' })
    }
    await next()
    return undefined
  })
