// npm start: the server with the demo's people, in a folder of its own or at DATABASE_URL.
import process from 'node:process'
import { STAFF_PASSWORD } from '../../mocks/people'
import { readDemo } from '../../server/production'
import { serve } from './serve'
import { startDemo } from './start-demo'

const { origin, dataLieIn, isNew } = await serve(async () => startDemo(readDemo(process.env)))

console.log(`
Elevadgang is ready:  ${origin}
Sign in as a teacher: lone4821 with the password ${STAFF_PASSWORD} (everybody here is made up)
Sign in as a pupil:   ${origin}/elev as asta2011, once Lone has given Asta a new password
The whole school:     kent1904 with the same password; the code for his phone appears here
The data lie in:      ${dataLieIn}${isNew ? ' (new, with the demo school)' : ''}
Both sides at once, with a tour of three minutes and no server: npm run demo
Ctrl-C stops it; what happened is kept.`)
