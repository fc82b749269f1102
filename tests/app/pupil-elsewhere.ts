import type { InspectableSchool } from '../../mocks/school'
import { sha256 } from '../../server/secrets'
import { PAGE_PUPIL_SESSION_HEADER } from '../../server/session/carrier'
import type { StepUpService } from '../../server/step-up/rules'
import { pupilNamed } from './render-app'

/** A pupil at another computer, who is signed in there. */
export async function pupilElsewhere(school: InspectableSchool, name: string) {
  const { id } = pupilNamed(school, name)
  const token = `pupil-${id}`
  const now = school.clock.now()
  const tokenHash = sha256(token)
  await school.store.transaction((unit) =>
    unit.savePupilSession({
      tokenHash,
      ref: `ref-${id}`,
      pupilId: id,
      stage: 'signedIn',
      because: null,
      suggestion: null,
      startedAt: now,
      lastActiveAt: now,
      endedAt: null,
    }),
  )
  async function send(method: string, path: string, body?: unknown) {
    const answer = await school.fetch(
      new Request(`https://school.test/api/pupil/${path}`, {
        method,
        headers: { [PAGE_PUPIL_SESSION_HEADER]: token, 'Content-Type': 'application/json' },
        body: body === undefined ? null : JSON.stringify(body),
      }),
    )
    if (!answer.ok) throw new Error(await answer.text())
    return answer
  }
  return {
    /** What the browser would carry. */
    token,
    async asksFor(service: StepUpService) {
      const { request } = await (await send('POST', 'step-up-requests', { service })).json()
      return request as { id: string; checkCode: string }
    },
    givesUp: (id: string) => send('DELETE', `step-up-requests/${id}`),
    signsOut: () => send('DELETE', 'session'),
  }
}
