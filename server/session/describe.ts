import type { z } from '@hono/zod-openapi'
import { type Caller, hasRole, schoolsOf } from '../access'
import { freshUntil } from '../second-factor/rules'
import type { UnitOfWork } from '../store/store'
import { type Instant, toIso } from '../time'
import { canStayLonger, SESSION_WARNING, sessionEndsAt } from './rules'
import { signedInSchema } from './schema'

/** What a page is told of the session it is drawn for at `now`. */
export async function describeSession(
  unit: UnitOfWork,
  { staff, session }: Pick<Caller, 'staff' | 'session'>,
  now: Instant,
): Promise<z.infer<typeof signedInSchema>> {
  const endsAt = sessionEndsAt(session)
  const { secondFactorAt } = session
  return signedInSchema.parse({
    signedIn: true,
    ref: session.ref,
    person: { id: staff.id, name: staff.name },
    views: {
      teacher: hasRole(staff, 'teacher'),
      schools: await unit.institutions(schoolsOf(staff, 'userAdministrator')),
    },
    institutions: await unit.institutions(schoolsOf(staff, 'teacher')),
    secondFactor:
      secondFactorAt === null
        ? null
        : {
            givenAt: toIso(secondFactorAt),
            freshUntil: toIso(freshUntil(secondFactorAt)),
          },
    endsAt: toIso(endsAt),
    warnAt: toIso(endsAt - SESSION_WARNING),
    canStayLonger: canStayLonger(session),
    serverTime: toIso(now),
  })
}
