import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { folderFault, StartFault } from './node-start'

const LOCK = 'in-use-by'

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
function holderOf(lock: string): number | null {
  try {
    const pid = Number(readFileSync(lock, 'utf8'))
    return pid !== process.pid && Number.isInteger(pid) && pid > 0 && isRunning(pid) ? pid : null
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
  const holder = holderOf(lock)
  if (holder !== null) {
    throw new StartFault(
      `The data in ${path} are in use by another Elevadgang (process ${holder}). Stop it first, or choose another DATA_FOLDER. Several processes share data by DATABASE_URL.`,
    )
  }
  try {
    rmSync(lock, { force: true })
    // Of two that start at once, the second fails here.
    writeFileSync(lock, String(process.pid), { flag: 'wx' })
  } catch (error) {
    throw folderFault(path, error)
  }
  return { path, database: join(path, 'database'), leave: () => rmSync(lock, { force: true }) }
}
