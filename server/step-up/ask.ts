import type { Pupil } from '../people'
import { newRef, randomBelow } from '../secrets'
import type { UnitOfWork } from '../store/store'
import type { Instant } from '../time'
import { isSteppedUp, isWaiting, type StepUpRequest, type StepUpService } from './rules'

/** Two digits, the first no nought, each pair equally likely. */
const newCheckCode = () => String(10 + randomBelow(90))

/** The codes of those who wait in the pupil's classes, where a teacher tells them apart by their codes. */
async function codesNearby(unit: UnitOfWork, pupil: Pupil, now: Instant): Promise<ReadonlySet<string>> {
  const classes = (await unit.classesOfPupils([pupil.id])).get(pupil.id) ?? []
  const pupils = await unit.pupilsInClasses(classes.map(({ id }) => id))
  const requests = await unit.stepUpRequests(pupils.map(({ pupil }) => pupil.id))
  return new Set(
    [...requests.values()]
      .filter((request) => isWaiting(request, now) && request.pupilId !== pupil.id)
      .map(({ checkCode }) => checkCode),
  )
}

/** How often a code is drawn anew where somebody nearby has it; with more than 90 waiting, some share one. */
const DRAWS = 50

/**
 * The pupil opens something sensitive and waits for an adult; what the pupil asked for before is replaced, so that a
 * pupil never waits twice. Whoever has been stepped up meanwhile is let in at once.
 */
export async function askForStepUp(
  unit: UnitOfWork,
  pupil: Pupil,
  service: StepUpService,
  now: Instant,
): Promise<StepUpRequest> {
  const before = (await unit.stepUpRequests([pupil.id])).get(pupil.id) ?? null
  if (isWaiting(before, now)) {
    await unit.saveStepUpRequest({ ...before, outcome: { decision: 'replaced', at: now } })
  }
  const taken = await codesNearby(unit, pupil, now)
  let checkCode = newCheckCode()
  for (let drawn = 1; taken.has(checkCode) && drawn < DRAWS; drawn += 1) checkCode = newCheckCode()
  const stepUp = (await unit.stepUps([pupil.id])).get(pupil.id) ?? null
  const request: StepUpRequest = {
    id: newRef(),
    pupilId: pupil.id,
    service,
    checkCode,
    requestedAt: now,
    outcome: isSteppedUp(stepUp, now) ? { decision: 'approved', at: now } : null,
  }
  await unit.saveStepUpRequest(request)
  return request
}
