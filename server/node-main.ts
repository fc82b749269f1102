import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import type { ServerType } from '@hono/node-server'
import type { Settings } from './environment'
import type { Services } from './http'
import { serveElevadgang } from './node'
import { nodeSealing } from './node-activity-seal'
import { takeFolder } from './node-folder'
import { createLog, type Log, usualLevel } from './node-log'
import { createMetrics, serveMetrics } from './node-metrics'
import { followFeed } from './node-operating-status'
import { checkPage, checkPort, openingFault, StartFault, withoutPassword } from './node-start'
import { inTurn } from './passwords/queue'
import { cookieCarrier, PUPIL_SESSION_COOKIE } from './session/carrier'
import type { SchoolData } from './store/memory'
import { openSqlStore } from './store/sql/open'
import { type Instant, systemClock, systemTimer } from './time'

/** Each takes a thread of Node's four; files, compression and names of hosts need one, too. */
const PASSWORDS_AT_ONCE = Math.min(3, availableParallelism())

interface Start extends Pick<Services, 'identity' | 'codes' | 'passwords'> {
  settings: Settings
  /** The folder of the built page. */
  pageFolder: string
  /** The schools to begin with where there is none yet. */
  newSchool?: (now: Instant) => SchoolData
  /** How the hashes of passwords begin, where data with others, such as the demo's, are refused. */
  onlyHashes?: string
  /** Standard output where nothing is said, as LOG_LEVEL has it. */
  log?: Log
}

export interface Started {
  origin: string
  /** The port on which measures can be asked for; null where nobody asked for one. */
  metricsPort: number | null
  /** Where the data lie, without a password. */
  dataLieIn: string
  isNew: boolean
  log: Log
  stop(): Promise<void>
}

/**
 * Opens the data and serves page and API over them.
 * @throws StartFault where that cannot be, in words for who starts it.
 */
export async function startElevadgang({
  settings,
  pageFolder,
  newSchool,
  onlyHashes,
  log = createLog(settings.logLevel ?? usualLevel()),
  passwords,
  ...services
}: Start): Promise<Started> {
  const { database, tls, secure, host, port, statusFeed } = settings
  checkPage(pageFolder)
  await checkPort(settings)
  const folder = 'folder' in database ? takeFolder(database.folder) : null
  const dataLieIn = 'url' in database ? withoutPassword(database.url) : (folder?.path ?? database.folder)
  const metrics = settings.metrics && createMetrics()
  let close = async () => {}
  const feed =
    statusFeed === null ? null : await followFeed(statusFeed, { timer: systemTimer, onTrouble: log.failed })
  try {
    const opened = await openSqlStore({
      at: 'url' in database ? database : { folder: folder?.database ?? database.folder },
      clock: systemClock,
      timer: systemTimer,
      activity: { sealing: nodeSealing(settings.activity.key), kept: settings.activity.kept },
      // Where the log is gathered, there is thus a copy of the chain's end, out of reach of who has the database.
      onSealed: ({ number, hash }) => log.said('activity sealed', { head: `${number}:${hash}` }),
      newSchool: newSchool && (() => newSchool(systemClock.now())),
      onTrouble: (error) => log.failed(error),
    })
    close = opened.close
    if (onlyHashes !== undefined && (await opened.hasHashesBesides(onlyHashes))) {
      throw new StartFault(
        `In the data of ${dataLieIn} there are passwords of the demo school, which are known to everybody. Production begins with data of its own.`,
      )
    }
    metrics?.watchDatabase(opened.load)
    const measured = metrics && settings.metrics ? await serveMetrics(metrics, settings.metrics) : null
    close = async () => {
      await measured?.stop()
      await opened.close()
    }
    const inTurns = inTurn(passwords, { atOnce: PASSWORDS_AT_ONCE, clock: systemClock })
    const serving = await serveElevadgang({
      services: {
        ...services,
        store: opened.store,
        events: metrics?.counting(opened.events) ?? opened.events,
        clock: systemClock,
        timer: systemTimer,
        passwords: metrics?.countingPasswords(inTurns) ?? inTurns,
        session: cookieCarrier({ secure }),
        pupilSession: cookieCarrier({ secure, name: PUPIL_SESSION_COOKIE }),
        operatingStatus: feed?.status,
        onUnexpected: log.failed,
        onAnswered(answered) {
          log.answered(answered)
          metrics?.answered(answered)
        },
      },
      pageFolder,
      port,
      hostname: host,
      proxies: settings.proxies,
      check: opened.check,
      ...(tls ? { tls: { key: readFileSync(tls.keyFile), cert: readFileSync(tls.certFile) } } : {}),
    })
    const openedPort = await portOf(serving.server)
    log.said('started', { isNew: opened.isNew })
    return {
      origin: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${openedPort}`,
      dataLieIn,
      isNew: opened.isNew,
      log,
      metricsPort: measured?.port ?? null,
      async stop() {
        feed?.stop()
        await serving.stop()
        await close()
        folder?.leave()
        log.said('stopped')
      },
    }
  } catch (error) {
    feed?.stop()
    await close()
    folder?.leave()
    throw openingFault(dataLieIn, error)
  }
}

/** @throws where the port is taken. */
async function portOf(server: ServerType): Promise<number | undefined> {
  if (!server.listening) await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' ? address?.port : undefined
}
