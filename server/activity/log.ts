import type { ApiContext, Services } from '../http'
import type { UnitOfWork } from '../store/store'
import { nobody } from './actor'
import type { ActivityAction, ActivityEntry } from './entry'

interface Happened {
  action: ActivityAction
  pupilId?: string | undefined
  /** Where they are others than the actor's: the schools through which a teacher reached the pupil. */
  institutionIds?: readonly string[] | undefined
  /** Set where it was refused: the reason's code. */
  refusal?: string | null
}

/** Adds what happened to the activity log, in the same unit of work as the act itself. */
export function appendEntry(
  c: ApiContext,
  services: Pick<Services, 'clock' | 'sourceOf'>,
  unit: UnitOfWork,
  ...happened: readonly Happened[]
): Promise<void> {
  const at = services.clock.now()
  const { actorId, actorRole, institutionIds: schools } = c.get('actor') ?? nobody
  return unit.appendActivity(
    happened.map(
      ({ action, pupilId, institutionIds, refusal }): ActivityEntry => ({
        at,
        actorId,
        actorRole,
        action,
        outcome: refusal ? 'refused' : 'done',
        reason: refusal ?? null,
        pupilId: pupilId ?? null,
        institutionIds: institutionIds ?? schools,
        requestId: c.get('requestId'),
        source: services.sourceOf(c),
      }),
    ),
  )
}
