import { expect } from 'vitest'
import { STAFF_PASSWORD } from '../../mocks/people'
import { sha256 } from '../../server/secrets'
import { PAGE_SESSION_HEADER } from '../../server/session/carrier'
import { pupilNamed, type RenderedApp } from './render-app'
import { settle } from './time'

/** Kent, user administrator at another computer, with a second factor given just now, does something to a pupil. */
export async function kentAsks(
  { school }: Pick<RenderedApp, 'school'>,
  action: 'blocks' | 'unblocks' | 'policies',
  name: string,
  body: object,
) {
  const ask = (path: string, headers: Record<string, string>, sent: object) =>
    school.fetch(
      new Request(`https://school.test${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'Idempotency-Key': `kent-${action}`, ...headers },
        body: JSON.stringify(sent),
      }),
    )
  const form = { username: 'kent1904', password: STAFF_PASSWORD, as: 'userAdministrator' }
  const token = (await ask('/api/session', {}, form)).headers.get(PAGE_SESSION_HEADER) ?? ''
  const tokenHash = sha256(token)
  await school.store.transaction(async (unit) => {
    const found = await unit.session(tokenHash)
    if (found) await unit.saveSession({ ...found.session, secondFactorAt: Date.now() })
  })
  const answer = await ask(
    `/api/pupils/${action}`,
    { [PAGE_SESSION_HEADER]: token, 'Elevadgang-School': 'birkeskolen' },
    { pupilIds: [pupilNamed(school, name).id], ...body },
  )
  expect(await answer.text()).toContain('"refusal":null')
  await settle()
}
