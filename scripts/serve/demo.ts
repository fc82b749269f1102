// The server over SQL with the demo's people: in a folder of its own, or at DATABASE_URL.
import process from 'node:process'
import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { demoSchools, STAFF_PASSWORD } from '../../mocks/people'
import { EnvironmentFault, readEnvironment, type Settings } from '../../server/environment'
import { startElevadgang } from '../../server/node-main'
import { nodePasswordHash } from '../../server/node-password-hash'
import type { PasswordHash } from '../../server/passwords/hash'

/** The demo's pupils come with passwords that a page can check; what they choose here is kept as in earnest. */
const passwords: PasswordHash = {
  hash: nodePasswordHash.hash,
  matches: (secret, hash) =>
    (hash?.startsWith('pbkdf2$') ? demoPasswordHash : nodePasswordHash).matches(secret, hash),
}

/** An expected failure is told in words, without a stack trace. */
function end(message: string): never {
  console.error(`\nElevadgang cannot start.\n${message}`)
  process.exit(1)
}

function settings(): Settings {
  try {
    return readEnvironment(process.env)
  } catch (error) {
    if (error instanceof EnvironmentFault) end(error.message)
    throw error
  }
}

const started = await startElevadgang({
  settings: settings(),
  pageFolder: 'dist',
  newSchool: demoSchools,
  passwords,
  identity: { passwordMatches: async (_username, password) => password === STAFF_PASSWORD },
  codes: { send: async ({ name }, code) => console.log(`On the phone of ${name}: code ${code}`) },
}).catch((error: unknown) => end(error instanceof Error ? error.message : String(error)))

console.log(`
Elevadgang is ready:  ${started.origin}
The data lie in:      ${started.dataLieIn}${started.isNew ? ' (new, with the demo school)' : ''}
Sign in as lone4821 with the password ${STAFF_PASSWORD} (everybody here is made up).
User administrators give a code, which appears here. Ctrl-C stops it; what happened is kept.`)

let isStopping = false
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.on(signal, async () => {
    // Who asks twice means now.
    if (isStopping) process.exit(1)
    isStopping = true
    await started.stop()
    process.exit(0)
  })
}
