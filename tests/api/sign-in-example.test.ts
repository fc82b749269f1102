import { once } from 'node:events'
import { createServer } from 'node:http'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { loadSignIn, type SignIn } from '../../server/node-sign-in'

/** docs/sign-in.example.mjs, against services such as it speaks of. */

const asked: { url: string; key: string | undefined; body: string }[] = []
let status = 200
const services = createServer((request, response) => {
  let body = ''
  request.on('data', (part) => {
    body += String(part)
  })
  request.on('end', () => {
    asked.push({ url: request.url ?? '', key: request.headers.authorization, body })
    response.writeHead(status).end()
  })
})

let signIn: SignIn
beforeAll(async () => {
  services.listen(0, '127.0.0.1')
  await once(services, 'listening')
  const address = services.address()
  const origin = `http://127.0.0.1:${typeof address === 'object' && address?.port}`
  vi.stubEnv('OWN_SIGN_IN', `${origin}/passwords`)
  vi.stubEnv('OWN_TEXT_MESSAGES', `${origin}/messages`)
  vi.stubEnv('OWN_KEY', 'key')
  signIn = await loadSignIn('docs/sign-in.example.mjs')
})
afterAll(() => {
  vi.unstubAllEnvs()
  services.close()
})

test('says right, wrong, or that nobody can say', async () => {
  const answers = []
  for (status of [200, 401, 500]) {
    answers.push(await signIn.identity.passwordMatches('lone4821', 'secret').catch(String))
  }
  expect(answers).toEqual([true, false, 'Error: The sign-in answered 500'])
  expect(asked.at(-1)).toEqual({
    url: '/passwords',
    key: 'Bearer key',
    body: '{"username":"lone4821","password":"secret"}',
  })
})

test('sends a code to whoever has the username, and says where it could not', async () => {
  const lone = { id: 's-lone', username: 'lone4821', name: 'Lone Kjær', active: true, roles: [] }
  status = 204
  await signIn.codes.send(lone, '123456')
  expect(asked.at(-1)).toMatchObject({ url: '/messages', body: expect.stringContaining('123456') })
  status = 503
  await expect(signIn.codes.send(lone, '123456')).rejects.toThrow('503')
})
