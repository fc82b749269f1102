import { readFileSync } from 'node:fs'
import { demoPasswordHash } from '../mocks/demo-password-hash'
import { demoSchools, hugeSchoolPlans, STAFF_PASSWORD } from '../mocks/people'
import { createEventBus } from '../server/events/bus'
import { serveElevadgang } from '../server/node'
import { cookieCarrier, PUPIL_SESSION_COOKIE } from '../server/session/carrier'
import { createMemoryStore, type SchoolData } from '../server/store/memory'
import { systemClock, systemTimer } from '../server/time'

/** The production page and API over the demo schools in memory: what the benchmarks measure. */
const { PORT = '3100', HOST = 'localhost', TLS_KEY, TLS_CERT, PUPILS } = process.env

/** The demo schools, or one with 5,000 pupils, or only the first of them. */
function schools(): SchoolData {
  if (PUPILS === undefined) return demoSchools(systemClock.now())
  const all = demoSchools(systemClock.now(), hugeSchoolPlans)
  const pupils = all.pupils.slice(0, Number(PUPILS))
  const ids = new Set(pupils.map(({ id }) => id))
  return { ...all, pupils, enrolments: all.enrolments.filter(({ pupilId }) => ids.has(pupilId)) }
}

await serveElevadgang({
  services: {
    store: createMemoryStore(schools()),
    clock: systemClock,
    timer: systemTimer,
    events: createEventBus(systemClock.now()),
    session: cookieCarrier({ secure: TLS_KEY !== undefined }),
    pupilSession: cookieCarrier({ secure: TLS_KEY !== undefined, name: PUPIL_SESSION_COOKIE }),
    passwords: demoPasswordHash,
    identity: { passwordMatches: async (_username, password) => password === STAFF_PASSWORD },
    codes: { send: async (_to, code) => console.log(`code ${code}`) },
    onUnexpected: (error, requestId) => console.error(requestId, error),
  },
  pageFolder: 'dist',
  port: Number(PORT),
  hostname: HOST,
  ...(TLS_KEY && TLS_CERT ? { tls: { key: readFileSync(TLS_KEY), cert: readFileSync(TLS_CERT) } } : {}),
})
console.log(`listening on ${TLS_KEY ? 'https' : 'http'}://${HOST}:${PORT}`)
