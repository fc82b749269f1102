import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import type { ServerType } from '@hono/node-server'
import type { Settings } from './environment'
import type { Services } from './http'
import { serveElevadgang } from './node'
import { nodeSealing } from './node-activity-seal'
import { takeFolder } from './node-folder'
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
  /** Told of what goes wrong; `requestId` where it was while answering. */
  onUnexpected: (error: unknown, requestId?: string) => void
}

export interface Started {
  origin: string
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
  onUnexpected,
  ...services
}: Start): Promise<Started> {
  const { database, tls, secure, host, port } = settings
  const folder = 'folder' in database ? takeFolder(database.folder) : null
  let close = async () => {}
  try {
    const opened = await openSqlStore({
      at: 'url' in database ? database : { folder: folder?.database ?? database.folder },
      clock: systemClock,
      timer: systemTimer,
      activity: { sealing: nodeSealing(settings.activity.key), kept: settings.activity.kept },
      newSchool: newSchool && (() => newSchool(systemClock.now())),
      onTrouble: (error) => onUnexpected(error),
    })
    close = opened.close
    const serving = await serveElevadgang({
      services: {
        ...services,
        store: opened.store,
        events: opened.events,
        clock: systemClock,
        timer: systemTimer,
        session: cookieCarrier({ secure }),
        pupilSession: cookieCarrier({ secure, name: PUPIL_SESSION_COOKIE }),
        onUnexpected,
      },
      pageFolder,
      port,
      hostname: host,
      proxies: settings.proxies,
      check: opened.check,
      ...(tls ? { tls: { key: readFileSync(tls.keyFile), cert: readFileSync(tls.certFile) } } : {}),
    })
    const openedPort = await portOf(serving.server)
    return {
      origin: `${tls ? 'https' : 'http'}://${host.includes(':') ? `[${host}]` : host}:${openedPort}`,
      dataLieIn: 'url' in database ? withoutPassword(database.url) : (folder?.path ?? database.folder),
      isNew: opened.isNew,
      async stop() {
        await serving.stop()
        await opened.close()
        folder?.leave()
      },
    }
  } catch (error) {
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
