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
  if (faults.length > 0) throw new EnvironmentFault(faults)

  return {
    port,
    host,
    tls,
    secure: tls !== null || proxies > 0,
    proxies,
    database: url !== undefined ? { url } : { folder: folder ?? DEFAULT_FOLDER },
  }
}
