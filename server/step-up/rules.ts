import { isBlocked } from '../block/rules'
import type { Pupil } from '../people'
import { type Duration, hours, type Instant, minutes } from '../time'

/** How long the higher level of sign-in lasts. [source document 004] */
export const STEP_UP: Duration = hours(2)

/** How long a pupil's request waits for an adult before it ends by itself. */
export const STEP_UP_REQUEST_LIFETIME: Duration = minutes(15)

/** A higher level given to one pupil by an adult. */
export interface StepUp {
  pupilId: string
  startedAt: Instant
  startedBy: string
  endedAt: Instant | null
}

/** A pupil who waits for an adult's approval to open something sensitive. */
export interface StepUpRequest {
  id: string
  pupilId: string
  service: StepUpService
  /** Two digits that pupil and teacher compare. */
  checkCode: string
  requestedAt: Instant
  outcome: StepUpRequestOutcome | null
}

/** How a request ended. Every ended request stays ended. */
export interface StepUpRequestOutcome {
  decision: 'approved' | 'declined' | 'withdrawn' | 'replaced'
  at: Instant
}

/** The services that ask for the higher level. [source document 004] */
export const stepUpServices = ['aula', 'wellbeingSurvey', 'studyChoicePortfolio', 'pupilPlan'] as const
export type StepUpService = (typeof stepUpServices)[number]

export const endsAt = (stepUp: StepUp): Instant => stepUp.endedAt ?? stepUp.startedAt + STEP_UP

/** Whether the higher level holds at `now`; it ends at 2:00:00 sharp. */
export const isSteppedUp = (stepUp: StepUp | null, now: Instant): stepUp is StepUp =>
  stepUp !== null && now >= stepUp.startedAt && now < endsAt(stepUp)

/** The moment a request ends if nobody answers it. */
export const expiresAt = (request: StepUpRequest): Instant => request.requestedAt + STEP_UP_REQUEST_LIFETIME

/** Whether a pupil still waits for approval at `now`. */
export const isWaiting = (request: StepUpRequest | null, now: Instant): request is StepUpRequest =>
  request !== null && request.outcome === null && now < expiresAt(request)

export type StepUpRefusal = 'blocked'

/** Why this pupil cannot be stepped up, or null. */
export const whyNoStepUp = (pupil: Pick<Pupil, 'block'>, now: Instant): StepUpRefusal | null =>
  isBlocked(pupil, now) ? 'blocked' : null

export const startStepUp = (pupilId: string, startedBy: string, now: Instant): StepUp => ({
  pupilId,
  startedAt: now,
  startedBy,
  endedAt: null,
})
