import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { createServer } from 'node:net'
import { join, resolve } from 'node:path'
import type { Settings } from './environment'
import { Unavailable } from './problems'
import { CannotOpen } from './store/sql/database'

/** Why the server does not start, in words for who starts it: what is wrong, and what to do. */
export class StartFault extends Error {}

/** The code that Node and databases give with an error, such as `EACCES`. */
const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null

/**
 * Asked before the data are opened, which takes longer.
 * @throws StartFault where the port cannot be opened.
 */
export async function checkPort({ host, port }: Pick<Settings, 'host' | 'port'>): Promise<void> {
  const trial = createServer()
  try {
    trial.listen({ host, port, exclusive: true })
    await once(trial, 'listening')
  } catch (error) {
    const words: Record<string, string> = {
      EADDRINUSE: `Port ${port} is already taken, perhaps by another Elevadgang. Stop that program, or choose another port, such as PORT=${port + 1}.`,
      EACCES: `Port ${port} is kept for the system. Choose one from 1024, such as PORT=3000.`,
      EADDRNOTAVAIL: `HOST is "${host}", and this machine has no such address.`,
      ENOTFOUND: `HOST is "${host}", and nobody knows that name.`,
    }
    throw new StartFault(words[codeOf(error) ?? ''] ?? `Port ${port} of ${host} cannot be opened: ${error}`, {
      cause: error,
    })
  }
  trial.close()
  await once(trial, 'close')
}

/** @throws StartFault where no page has been built. */
export function checkPage(folder: string): void {
  if (existsSync(join(folder, 'index.html'))) return
  throw new StartFault(
    `There is no page in ${resolve(folder)}. npm run build makes it, and dist-server beside it.`,
  )
}

const noRight = 'this user may not write there. Give the user the right to, or choose another DATA_FOLDER.'
const noFolder = 'there is a file in that place. Choose another DATA_FOLDER.'
const whyNoFolder: Record<string, string> = {
  EACCES: noRight,
  EPERM: noRight,
  EROFS: 'it can only be read. Choose another DATA_FOLDER.',
  ENOTDIR: noFolder,
  EEXIST: noFolder,
  ENOSPC: 'the disk is full. Make room, and start again.',
}

/** What went wrong while a place for the data was being made. */
export const folderFault = (path: string, error: unknown): StartFault =>
  new StartFault(`The data cannot lie in ${path}: ${whyNoFolder[codeOf(error) ?? ''] ?? error}`, {
    cause: error,
  })

/** What went wrong while the data were being opened, in words where it can be told. */
export function openingFault(dataLieIn: string, error: unknown): unknown {
  if (error instanceof CannotOpen) {
    return new StartFault(
      `The data in ${dataLieIn} are damaged: the database does not open (${error.message}). Put a backup in their place, or begin anew with another DATA_FOLDER.`,
      { cause: error },
    )
  }
  if (error instanceof Unavailable || codeOf(error) !== null) {
    const cause = error instanceof Unavailable ? error.cause : error
    const said = cause instanceof AggregateError ? cause.errors.map(String).join(', ') : String(cause)
    return new StartFault(
      `The database does not answer, or does not let us in: ${dataLieIn} said ${said}. See that it runs, and that name, password and database of DATABASE_URL are right.`,
      { cause: error },
    )
  }
  return error
}

/** Where data lie, as it may be told. @param url of a database */
export function withoutPassword(url: string): string {
  const { host, pathname } = new URL(url)
  return `PostgreSQL at ${host}${pathname}`
}
