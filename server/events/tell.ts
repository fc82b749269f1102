import type { Store, UnitOfWork } from '../store/store'
import type { EventBus } from './bus'

/**
 * A store that tells the bus which pupils each unit of work has changed, and which sessions it has ended: after it has
 * committed, and nothing where it has failed. So no route has to remember it, whoever makes the change.
 */
export const tellOfChanges = (store: Store, events: EventBus): Store => ({
  read: (work) => store.read(work),
  async transaction(work) {
    const requests = new Set<string>()
    const others = new Set<string>()
    const ended = new Set<string>()
    const result = await store.transaction((unit) => {
      // A unit that is tried again begins anew.
      requests.clear()
      others.clear()
      ended.clear()
      return work(noting(unit, requests, others, ended))
    })
    events.endSessions([...ended])
    events.publish('stepUpRequests', [...requests])
    events.publish(
      'pupils',
      [...others].filter((id) => !requests.has(id)),
    )
    return result
  },
})

const noting = (
  unit: UnitOfWork,
  requests: Set<string>,
  others: Set<string>,
  ended: Set<string>,
): UnitOfWork => ({
  ...unit,
  savePupil(pupil) {
    others.add(pupil.id)
    return unit.savePupil(pupil)
  },
  saveResetWindow(window) {
    others.add(window.pupilId)
    return unit.saveResetWindow(window)
  },
  saveStepUp(stepUp) {
    others.add(stepUp.pupilId)
    return unit.saveStepUp(stepUp)
  },
  saveStepUpRequest(request) {
    requests.add(request.pupilId)
    return unit.saveStepUpRequest(request)
  },
  saveSession(session) {
    if (session.endedAt !== null) ended.add(session.ref)
    return unit.saveSession(session)
  },
  savePupilSession(session) {
    // Being active changes nothing that anybody sees.
    if (session.endedAt !== null) {
      others.add(session.pupilId)
      ended.add(session.ref)
    }
    return unit.savePupilSession(session)
  },
})
