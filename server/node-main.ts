import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { ServerType } from '@hono/node-server'
import type { Settings } from './environment'
import type { Services } from './http'
import { serveElevadgang } from './node'
import { nodeSealing } from './node-activity-seal'
import { takeFolder } from './node-folder'
import { createLog, type Log, usualLevel } from './node-log'
import { createMetrics, serveMetrics } from './node-metrics'
import { followFeed } from './node-operating-status'
import { cookieCarrier, PUPIL_SESSION_COOKIE } from './session/carrier'
import type { SchoolData } from './store/memory'
import { openSqlStore } from './store/sql/open'
import { type Instant, systemClock, systemTimer } from './time'

interface Start extends Pick<Services, 'identity' | 'codes' | 'passwords'> {
  settings: Settings
  /** The folder of the built page. */
  pageFolder: string
  /** The schools to begin with where there is none yet. */
  newSchool?: (now: Instant) => SchoolData
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
  stop(): Promise<void>
}

/** Opens the data and serves page and API over them. */
export async function startElevadgang({
  settings,
  pageFolder,
  newSchool,
  log = createLog(settings.logLevel ?? usualLevel()),
  passwords,
  ...services
}: Start): Promise<Started> {
  const { database, tls, secure, host, port, statusFeed } = settings
  const folder = 'folder' in database ? takeFolder(database.folder) : null
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
    metrics?.watchDatabase(opened.load)
    const measured = metrics && settings.metrics ? await serveMetrics(metrics, settings.metrics) : null
    close = async () => {
      await measured?.stop()
      await opened.close()
    }
    const serving = await serveElevadgang({
      services: {
        ...services,
        store: opened.store,
        events: metrics?.counting(opened.events) ?? opened.events,
        passwords: metrics?.countingPasswords(passwords) ?? passwords,
        clock: systemClock,
        timer: systemTimer,
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
      dataLieIn: 'url' in database ? withoutPassword(database.url) : (folder?.path ?? database.folder),
      isNew: opened.isNew,
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
    throw error
  }
}

/** @throws where the port is taken. */
async function portOf(server: ServerType): Promise<number | undefined> {
  if (!server.listening) await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' ? address?.port : undefined
}

function withoutPassword(url: string): string {
  const { host, pathname } = new URL(url)
  return `PostgreSQL at ${host}${pathname}`
}
