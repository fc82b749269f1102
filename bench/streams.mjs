// Pages that listen, without the pages.
import http from 'node:http'

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
    /** How many have ended by themselves. */
    ended: () => streams.filter(({ ended }) => ended()).length,
    close() {
      for (const { close } of streams) close()
    },
  }
}

/**
 * @param {string} origin
 * @param {string} cookie
 * @returns {Promise<{ told: () => number, ended: () => boolean, close: () => void }>}
 */
const open = (origin, cookie) =>
  new Promise((resolve, reject) => {
    let told = 0
    let isOver = false
    // A connection of its own: a stream keeps it for good.
    const request = http.get(`${origin}/api/events`, { agent: false, headers: { cookie } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`a stream answered ${response.statusCode}`))
      response.setEncoding('utf8')
      response.on('data', (text) => {
        told += text.split('event: look').length - 1
      })
      const over = () => {
        isOver = true
      }
      response.on('end', over).on('error', over)
      resolve({ told: () => told, ended: () => isOver, close: () => request.destroy() })
    })
    request.on('error', reject)
  })
