// Starts what is measured: the real server, and a plain one for the floor app.
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import http from 'node:http'
import http2 from 'node:http2'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { freePort } from '../scripts/port.mjs'

const HOST = '127.0.0.1'

/** With `PROFILE=folder` each server writes there what it spent its time with. */
const NODE_OPTIONS = process.env.PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${process.env.PROFILE}`] : []

/** @typedef {{ key: string, cert: string }} Certificate paths of two files */
/** @typedef {{ origin: string, stop: () => void }} Server */
/**
 * `end` sends a signal and waits until the process is gone.
 * @typedef {Server & { pid: number, end: (signal: NodeJS.Signals) => Promise<void>, codeOnPhone: () => Promise<string> }} ApiServer
 */

/**
 * Browsers speak HTTP/2 over TLS only, so a throwaway certificate is made.
 * @returns {{ certificate?: Certificate, remove: () => void }} no certificate where openssl is missing
 */
export function makeCertificate() {
  const folder = mkdtempSync(path.join(tmpdir(), 'elevadgang-bench-'))
  const [key, cert] = [path.join(folder, 'key.pem'), path.join(folder, 'cert.pem')]
  const wanted = `req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=localhost -addext subjectAltName=IP:${HOST}`
  const { status } = spawnSync('openssl', [...wanted.split(' '), '-keyout', key, '-out', cert], {
    stdio: 'ignore',
  })
  const remove = () => rmSync(folder, { recursive: true, force: true })
  return status === 0 ? { certificate: { key, cert }, remove } : { remove }
}

/**
 * A server in a process of its own.
 * @param {string} script 'dist-server/server.js' is the real one, over the demo schools
 * @param {Certificate} [certificate]
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {Promise<ApiServer>}
 */
export async function startServer(script, certificate, env = {}) {
  const port = await freePort()
  const child = spawn(process.execPath, [...NODE_OPTIONS, script], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      ...env,
      HOST,
      PORT: String(port),
      ...(certificate ? { TLS_KEY: certificate.key, TLS_CERT: certificate.cert } : {}),
    },
  })
  process.once('exit', () => child.kill())
  /** @type {string[]} */
  const codes = []
  child.stdout.on('data', (said) => {
    for (const [, code] of String(said).matchAll(/code (\d{6})/g)) if (code) codes.push(code)
  })
  await answers(port, child)
  // Does not keep the bench alive after a failure.
  child.unref()
  return {
    origin: originOf(port, certificate),
    pid: child.pid ?? 0,
    stop: () => child.kill(),
    async end(signal) {
      if (child.exitCode !== null || child.signalCode !== null) return
      child.ref()
      const gone = once(child, 'exit')
      child.kill(signal)
      await gone
    },
    async codeOnPhone() {
      for (let tries = 0; codes.length === 0 && tries < 100; tries += 1) await pause(20)
      const code = codes.pop()
      if (!code) throw new Error('The server sent no code')
      return code
    },
  }
}

/**
 * A folder of files, each compressed once.
 * @param {string} folder
 * @param {Certificate} [certificate]
 * @returns {Promise<Server>}
 */
export async function serveFolder(folder, certificate) {
  const port = await freePort()
  /** @type {Map<string, Buffer>} */
  const compressed = new Map()

  /**
   * @param {http.IncomingMessage | http2.Http2ServerRequest} request
   * @param {http.ServerResponse | http2.Http2ServerResponse} response
   */
  const answer = (request, response) => {
    const wanted = new URL(request.url ?? '/', 'http://localhost').pathname
    const file = path.extname(wanted) ? wanted : '/index.html'
    const type = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css' }[path.extname(file)]
    try {
      const body = compressed.get(file) ?? gzipSync(readFileSync(path.join(folder, file)), { level: 9 })
      compressed.set(file, body)
      response.writeHead(200, {
        'content-type': type ?? 'application/octet-stream',
        'content-encoding': 'gzip',
        'content-length': body.length,
      })
      response.end(body)
    } catch {
      response.writeHead(404)
      response.end()
    }
  }
  const server = certificate
    ? http2.createSecureServer({ ...read(certificate), allowHTTP1: true }, answer)
    : http.createServer(answer)
  await new Promise((resolve) => server.listen(port, HOST, () => resolve(undefined)).unref())
  return { origin: originOf(port, certificate), stop: () => server.close() }
}

/** @param {Certificate} certificate */
const read = ({ key, cert }) => ({ key: readFileSync(key), cert: readFileSync(cert) })

/**
 * @param {number} port
 * @param {Certificate} [certificate]
 */
const originOf = (port, certificate) => `${certificate ? 'https' : 'http'}://${HOST}:${port}`

/**
 * Waits until the port is open.
 * @param {number} port
 * @param {import('node:child_process').ChildProcess} child
 */
async function answers(port, child) {
  for (let tries = 0; tries < 400; tries += 1) {
    if (child.exitCode !== null) throw new Error('The server stopped at once: see the lines above')
    const open = await new Promise((resolve) => {
      const socket = connect(port, HOST, () => resolve(true)).on('error', () => resolve(false))
      socket.unref().on('connect', () => socket.destroy())
    })
    if (open) return
    await pause(100)
  }
  child.kill()
  throw new Error('The server did not open its port within 40 seconds')
}
