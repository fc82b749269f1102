import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import os from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import { openSchool } from '../../mocks/school'
import { followFeed, READ_EVERY } from '../../server/node-operating-status'
import type { Timer } from '../../server/time'

/** A timer that beats when it is told to. */
function handTimer() {
  const beats: { duration: number; work: () => unknown }[] = []
  const timer: Timer = {
    every(duration, work) {
      const beat = { duration, work }
      beats.push(beat)
      return () => beats.splice(beats.indexOf(beat), 1)
    },
  }
  return { timer, beats }
}

const folders: string[] = []
afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true })
})

async function feedOf(content: string) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'feed-'))
  folders.push(folder)
  const file = path.join(folder, 'status.json')
  await writeFile(file, content)
  const told: unknown[] = []
  const { timer, beats } = handTimer()
  const feed = await followFeed(file, { timer, onTrouble: (error) => told.push(error) })
  /** A minute later. */
  const later = async (next: string) => {
    await writeFile(file, next)
    await beats[0]?.work()
  }
  return { feed, told, beats, later }
}

describe('a feed of operating status', () => {
  test('is read at once, and again each minute', async () => {
    const { feed, beats, later } = await feedOf('{}')
    expect(feed.status()).toBeNull()
    expect(beats.map(({ duration }) => duration)).toEqual([READ_EVERY])
    await later('{"da": "Login er langsomt."}')
    expect(feed.status()).toEqual({ da: 'Login er langsomt.' })
    await later('{"da": "Login er nede.", "en": "Signing in is down."}')
    expect(feed.status()).toEqual({ da: 'Login er nede.', en: 'Signing in is down.' })
    await later('{}')
    expect(feed.status()).toBeNull()
    feed.stop()
    expect(beats).toEqual([])
  })

  test.each(['', '[]', '{"da": 7}', '{"da": " "}', '{"en": "Only English"}', '{"title": "Something"}'])(
    'that holds %j tells nothing, and why, once',
    async (content) => {
      const { feed, told, later } = await feedOf(content)
      expect(feed.status()).toBeNull()
      expect(told).toHaveLength(1)
      await later(content)
      expect(told).toHaveLength(1)
      await later('{}')
      await later(content)
      expect(told).toHaveLength(2)
    },
  )

  test('takes back what it told when it cannot be read any more', async () => {
    const { feed, later } = await feedOf('{"da": "Login er nede."}')
    await later('{')
    expect(feed.status()).toBeNull()
  })

  test('may be an address, which the server asks', async () => {
    const server = createServer((_, answer) => answer.end('{"da": "Login er nede."}')).listen(0, '127.0.0.1')
    await new Promise((resolve) => server.once('listening', resolve))
    const address = server.address()
    const port = typeof address === 'object' ? address?.port : undefined
    const feed = await followFeed(`http://127.0.0.1:${port}/`, {
      timer: handTimer().timer,
      onTrouble: (error) => {
        throw error
      },
    })
    expect(feed.status()).toEqual({ da: 'Login er nede.' })
    server.close()
  })
})

test('a feed that answers with a failure tells nothing, and why', async () => {
  const server = createServer((_, answer) => answer.writeHead(503).end('{}')).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const told: unknown[] = []
  const feed = await followFeed(`http://127.0.0.1:${port}/`, {
    timer: handTimer().timer,
    onTrouble: (error) => told.push(error),
  })
  expect([feed.status(), told.length]).toEqual([null, 1])
  server.close()
})

describe('what is out of order', () => {
  const ask = async (scenario: 'normal' | 'operatingTrouble', at: string) =>
    openSchool({ scenario }).fetch(new Request(`https://school.test${at}`))

  test('is told to everybody, and every answer says that there is something to tell', async () => {
    const answer = await ask('operatingTrouble', '/api/operating-status')
    expect(await answer.json()).toMatchObject({ trouble: { da: expect.any(String), en: expect.any(String) } })
    for (const at of ['/api/operating-status', '/api/session', '/api/classes', '/api/no-such-thing'])
      expect([at, (await ask('operatingTrouble', at)).headers.get('Operating-Status')]).toEqual([
        at,
        'trouble',
      ])
  })

  test('is nothing while all is well', async () => {
    const answer = await ask('normal', '/api/operating-status')
    expect(await answer.json()).toEqual({ trouble: null })
    expect(answer.headers.has('Operating-Status')).toBe(false)
  })
})
