// No room left where the data lie: what is refused, whether anything acknowledged is lost, and whether work goes on by
// itself once there is room again. The folder is a small disk of its own, which only root may mount.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, statfsSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { compare, signTeachersIn, Work } from './acts.mjs'
import { newPlace } from './databases.mjs'
import { startServer } from './servers.mjs'

const SIDE_BY_SIDE = 6
/** More than either database takes at its beginning. */
const SIZE = '400m'
const WORKS_MS = 4000

/**
 * @param {import('./databases.mjs').Kind} kind
 * @param {{ people: import('./visit.mjs').Person[] }} options
 */
export async function measureFullDisk(kind, { people }) {
  const disk = mkdtempSync(path.join(tmpdir(), 'elevadgang-small-disk-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', `size=${SIZE},mode=777`, 'tmpfs', disk])
  if (mounted.status !== 0) {
    rmSync(disk, { recursive: true })
    console.log('LEFT OUT: only root may mount a small disk.')
    return null
  }
  const filler = path.join(disk, 'filler')
  try {
    const place = await newPlace(kind, { within: disk })
    if (!place) return null
    const start = () =>
      startServer('dist-server/demo.js', undefined, { ...place.env, NODE_ENV: 'development' })
    let server = await start()
    const work = new Work(await signTeachersIn(server.origin, people))
    await workFor(WORKS_MS, work, server.origin)
    const before = work.acts.filter(({ decisions }) => decisions !== null).length

    fillUp(disk, filler)
    await workFor(2 * WORKS_MS, work, server.origin)
    const refusedWhileFull = Object.fromEntries(work.refused)
    const alive = await fetch(`${server.origin}/healthz`).then(
      ({ status }) => status,
      () => 0,
    )
    const ready = await fetch(`${server.origin}/readyz`).then(
      ({ status }) => status,
      () => 0,
    )

    truncateSync(filler, 0)
    work.refused.clear()
    const begun = performance.now()
    const acknowledged = () => work.acts.filter(({ decisions }) => decisions !== null).length
    const whenThereIsRoom = acknowledged()
    let goesOnAfterMs = null
    while (goesOnAfterMs === null && performance.now() - begun < 15_000) {
      await workFor(500, work, server.origin)
      if (acknowledged() > whenThereIsRoom) goesOnAfterMs = Math.round(performance.now() - begun)
    }
    // As whoever runs it would, where it did not go on by itself.
    await server.end('SIGKILL')
    server = await start()
    await work.askAgain(server.origin)
    await server.end('SIGTERM')
    const result = {
      before,
      refusedWhileFull,
      whileFull: { alive, ready },
      goesOnByItself: goesOnAfterMs !== null,
      goesOnAfterMs,
      refusedLater: Object.fromEntries(work.refused),
      ...(await place.look((ask) => compare(work.acts, ask))),
    }
    await place.remove()
    return result
  } finally {
    spawnSync('umount', ['--lazy', disk])
    rmSync(disk, { recursive: true, force: true })
  }
}

/**
 * @param {number} ms
 * @param {Work} work
 * @param {string} origin
 */
async function workFor(ms, work, origin) {
  const stop = new AbortController()
  const going = work.go(origin, { sideBySide: SIDE_BY_SIDE, until: stop.signal })
  await pause(ms)
  stop.abort()
  await going
}

/**
 * @param {string} disk
 * @param {string} filler
 */
function fillUp(disk, filler) {
  const { bavail, bsize } = statfsSync(disk)
  const piece = Buffer.alloc(1024 * 1024)
  try {
    for (let left = bavail * bsize; left > 0; left -= piece.length)
      writeFileSync(filler, piece, { flag: 'a' })
    for (;;) writeFileSync(filler, piece.subarray(0, 4096), { flag: 'a' })
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error
  }
  if (process.env.DEBUG) console.log('The disk is full')
}
