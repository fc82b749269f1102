import { useQuery } from '@tanstack/react-query'
import { listedIn, type Pupil } from '../../api/pupil-cache'
import { useLookAgainAtNextDeadline } from '../../api/pupil-deadlines'
import { schoolOf } from '../../api/view'
import { schoolClassQuery } from '../../features/classes/queries'
import { myPupilsQuery } from '../../features/pupils/queries'
import { type SignedIn, sessionQuery } from '../../features/session/queries'
import { wholeSchoolQuery } from '../../features/whole-school/queries'

/** Whose pupils are shown: a teacher's own, or all of one school; null where nobody may see any. */
export type Sight = { institutionId: string | null } | null

/** Who is signed in; undefined for somebody who only reads. */
export function useReader(): SignedIn | undefined {
  const { data } = useQuery(sessionQuery)
  return data?.signedIn ? data : undefined
}

/** Which pupils somebody may see who comes from a page at this address. */
export function sightOf(session: SignedIn | undefined, from: string | null): Sight {
  if (!session) return null
  const school = from === null ? null : schoolOf(from)
  const isOwn = session.views.schools.some(({ id }) => id === school)
  if (session.secondFactor && (isOwn || !session.views.teacher)) {
    const institutionId = isOwn ? school : (session.views.schools[0]?.id ?? null)
    if (institutionId !== null) return { institutionId }
  }
  return session.views.teacher ? { institutionId: null } : null
}

/** The pupils to choose from, once they are wanted. */
export function usePupils(sight: Sight, wanted: boolean) {
  const school = sight?.institutionId ?? null
  const own = useQuery({ ...myPupilsQuery, enabled: wanted && sight !== null && school === null })
  const whole = useQuery({ ...wholeSchoolQuery(school ?? ''), enabled: wanted && school !== null })
  return school === null ? own : whole
}

/**
 * One pupil as he or she is now, by the lists that the rest of the app shows; where these cannot be had, as chosen.
 * `isLoading`: what helps must wait for it.
 */
export function usePupil(institutionId: string | null, chosen: Pupil | null) {
  const classId = (chosen && listedIn(chosen)) ?? ''
  const school = institutionId ?? ''
  const isInClass = institutionId === null && classId !== ''
  const inClass = useQuery({ ...schoolClassQuery(classId), enabled: isInClass })
  const inSchool = useQuery({ ...wholeSchoolQuery(school), enabled: institutionId !== null })
  const { queryKey } = institutionId === null ? schoolClassQuery(classId) : wholeSchoolQuery(school)
  const pupils = institutionId === null ? inClass.data?.pupils : inSchool.data?.pupils
  useLookAgainAtNextDeadline(queryKey, pupils)
  return {
    pupil: pupils?.find(({ id }) => id === chosen?.id) ?? chosen,
    isLoading: isInClass && inClass.isPending,
  }
}
