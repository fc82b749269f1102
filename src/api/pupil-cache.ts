import type { QueryClient } from '@tanstack/react-query'
import type { PupilAnswer } from '../../server/pupils/schema'

/** A pupil as the API describes him or her to the signed-in teacher. */
export type Pupil = PupilAnswer

/** The class or group in whose list a pupil is best shown: the own class, where it is within reach. */
export const listedIn = ({ classIds, homeClass }: Pupil): string | undefined =>
  classIds.find((id) => id === homeClass?.id) ?? classIds[0]

/** The keys of everything that lists pupils, so that a changed pupil changes everywhere at once. */
export const listKeys = {
  classes: ['classes'],
  schoolClass: (classId: string) => ['class', classId],
  allClasses: ['class'],
  pupils: ['pupils'],
  waiting: ['waiting'],
  allSchools: ['school'],
  wholeSchool: (institutionId: string) => ['school', institutionId],
  schoolPupil: (institutionId: string, pupilId: string) => ['school pupil', institutionId, pupilId],
  allSchoolPupils: ['school pupil'],
  activity: ['activity'],
  activityNews: ['activity news'],
} as const

interface WithPupils {
  pupils: Pupil[]
}

const listNames: readonly unknown[] = [
  listKeys.classes[0],
  listKeys.allClasses[0],
  listKeys.pupils[0],
  listKeys.allSchools[0],
]

/**
 * Puts these pupils, as the API has just described them, into every list that shows them. A list that is on its way
 * was asked for before and would undo that, so it is asked for again.
 */
export async function applyPupils(queryClient: QueryClient, changed: readonly Pupil[]): Promise<void> {
  const underWay = queryClient
    .getQueryCache()
    .findAll({ fetchStatus: 'fetching', predicate: ({ queryKey }) => listNames.includes(queryKey[0]) })
  await queryClient.cancelQueries({
    // A first load is not stopped: without it there is nothing to show.
    predicate: (query) => underWay.includes(query) && query.state.data !== undefined,
  })
  const byId = new Map(changed.map((pupil) => [pupil.id, pupil]))
  const replace = (list: WithPupils | undefined) =>
    list && { ...list, pupils: list.pupils.map((pupil) => byId.get(pupil.id) ?? pupil) }
  queryClient.setQueriesData<WithPupils>({ queryKey: listKeys.allClasses }, replace)
  queryClient.setQueriesData<WithPupils>({ queryKey: listKeys.pupils }, replace)
  queryClient.setQueriesData<WithPupils>({ queryKey: listKeys.allSchools }, replace)
  queryClient.setQueriesData<WithPupils>({ queryKey: listKeys.waiting }, (list) => {
    const replaced = replace(list)
    return replaced && { ...replaced, pupils: replaced.pupils.filter(isWaiting) }
  })
  void queryClient.invalidateQueries({ predicate: (query) => underWay.includes(query) })
  void queryClient.invalidateQueries({ queryKey: listKeys.classes })
  void queryClient.invalidateQueries({ queryKey: listKeys.allSchoolPupils })
}

const isWaiting = (pupil: Pupil) => pupil.status.stepUpRequest !== null

/** Asks the API again for every list of pupils and classes that is on the screen. */
export async function refreshLists(queryClient: QueryClient): Promise<void> {
  await Promise.all([
    queryClient.invalidateQueries({ queryKey: listKeys.classes }),
    queryClient.invalidateQueries({ queryKey: listKeys.allClasses }),
    queryClient.invalidateQueries({ queryKey: listKeys.pupils }),
    queryClient.invalidateQueries({ queryKey: listKeys.waiting }),
    queryClient.invalidateQueries({ queryKey: listKeys.allSchools }),
    queryClient.invalidateQueries({ queryKey: listKeys.allSchoolPupils }),
  ])
}

/**
 * Asks again for the lists on the screen in which a change shows.
 * @param what as an event names it; null where it may be anything
 */
export async function lookAgainAt(queryClient: QueryClient, what: string | null): Promise<void> {
  const always = [listKeys.allClasses, listKeys.allSchools, listKeys.allSchoolPupils, listKeys.activityNews]
  const keys = what === 'pupils' ? always : [...always, listKeys.waiting, listKeys.classes]
  await Promise.all(keys.map((queryKey) => queryClient.invalidateQueries({ queryKey })))
}
