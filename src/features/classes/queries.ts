import { queryOptions } from '@tanstack/react-query'
import { api, bodyOf } from '../../api/client'
import { listKeys } from '../../api/pupil-cache'
import { noteServerTime } from '../../api/server-clock'

/**
 * How often the lists on the screen are asked for although no event has come, against whatever nobody has thought of.
 * Events tell of what pupils and colleagues change, and where there are none the page looks by itself: api/live.ts.
 */
const REFRESH_EVERY_MS = 60_000

/** An answer this young is shown as it is: it came while the page was being drawn. */
const FRESH_FOR_MS = 1_000

/** The teacher's own classes and groups. */
export const myClassesQuery = queryOptions({
  queryKey: listKeys.classes,
  queryFn: async () => {
    const answer = await bodyOf(api.classes.$get())
    noteServerTime(answer.serverTime)
    return answer.classes
  },
  staleTime: FRESH_FOR_MS,
  refetchInterval: REFRESH_EVERY_MS,
})

/** One class or group with its pupils. */
export const schoolClassQuery = (classId: string) =>
  queryOptions({
    queryKey: listKeys.schoolClass(classId),
    queryFn: async () => {
      const answer = await bodyOf(api.classes[':classId'].$get({ param: { classId } }))
      noteServerTime(answer.serverTime)
      return answer
    },
    staleTime: FRESH_FOR_MS,
    refetchInterval: REFRESH_EVERY_MS,
  })
