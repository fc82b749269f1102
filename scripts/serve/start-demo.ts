import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { demoSchools, STAFF_PASSWORD } from '../../mocks/people'
import type { Settings } from '../../server/environment'
import { type Started, startElevadgang } from '../../server/node-main'
import { nodePasswordHash } from '../../server/node-password-hash'
import type { PasswordHash } from '../../server/passwords/hash'

/** The demo's pupils come with passwords that a page can check; what they choose here is kept as in earnest. */
const passwords: PasswordHash = {
  hash: nodePasswordHash.hash,
  matches: (secret, hash) =>
    (hash?.startsWith('pbkdf2$') ? demoPasswordHash : nodePasswordHash).matches(secret, hash),
}

/**
 * The server over data that last, with the demo school where they are new.
 * @param pageFolder where the page has been built
 */
export const startDemo = (settings: Settings, pageFolder = 'dist'): Promise<Started> =>
  startElevadgang({
    settings,
    pageFolder,
    newSchool: demoSchools,
    passwords,
    identity: { passwordMatches: async (_username, password) => password === STAFF_PASSWORD },
    codes: { send: async ({ name }, code) => console.log(`On the phone of ${name}: code ${code}`) },
  })
