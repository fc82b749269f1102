import { queryOptions } from '@tanstack/react-query'
import type { SchoolPupilAnswer } from '../../../server/schools/schema'
import { api, bodyOf } from '../../api/client'
import { listKeys } from '../../api/pupil-cache'
import { deadlinesOf } from '../../api/pupil-deadlines'
import { noteServerTime, serverNow } from '../../api/server-clock'
import { filledUp, type SchoolAnswer, type WholeSchool, withChanges } from './rows'

/** How often the list is asked for although no event has come, against whatever nobody has thought of. */
const REFRESH_EVERY_MS = 60_000

/** An answer this young is shown as it is: it came while the page was being drawn. */
const FRESH_FOR_MS = 1_000

/** How many can be asked for by name; when more have run out at once, all are asked for. */
const ALSO_MAX = 100

/** What to ask for to know how things are: who has changed, and those for whom a deadline has passed, which no event tells. */
function newsSince(before: WholeSchool | undefined): { changedSince?: string; also?: string } {
  if (!before) return {}
  const now = serverNow()
  const over = before.pupils.filter((pupil) => deadlinesOf(pupil).some((at) => at <= now)).map(({ id }) => id)
  if (over.length > ALSO_MAX) return {}
  const changedSince = String(before.latestEvent)
  return over.length === 0 ? { changedSince } : { changedSince, also: over.join(',') }
}

async function ask(institutionId: string, before?: WholeSchool): Promise<SchoolAnswer> {
  const answer = await bodyOf(
    api.schools[':institutionId'].pupils.$get({ param: { institutionId }, query: newsSince(before) }),
  )
  noteServerTime(answer.serverTime)
  return answer
}

/**
 * All pupils of a school. Asked again it brings only those who have changed since, and leaves the others the very same
 * objects: a row that has not changed is not drawn again.
 */
export const wholeSchoolQuery = (institutionId: string) =>
  queryOptions({
    queryKey: listKeys.wholeSchool(institutionId),
    queryFn: async ({ client, queryKey }): Promise<WholeSchool> => {
      const before = client.getQueryData<WholeSchool>(queryKey)
      const answer = await ask(institutionId, before)
      if (answer.whole) return filledUp(answer)
      return before ? withChanges(before, answer) : filledUp(await askForAll(institutionId))
    },
    staleTime: FRESH_FOR_MS,
    refetchInterval: REFRESH_EVERY_MS,
    // Comparing 5,000 pupils key by key would cost more than drawing those on the screen.
    structuralSharing: false,
  })

async function askForAll(institutionId: string) {
  const answer = await ask(institutionId)
  if (!answer.whole) throw new Error('everything was asked for')
  return answer
}

/** One pupil with all that is known. */
export type SchoolPupil = SchoolPupilAnswer

/** Asks for one pupil; everything that lists pupils asks for him or her again, too. */
export const schoolPupilQuery = (institutionId: string, pupilId: string) =>
  queryOptions({
    queryKey: listKeys.schoolPupil(institutionId, pupilId),
    queryFn: async () => {
      const answer = await bodyOf(
        api.schools[':institutionId'].pupils[':pupilId'].$get({ param: { institutionId, pupilId } }),
      )
      noteServerTime(answer.serverTime)
      return answer
    },
    staleTime: FRESH_FOR_MS,
    refetchInterval: REFRESH_EVERY_MS,
  })
