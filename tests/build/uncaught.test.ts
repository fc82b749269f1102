// @vitest-environment node
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import process from 'node:process'
import { afterAll, expect, test } from 'vitest'
import { freePort } from '../../scripts/port.mjs'

const folder = mkdtempSync(path.join(tmpdir(), 'elevadgang-uncaught-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

test('an error that nobody has caught ends the server, and is told like all others: without what anybody typed', {
  timeout: 60_000,
}, async () => {
  const signIn = path.join(folder, 'sign-in.mjs')
  writeFileSync(
    signIn,
    `const later = (username) => setTimeout(() => { throw new TypeError('no answer for "' + username + '"') })
     export const identity = { passwordMatches: (username) => new Promise(() => later(username)) }
     export const codes = { send: async () => {} }`,
  )
  const PORT = String(await freePort())
  const server = spawn(process.execPath, ['dist-server/production.js'], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      TRUST_PROXY: '1',
      HOST: '127.0.0.1',
      PORT,
      DATA_FOLDER: path.join(folder, 'data'),
      SIGN_IN: signIn,
    },
  })
  let said = ''
  const hear = (text: Buffer) => {
    said += text.toString()
  }
  server.stderr.on('data', hear)
  await new Promise<void>((resolve, reject) => {
    server.stdout.on('data', (text: Buffer) => {
      hear(text)
      if (said.includes('is ready')) resolve()
    })
    server.once('exit', (code) => reject(new Error(`It ended with ${code}: ${said}`)))
  })
  const ended = once(server, 'close')
  const asked = fetch(`http://127.0.0.1:${PORT}/api/session`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ username: 'asta2011', password: 'en hemmelighed' }),
  })
  await expect(asked).rejects.toThrow()
  expect(await ended).toEqual([1, null])
  expect(said).toMatch(/"level":"error".*"type":"TypeError".*"message":"no answer for …"/)
  expect(said).not.toMatch(/asta2011|hemmelighed/)
})
