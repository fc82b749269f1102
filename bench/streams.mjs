// Pages that listen, without the pages. Like those, they ask again where a line has broken.
import http from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'

const ASK_AGAIN_AFTER_MS = 1000

/**
 * Opens so many streams, shared out among sessions.
 * @param {string} origin
 * @param {readonly string[]} cookies
 * @param {number} wanted
 */
export async function openStreams(origin, cookies, wanted) {
  const streams = await Promise.all(
    Array.from({ length: wanted }, (_, place) => open(origin, cookies[place % cookies.length] ?? '')),
  )
  return {
    told: () => streams.reduce((sum, { told }) => sum + told(), 0),
    /** How often one has ended by itself. */
    ended: () => streams.reduce((sum, { ended }) => sum + ended(), 0),
    /** How many are open now. */
    open: () => streams.filter(({ isOpen }) => isOpen()).length,
    close() {
      for (const { close } of streams) close()
    },
  }
}

/**
 * @param {string} origin
 * @param {string} cookie
 */
async function open(origin, cookie) {
  let told = 0
  let ended = 0
  let isClosed = false
  /** @type {http.ClientRequest | null} */
  let line = null

  /** @returns {Promise<void>} when the stream is open */
  const listen = () =>
    new Promise((resolve, reject) => {
      // A connection of its own: a stream keeps it for good.
      const request = http.get(`${origin}/api/events`, { agent: false, headers: { cookie } }, (response) => {
        if (response.statusCode !== 200) {
          request.destroy()
          return reject(new Error(`a stream answered ${response.statusCode}`))
        }
        line = request
        response.setEncoding('utf8')
        response.on('data', (text) => {
          told += text.split('event: look').length - 1
        })
        response.on('error', () => {})
        response.on('close', () => {
          line = null
          if (isClosed) return
          ended += 1
          void listenAgain()
        })
        resolve()
      })
      request.on('error', reject)
    })
  async function listenAgain() {
    while (!isClosed && line === null) {
      await pause(ASK_AGAIN_AFTER_MS)
      await listen().catch(() => {})
    }
  }
  await listen()
  return {
    told: () => told,
    ended: () => ended,
    isOpen: () => line !== null,
    close() {
      isClosed = true
      line?.destroy()
    },
  }
}
