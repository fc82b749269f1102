// NODE_ENV=production npm start: the server for a municipality's own people; see docs/production.md.
import path from 'node:path'
import process from 'node:process'
import { startElevadgang } from '../../server/node-main'
import { HASH_BEGINNING, nodePasswordHash } from '../../server/node-password-hash'
import { loadSignIn } from '../../server/node-sign-in'
import { readProduction } from '../../server/production'
import { serve } from './serve'

const { origin, dataLieIn } = await serve(async () => {
  const settings = readProduction(process.env)
  return startElevadgang({
    settings,
    // Beside this, wherever it was started.
    pageFolder: path.join(import.meta.dirname, '../dist'),
    passwords: nodePasswordHash,
    onlyHashes: HASH_BEGINNING,
    ...(await loadSignIn(settings.signInFile)),
  })
})

console.log(`Elevadgang is ready: ${origin}\nThe data lie in: ${dataLieIn}`)
