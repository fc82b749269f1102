import { once } from 'node:events'
import { createServer } from 'node:http'
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'
import type { Answered } from './answered'
import type { EventBus } from './events/bus'
import { type PasswordHash, whenItsTurn } from './passwords/hash'
import type { DatabaseLoad } from './store/store'
import { seconds } from './time'

/** What is measured for Prometheus. No label is personal, and each has few values, whatever people ask for. */
export interface Metrics {
  answered(answered: Answered): void
  /** The same bus, counted: the streams that listen to it, and what they are told. */
  counting(events: EventBus): EventBus
  /** The same hashing, counted: how many passwords wait for their turn or are being hashed. */
  countingPasswords(passwords: PasswordHash): PasswordHash
  /** Asked each time somebody looks. */
  watchDatabase(load: () => DatabaseLoad): void
  /** As Prometheus reads it. */
  text(): Promise<string>
  contentType: string
}

/** Around the bar for the API, 50 ms, in steps that tell which side of it an answer was. */
const BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

export function createMetrics(): Metrics {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'elevadgang_request_duration_seconds',
    help: 'Requests by route, method and class of status, and how long until their answer began',
    labelNames: ['route', 'method', 'status'],
    buckets: BUCKETS,
    registers,
  })
  const streams = new Gauge({
    name: 'elevadgang_event_streams',
    help: 'Event streams that are open',
    registers,
  })
  const delivered = new Counter({
    name: 'elevadgang_events_delivered_total',
    help: 'Events told to open streams; each passes on what concerns its page',
    registers,
  })
  const passwordsPending = new Gauge({
    name: 'elevadgang_passwords_pending',
    help: 'Passwords that wait for their turn or are being hashed',
    registers,
  })

  async function pending<T>(hashing: Promise<T>): Promise<T> {
    passwordsPending.inc()
    try {
      return await hashing
    } finally {
      passwordsPending.dec()
    }
  }

  return {
    answered({ route, method, status, duration }) {
      requests.observe({ route, method, status: `${Math.floor(status / 100)}xx` }, duration / seconds(1))
    },
    counting: (events) => ({
      ...events,
      subscribe(listener) {
        streams.inc()
        const stop = events.subscribe((event) => {
          delivered.inc()
          listener(event)
        })
        let isOver = false
        return () => {
          if (!isOver) streams.dec()
          isOver = true
          stop()
        }
      },
    }),
    countingPasswords: (passwords) => ({
      hash: (secret) => pending(passwords.hash(secret)),
      matches: (secret, hash) => pending(passwords.matches(secret, hash)),
      inTurn: (work) => pending(whenItsTurn(passwords, work)),
    }),
    watchDatabase(load) {
      const gauge = (name: string, help: string, read: (now: DatabaseLoad) => number) =>
        new Gauge({
          name,
          help,
          registers,
          collect() {
            this.set(read(load()))
          },
        })
      gauge('elevadgang_database_connections', 'Connections to the database that are open', (now) => now.open)
      gauge('elevadgang_database_connections_idle', 'Those of them that nobody uses', (now) => now.idle)
      gauge('elevadgang_database_waiting', 'Units of work that wait for a connection', (now) => now.waiting)
      new Counter({
        name: 'elevadgang_transaction_retries_total',
        help: 'Units of work that met another on the same data and began anew',
        registers,
        collect() {
          this.reset()
          this.inc(load().retries)
        },
      })
    },
    text: () => registry.metrics(),
    contentType: registry.contentType,
  }
}

const OK = 200
const NOT_FOUND = 404

/** Serves the measures, and nothing else. @returns where, and how to stop */
export async function serveMetrics(
  { text, contentType }: Pick<Metrics, 'text' | 'contentType'>,
  { port, host }: { port: number; host: string },
): Promise<{ port: number; stop: () => Promise<void> }> {
  const server = createServer((request, response) => {
    if (request.url !== '/metrics' || request.method !== 'GET') {
      response.writeHead(NOT_FOUND).end()
      return
    }
    text().then(
      (measures) => response.writeHead(OK, { 'Content-Type': contentType }).end(measures),
      () => response.destroy(),
    )
  })
  server.listen(port, host)
  await once(server, 'listening')
  const address = server.address()
  return {
    port: typeof address === 'object' && address ? address.port : port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
