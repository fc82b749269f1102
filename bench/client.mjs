// Speaks to the API as a browser's page does, without the browser.
import { randomUUID } from 'node:crypto'
import http from 'node:http'

/** @typedef {{ status: number, body: string, cookie: string | undefined, requestId: string | undefined }} Answer */

/**
 * A GET, or a POST where there is a body.
 * @param {{ origin: string, agent: http.Agent, path: string, cookie?: string | undefined, body?: unknown, key?: string }} request
 * @returns {Promise<Answer>}
 */
export function send({ origin, agent, path, cookie, body, key = randomUUID() }) {
  const text = body === undefined ? undefined : JSON.stringify(body)
  return new Promise((resolve, reject) => {
    const request = http.request(
      `${origin}/api/${path}`,
      {
        agent,
        method: text ? 'POST' : 'GET',
        headers: {
          ...(cookie ? { cookie } : {}),
          ...(text
            ? {
                'content-type': 'application/json',
                'content-length': Buffer.byteLength(text),
                'idempotency-key': key,
                origin,
              }
            : {}),
        },
      },
      (response) => {
        let received = ''
        response.setEncoding('utf8')
        response.on('data', (part) => {
          received += part
        })
        response.on('end', () =>
          resolve({
            status: response.statusCode ?? 0,
            body: received,
            requestId: response.headers['request-id']?.toString(),
            cookie: response.headers['set-cookie']?.map((each) => each.split(';')[0]).join('; '),
          }),
        )
      },
    )
    request.on('error', reject)
    // An answer that breaks off is none.
    request.on('response', (response) => response.on('error', reject))
    request.end(text)
  })
}
