import { type QueryClient, queryOptions } from '@tanstack/react-query'
import type { PlainPupil, PupilRow } from '../../../server/schools/schema'
import { api, bodyOf } from '../../api/client'
import { listKeys, type Pupil } from '../../api/pupil-cache'
import { noteServerTime, serverNow } from '../../api/server-clock'
import { deadlinesOf } from './deadlines'

/** How often the list is asked for although no event has come, against whatever nobody has thought of. */
const REFRESH_EVERY_MS = 60_000

/** An answer this young is shown as it is: it came while the page was being drawn. */
const FRESH_FOR_MS = 1_000

export interface ClassAtSchool {
  id: string
  kind: 'class' | 'group'
  name: string
  year: number | null
}

/** All pupils of one school, in Danish order of names. */
export interface SchoolPupils {
  institution: { id: string; name: string }
  classes: readonly ClassAtSchool[]
  pupils: Pupil[]
  /** What the list shows at least; those who have changed since are all that is asked for the next time. */
  latestEvent: number
}

/** The pupils of a whole school. After the first time only those who have changed are fetched. */
export const schoolPupilsQuery = (queryClient: QueryClient, institutionId: string) => {
  const queryKey = listKeys.school(institutionId)
  return queryOptions({
    queryKey,
    queryFn: async (): Promise<SchoolPupils> => {
      const before = queryClient.getQueryData<SchoolPupils>(queryKey)
      const answer = await bodyOf(
        api.schools[':institutionId'].pupils.$get({ param: { institutionId }, query: newsSince(before) }),
      )
      noteServerTime(answer.serverTime)
      const { latestEvent } = answer
      if (answer.whole) {
        const { institution, classes, rows, plain } = answer
        return { institution, classes, pupils: asPupils(rows, plain, classes), latestEvent }
      }
      // Only a list that is here is asked what has changed in it.
      if (!before) throw new Error('asked for everything, answered with changes')
      // Taken anew: what was done on this page meanwhile is in the list, too.
      const now = queryClient.getQueryData<SchoolPupils>(queryKey) ?? before
      return { ...now, pupils: withChanged(now.pupils, answer.pupils), latestEvent }
    },
    // Pupils who have not changed stay the very same objects: see withChanged.
    structuralSharing: false,
    staleTime: FRESH_FOR_MS,
    refetchInterval: REFRESH_EVERY_MS,
  })
}

/** How many can be asked for by name; when more have run out at once, all are asked for. */
const ALSO_MAX = 100

/** What to ask for so that the list is as it is at the API: who has changed, and those for whom a deadline has passed. */
function newsSince(before: SchoolPupils | undefined): { changedSince?: string; also?: string } {
  if (!before) return {}
  const now = serverNow()
  const over = before.pupils.filter((pupil) => deadlinesOf(pupil).some((at) => at <= now)).map(({ id }) => id)
  if (over.length > ALSO_MAX) return {}
  const changedSince = String(before.latestEvent)
  return over.length === 0 ? { changedSince } : { changedSince, also: over.join(',') }
}

/** Pupils told in few words, with all that goes without saying filled in. */
export function asPupils(
  rows: readonly PupilRow[],
  plain: PlainPupil,
  classes: readonly ClassAtSchool[],
): Pupil[] {
  const names = new Map(classes.map(({ id, name }) => [id, name]))
  return rows.map(({ homeClassId, classIds, status, can, ...row }) => ({
    ...Object.assign({}, plain, row),
    homeClass: homeClassId === null ? null : { id: homeClassId, name: names.get(homeClassId) ?? '' },
    classIds: classIds ?? (homeClassId === null ? [] : [homeClassId]),
    // Those about whom there is nothing to tell share one object.
    status: status ? Object.assign({}, plain.status, status) : plain.status,
    can: can ? Object.assign({}, plain.can, can) : plain.can,
  }))
}

/** The list with these pupils as they are now; all others stay the same objects, so that their rows are not drawn anew. */
export function withChanged(pupils: Pupil[], changed: readonly Pupil[]): Pupil[] {
  if (changed.length === 0) return pupils
  const byId = new Map(changed.map((pupil) => [pupil.id, pupil]))
  return pupils.map((pupil) => byId.get(pupil.id) ?? pupil)
}
