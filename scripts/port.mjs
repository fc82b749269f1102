import { createServer } from 'node:net'

/**
 * @param {number} port
 * @param {string} host
 * @returns {Promise<number | undefined>} the port that could be opened, or undefined when it is taken
 */
function tryPort(port, host) {
  return new Promise((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(undefined))
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address()
      server.close(() => resolve(typeof address === 'object' ? address?.port : undefined))
    })
  })
}

/** @param {number} port */
export const isFree = async (port) => (await tryPort(port, 'localhost')) !== undefined

export async function freePort() {
  const port = await tryPort(0, '127.0.0.1')
  if (!port) throw new Error('This machine has no free port')
  return port
}
