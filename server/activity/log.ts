import type { ApiContext, Services } from '../http'
import type { UnitOfWork } from '../store/store'
import type { ActivityAction, ActivityEntry } from './entry'

interface Happened {
  action: ActivityAction
  pupilId?: string
  /** Where it is not that of the caller's view. */
  institutionId?: string | null
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
  return unit.appendActivity(
    happened.map(
      ({ action, pupilId, institutionId, refusal }): ActivityEntry => ({
        at,
        actorId: c.get('actorId') ?? null,
        action,
        outcome: refusal ? 'refused' : 'done',
        reason: refusal ?? null,
        pupilId: pupilId ?? null,
        institutionId: institutionId ?? c.get('institutionId') ?? null,
        requestId: c.get('requestId'),
        source: services.sourceOf(c),
      }),
    ),
  )
}
