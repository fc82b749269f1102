import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { type Entry, openPromise } from 'yauzl'
import type { RosterFiles } from './roster/files'

/** Whoever asks for an import is told this as it is: it says what is wrong with what was given, and no more. */
export class NoRoster extends Error {}

/** What a zip may unpack to, in bytes: a municipality needs a twentieth of it. */
const LARGEST_ZIP = 4 * 1024 ** 3

const isCsv = (name: string) => /^[^._][^/]*\.csv$/.test(name)

/**
 * Opens an export in a folder or a zip; in a zip the files may also lie in one folder.
 * @throws NoRoster where it is neither.
 */
export async function openRosterFiles(path: string): Promise<RosterFiles> {
  const found = await stat(path).catch(() => null)
  if (!found) throw new NoRoster(`There is nothing at ${path}.`)
  return found.isDirectory() ? openFolder(path) : openZip(path)
}

async function openFolder(folder: string): Promise<RosterFiles> {
  const names = (await readdir(folder)).filter(isCsv)
  const sizes = new Map(
    await Promise.all(names.map(async (name) => [name, (await stat(join(folder, name))).size] as const)),
  )
  return {
    names,
    sizeOf: (name) => sizes.get(name) ?? 0,
    open: (name) => createReadStream(join(folder, name)),
    close: async () => undefined,
  }
}

async function openZip(path: string): Promise<RosterFiles> {
  const zip = await openPromise(path, { lazyEntries: true, autoClose: false }).catch(() => {
    throw new NoRoster(`${path} is neither a folder nor a whole zip file.`)
  })
  try {
    const entries = new Map<string, Entry>()
    let size = 0
    for await (const entry of zip.eachEntry()) {
      const [name = '', ...folders] = entry.fileName.split('/').reverse()
      if (!isCsv(name) || folders.includes('__MACOSX')) continue
      if (entries.has(name)) throw new NoRoster(`${path} has ${name} twice.`)
      size += entry.uncompressedSize
      if (entry.isEncrypted()) throw new NoRoster(`${path} is locked by a password.`)
      entries.set(name, entry)
    }
    if (size > LARGEST_ZIP) throw new NoRoster(`${path} is too large to be a roster.`)
    return {
      names: [...entries.keys()],
      sizeOf: (name) => entries.get(name)?.uncompressedSize ?? 0,
      open: (name) => unpacked(name, entries.get(name)),
      close: async () => zip.close(),
    }
  } catch (error) {
    zip.close()
    throw error instanceof NoRoster ? error : new NoRoster(`${path} is no whole zip file.`)
  }

  async function* unpacked(name: string, entry: Entry | undefined): AsyncGenerator<Uint8Array> {
    if (!entry) return
    try {
      yield* await zip.openReadStreamPromise(entry)
    } catch {
      throw new NoRoster(`${name} cannot be unpacked from ${path}: the zip is damaged.`)
    }
  }
}
