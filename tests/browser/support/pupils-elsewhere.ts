import type { Page } from '@playwright/test'
import { demoSchools } from '../../../mocks/people'
import { PAGE_PUPIL_SESSION_HEADER } from '../../../server/session/carrier'
import { callFromElsewhere } from './tap'

/** Pupils at computers of their own: what their pages send, without twenty-six browsers. */

interface Sent {
  body?: unknown
  /** What the school is to answer. */
  status?: number
}

/** A pupil's computer, with its own session. */
export function pupilElsewhere(browser: Page, username: string) {
  let token = ''

  async function call(route: string, { body, status = 200 }: Sent = {}) {
    const [method = '', path = ''] = route.split(' ')
    const answer = await callFromElsewhere(browser, {
      method,
      path: `/api/pupil/${path}`,
      headers: {
        ...(token && { [PAGE_PUPIL_SESSION_HEADER]: token }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    if (answer.status !== status) throw new Error(`${username}: ${route}: ${answer.status} ${answer.text}`)
    token = answer.headers[PAGE_PUPIL_SESSION_HEADER.toLowerCase()] ?? token
    return answer.text === '' ? null : JSON.parse(answer.text)
  }

  const signIn = (password: string) => call('POST session', { body: { username, password } })

  return {
    username,
    signIn,
    /** Signs in with the username alone, remembers the new pictures at once, and comes back with them. */
    async setsNewPassword() {
      const step = await call('POST session/username', { body: { username } })
      if (step.next !== 'newPassword') throw new Error(`${username} was asked for a password`)
      const { pictures, text } = await call('POST new-password/suggestion')
      const password: string = text ?? pictures.join(' ')
      await call('POST new-password', { body: { password, from: 'suggestion' } })
      await call('DELETE session', { status: 204 })
      await signIn(password)
    },
    /** @returns the code that the teacher is to see. */
    async asksForAula(): Promise<string> {
      await call('GET services/aula', { status: 403 })
      return (await call('POST step-up-requests', { body: { service: 'aula' } })).request.checkCode
    },
    readsAula: () => call('GET services/aula'),
    isRefusedAula: () => call('GET services/aula', { status: 403 }),
    isThere: () => call('POST session/keep-alive'),
  }
}

export type PupilElsewhere = ReturnType<typeof pupilElsewhere>

/** The pupils of 2.A who can be given a new password, in the order of the school. */
export function helpableIn2A() {
  const { pupils, enrolments } = demoSchools(0)
  const ids = new Set(
    enrolments.filter(({ classId }) => classId === 'birkeskolen-2a').map(({ pupilId }) => pupilId),
  )
  return pupils.filter(({ id, block, signInKind }) => ids.has(id) && !block && signInKind === 'unilogin')
}
