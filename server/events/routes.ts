import { createRoute } from '@hono/zod-openapi'
import { reachOf } from '../access'
import { commonProblems, createRoutes, type Services } from '../http'
import type { Staff } from '../people'
import { pupilCallerOf } from '../pupil-session/caller'
import { callerOf } from '../session/caller'
import type { BusEvent } from './bus'
import { concernedBy } from './concerned'
import { eventStreamContent, type Hears, resumePoint, resumeSchema, streamLooks } from './stream'

const staffEvents = createRoute({
  method: 'get',
  path: '/events',
  summary: 'Tells when lists of own pupils have changed',
  request: resumeSchema,
  responses: { 200: eventStreamContent, ...commonProblems },
})

const pupilEvents = createRoute({
  method: 'get',
  path: '/pupil/events',
  summary: 'Tells the pupil when something of his or her own has changed',
  request: resumeSchema,
  responses: { 200: eventStreamContent, ...commonProblems },
})

const schoolsOf = ({ roles }: Pick<Staff, 'roles'>) =>
  new Set(roles.map(({ institutionId }) => institutionId))

export function eventRoutes(services: Services) {
  const { store } = services
  const concerned = concernedBy(store)

  return createRoutes()
    .openapi(staffEvents, async (c) => {
      const after = resumePoint(c.req.valid('header'), c.req.valid('query'))
      let ownSchools: ReadonlySet<string> = new Set()
      /** Asked anew for every event, by the rule of every list: a class taken away a moment ago is silent. */
      const hears: Hears = (pupilIds, institutionIds) =>
        store.read(async (unit) => {
          const caller = await callerOf(c, services, unit, 'listPupils')
          const reach = await reachOf(unit, caller, 'listPupils')
          const reached = await reach.holds([...new Set(pupilIds)])
          ownSchools = schoolsOf(caller.staff)
          return new Set([...reached, ...institutionIds.filter((id) => ownSchools.has(id))])
        })
      const { session, staff, as } = await store.read(async (unit) => {
        const caller = await callerOf(c, services, unit, 'listPupils')
        await reachOf(unit, caller, 'listPupils')
        return caller
      })
      ownSchools = schoolsOf(staff)
      const isNear = ({ what, schools }: BusEvent) =>
        what === 'rosters' || !schools || schools.some((id) => ownSchools.has(id))
      const isConcerned = async (event: BusEvent) => {
        // What else a roster has changed, it may be who teaches whom.
        if (event.what === 'rosters') return true
        const { teacherIds, institutionIds } = await concerned(event)
        return as.role === 'teacher' ? teacherIds.has(staff.id) : institutionIds.has(as.institutionId)
      }
      return streamLooks(c, services, after, { sessionRef: session.ref, isNear, isConcerned, hears })
    })
    .openapi(pupilEvents, async (c) => {
      const after = resumePoint(c.req.valid('header'), c.req.valid('query'))
      const hears: Hears = () =>
        store.read(async (unit) => {
          const { pupil } = await pupilCallerOf(c, services, unit, 'followStepUpRequest')
          return new Set([pupil.id])
        })
      const { session, pupil } = await store.read((unit) =>
        pupilCallerOf(c, services, unit, 'followStepUpRequest'),
      )
      const isNear = ({ pupilIds }: BusEvent) => pupilIds.includes(pupil.id)
      return streamLooks(c, services, after, {
        sessionRef: session.ref,
        isNear,
        isConcerned: () => true,
        hears,
      })
    })
}
