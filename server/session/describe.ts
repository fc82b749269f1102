import type { z } from '@hono/zod-openapi'
import { type Caller, hasRole, schoolsOf } from '../access'
import { freshUntil } from '../second-factor/rules'
import type { ReadOnlyUnit } from '../store/store'
import { type Instant, toIso } from '../time'
import { canStayLonger, SESSION_WARNING, sessionEndsAt } from './rules'
import { signedInSchema } from './schema'

/** What a page is told of the session it is drawn for at `now`. */
export async function describeSession(
  unit: ReadOnlyUnit,
  { staff, session }: Pick<Caller, 'staff' | 'session'>,
  now: Instant,
): Promise<z.infer<typeof signedInSchema>> {
  const endsAt = sessionEndsAt(session)
  const { secondFactorAt } = session
  const teachesAt = schoolsOf(staff, 'teacher')
  const administers = schoolsOf(staff, 'userAdministrator')
  const institutions = await unit.institutions([...new Set([...teachesAt, ...administers])])
  return signedInSchema.parse({
    signedIn: true,
    ref: session.ref,
    person: { id: staff.id, name: staff.name },
    views: {
      teacher: hasRole(staff, 'teacher'),
      schools: institutions.filter(({ id }) => administers.includes(id)),
    },
    institutions: institutions.filter(({ id }) => teachesAt.includes(id)),
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
