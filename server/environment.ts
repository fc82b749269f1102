import { LEAST_KEPT_DAYS, MOST_KEPT_DAYS, USUAL_KEPT_DAYS } from './activity/retention'
import { type Duration, days } from './time'

/** How much the server's log tells: each level also all that is graver. */
export const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const
export type LogLevel = (typeof logLevels)[number]

/** What whoever starts the server may say, by variables of the environment. */
export interface Settings {
  port: number
  host: string
  /** The files of a certificate; without them http is plain. */
  tls: { keyFile: string; certFile: string } | null
  /** Whether a browser reaches this over https, here or at a proxy: only then may cookies be kept to it. */
  secure: boolean
  /** How many proxies stand in front, each of which adds where a request came from. */
  proxies: number
  database: { url: string } | { folder: string }
  /** A file or an address that tells what is wrong right now; see node-operating-status.ts. */
  statusFeed: string | null
  activity: {
    /** How long the activity log is kept. */
    kept: Duration
    /** With which it is sealed; null for none. */
    key: string | null
  }
  /** Where measures can be asked for; null for nowhere. */
  metrics: { port: number; host: string } | null
  /** Null where nothing is said: it then depends on where the log goes. */
  logLevel: LogLevel | null
}

/** Everything that is wrong with the environment, told at once. */
export class EnvironmentFault extends Error {
  constructor(readonly faults: readonly string[]) {
    super(faults.map((fault) => `- ${fault}`).join('\n'))
  }
}

export type Environment = Readonly<Record<string, string | undefined>>

const LARGEST_PORT = 65_535
const MOST_PROXIES = 9
/** As many signs as 192 random bits have in base64. */
const SHORTEST_KEY = 32
const loopback = /^(localhost|127(\.\d{1,3}){3}|::1)$/
export const DEFAULT_FOLDER = 'data.local'

/** Whether only this machine reaches what listens there. */
export const isLoopback = (host: string): boolean => loopback.test(host)

/** @throws EnvironmentFault naming every variable that is wrong, and what it should be; never a value that is secret. */
export function readEnvironment(env: Environment): Settings {
  const faults: string[] = []
  // An empty variable is how many tools say that there is none.
  const said = (name: string) => env[name] || undefined

  const number = (name: string, usual: number, least: number, most: number) => {
    const value = said(name)
    if (value === undefined) return usual
    if (/^\d+$/.test(value) && Number(value) >= least && Number(value) <= most) return Number(value)
    faults.push(`${name} is "${value}"; it must be a whole number from ${least} to ${most}.`)
    return usual
  }
  const port = number('PORT', 3000, 1, LARGEST_PORT)
  const proxies = number('TRUST_PROXY', 0, 0, MOST_PROXIES)

  const host = said('HOST') ?? 'localhost'
  const [keyFile, certFile] = [said('TLS_KEY'), said('TLS_CERT')]
  if ((keyFile === undefined) !== (certFile === undefined)) {
    faults.push('TLS_KEY and TLS_CERT belong together: the files of a private key and of its certificate.')
  }
  const tls = keyFile !== undefined && certFile !== undefined ? { keyFile, certFile } : null
  if (!isLoopback(host) && !tls && proxies === 0) {
    faults.push(
      `HOST is "${host}", which other machines reach, and without TLS everything would travel in the open. Give TLS_KEY and TLS_CERT, or TRUST_PROXY=1 where a proxy in front has TLS.`,
    )
  }

  const url = said('DATABASE_URL')
  const folder = said('DATA_FOLDER')
  if (url !== undefined && folder !== undefined) {
    faults.push(
      'DATABASE_URL and DATA_FOLDER are both given; the data lie in one place: leave one of them out.',
    )
  }
  if (url !== undefined && !(URL.canParse(url) && /^postgres(ql)?:$/.test(new URL(url).protocol))) {
    // Not repeated: it may hold a password.
    faults.push(
      'DATABASE_URL is no address of PostgreSQL, such as postgresql://user:password@host:5432/database.',
    )
  }

  const keptDays = number('ACTIVITY_DAYS', USUAL_KEPT_DAYS, LEAST_KEPT_DAYS, MOST_KEPT_DAYS)
  const key = said('ACTIVITY_KEY') ?? null
  if (key !== null && key.length < SHORTEST_KEY) {
    faults.push(
      `ACTIVITY_KEY is too short: it must have at least ${SHORTEST_KEY} random signs, as \`openssl rand -base64 32\` makes them.`,
    )
  }

  const metricsPort =
    said('METRICS_PORT') === undefined ? null : number('METRICS_PORT', 9090, 1, LARGEST_PORT)
  const metricsHost = said('METRICS_HOST') ?? 'localhost'
  if (metricsPort === port) {
    faults.push('METRICS_PORT and PORT are the same; measures have a port of their own.')
  }

  const level = said('LOG_LEVEL')
  const logLevel = logLevels.find((known) => known === level) ?? null
  if (level !== undefined && logLevel === null) {
    faults.push(`LOG_LEVEL is "${level}"; it must be one of ${logLevels.join(', ')}.`)
  }
  if (faults.length > 0) throw new EnvironmentFault(faults)

  return {
    port,
    host,
    tls,
    secure: tls !== null || proxies > 0,
    proxies,
    database: url !== undefined ? { url } : { folder: folder ?? DEFAULT_FOLDER },
    statusFeed: said('STATUS_FEED') ?? null,
    activity: { kept: days(keptDays), key },
    metrics: metricsPort === null ? null : { port: metricsPort, host: metricsHost },
    logLevel,
  }
}
