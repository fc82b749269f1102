import type { ActivityAction } from '../../server/activity/entry'
import type { Instant } from '../../server/time'
import type { Deed, Overview } from '../overview'

/** Whose screen something is done on. */
export type Side = 'teacher' | 'pupil'

/** The pupil whom the tour is about: ordinary, and given pictures. */
export const TOUR_PUPIL = 'Asta Holm'

/** The steps of the tour, in order: on whose screen, and the deeds of which any one shows that it is done. */
const steps = [
  { name: 'signIn', side: 'teacher', deeds: [] },
  { name: 'revealUsername', side: 'teacher', deeds: ['revealUsername'] },
  { name: 'giveNewPassword', side: 'teacher', deeds: ['giveNewPassword'] },
  { name: 'useWindow', side: 'pupil', deeds: ['useResetWindow'] },
  { name: 'setPassword', side: 'pupil', deeds: ['setPassword'] },
  { name: 'askForStepUp', side: 'pupil', deeds: ['askForStepUp', 'stepUp'] },
  { name: 'approve', side: 'teacher', deeds: ['approveStepUpRequest', 'stepUp'] },
] as const satisfies readonly { name: string; side: Side; deeds: readonly ActivityAction[] }[]

export type TourStep = (typeof steps)[number]
export const TOUR_LENGTH = steps.length

export interface Tour {
  /** Which step it has come to, from 0; at TOUR_LENGTH it is over. */
  place: number
  /** What was done before counts for nothing; null until the school's time is known. */
  since: Instant | null
}

/** What the tour looks at to see whether a step is done. */
export type Seen = Pick<Overview, 'now' | 'isStaffSignedIn' | 'deeds'>

export const startTour = (): Tour => ({ place: 0, since: null })

/** The step it has come to; undefined once it is over. */
export const stepOf = ({ place }: Tour): TourStep | undefined => steps[place]

/** On to the next step although this one is not done. */
export const next = (tour: Tour): Tour => ({ ...tour, place: Math.min(tour.place + 1, TOUR_LENGTH) })

/** Goes on past everything that is done by now. @returns the same tour where nothing has changed. */
export function follow(tour: Tour, seen: Seen): Tour {
  const since = tour.since ?? seen.now
  let { place } = tour
  for (let step = steps[place]; step && isDone(step, seen, since); step = steps[place]) place += 1
  return place === tour.place && since === tour.since ? tour : { place, since }
}

function isDone({ name, deeds }: TourStep, seen: Seen, since: Instant): boolean {
  if (name === 'signIn') return seen.isStaffSignedIn
  const wanted: readonly ActivityAction[] = deeds
  return seen.deeds.some(
    ({ action, pupil, at }: Deed) => pupil === TOUR_PUPIL && at >= since && wanted.includes(action),
  )
}
