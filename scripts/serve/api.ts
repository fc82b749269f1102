// npm run dev:api: the server with the demo's people, while its page, which is not built, is served by Vite.
import process from 'node:process'
import { STAFF_PASSWORD } from '../../mocks/people'
import { readDemo } from '../../server/production'
import { serve } from './serve'
import { startDemo } from './start-demo'

export const started = serve(async () => startDemo(readDemo(process.env), '.')).then((api) => ({
  ...api,
  signIn: `lone4821 with the password ${STAFF_PASSWORD}`,
}))
