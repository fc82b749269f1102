import { mkdirSync, readFileSync, readlinkSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join, resolve } from 'node:path'
import { folderFault, StartFault } from './node-start'
import { type Duration, seconds, systemClock, systemTimer } from './time'

const LOCK = 'in-use-by'

/** How often the holder shows that it is there, and for how long that is believed where its number says nothing. */
const SHOWS_ITSELF: Duration = seconds(5)
const BELIEVED: Duration = seconds(15)

/** Where a process's number means something: on this machine, and there in this container. */
function thisPlace(): string {
  try {
    return `${hostname()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return hostname()
  }
}

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    // It runs, and belongs to somebody else.
    return error instanceof Error && 'code' in error && error.code === 'EPERM'
  }
}

/** The process that has noted itself in a folder; null where none has, or it is gone without a word. */
function holderOf(lock: string, here: string): { pid: number; isElsewhere: boolean } | null {
  try {
    const [number, place = here] = readFileSync(lock, 'utf8').split('\n')
    const pid = Number(number)
    if (!Number.isInteger(pid) || pid <= 0) return null
    if (place === here) return pid !== process.pid && isRunning(pid) ? { pid, isElsewhere: false } : null
    const age = Math.abs(systemClock.now() - statSync(lock).mtimeMs)
    return age < BELIEVED ? { pid, isElsewhere: true } : null
  } catch {
    return null
  }
}

/**
 * Keeps a folder of data to this process: two that write into one embedded database would destroy it.
 * @returns where the database lies in it, and how to leave it.
 * @throws StartFault where another process has it, or nothing can be written there.
 */
export function takeFolder(folder: string): { path: string; database: string; leave: () => void } {
  const path = resolve(folder)
  const lock = join(path, LOCK)
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
  } catch (error) {
    throw folderFault(path, error)
  }
  const here = thisPlace()
  const holder = holderOf(lock, here)
  if (holder !== null) {
    const where = holder.isElsewhere ? ' of another container or machine' : ''
    throw new StartFault(
      `The data in ${path} are in use by another Elevadgang (process ${holder.pid}${where}). Stop it first, or choose another DATA_FOLDER. Several processes share data by DATABASE_URL.`,
    )
  }
  try {
    rmSync(lock, { force: true })
    // Of two that start at once, the second fails here.
    writeFileSync(lock, `${process.pid}\n${here}`, { flag: 'wx' })
  } catch (error) {
    throw folderFault(path, error)
  }
  const stopShowing = systemTimer.every(SHOWS_ITSELF, () => {
    const now = systemClock.now() / seconds(1)
    try {
      utimesSync(lock, now, now)
    } catch {
      // Who has taken the file away has taken the lock away.
    }
  })
  return {
    path,
    database: join(path, 'database'),
    leave() {
      stopShowing()
      rmSync(lock, { force: true })
    },
  }
}
