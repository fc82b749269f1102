import { expect, test } from 'vitest'
import { demoPasswords } from '../../../mocks/demo-passwords'
import { STAFF_PASSWORD } from '../../../mocks/people'
import { PAGE_PUPIL_SESSION_HEADER } from '../../../server/session/carrier'
import { staffRoutes } from '../contract'
import { type LiveSchool, liveSchool, staffHeaders } from '../live-school'
import { exportWords } from '../school-under-test'

/** Those who get new passwords, of every policy, an override and a first one. */
const changing = ['asta2011', 'frej4011', 'gust4012', 'hann8011', 'dict2014']

const STREAM = 'GET /api/events'

interface Step {
  path?: string
  body?: unknown
  /** Lone, where nobody else is named; a stranger is a browser that nobody is signed in at. */
  as?: 'stranger' | 'administrator'
}

/** How somebody on the staff walks each route. `guess` is a pupil's password, which a colleague might look for. */
const walk: Record<string, (school: LiveSchool, guess: string) => Step[]> = {
  'GET /api/session': () => [{}],
  'GET /api/operating-status': () => [{}],
  'POST /api/session/username': (_, guess) => [
    { body: { username: 'lone4821' } },
    { body: { username: guess } },
  ],
  'POST /api/session': (_, guess) => [
    { body: { username: 'lone4821', password: STAFF_PASSWORD }, as: 'stranger' },
    { body: { username: 'asta2011', password: guess }, as: 'stranger' },
  ],
  'POST /api/session/keep-alive': () => [{}],
  // Walked once more at the end, by who is signed in.
  'DELETE /api/session': () => [{ as: 'stranger' }],
  'POST /api/session/second-factor/codes': () => [{ as: 'administrator' }],
  'POST /api/session/second-factor': () => [{ body: { code: '000000' }, as: 'administrator' }],
  'GET /api/classes': () => [{}],
  'GET /api/classes/{classId}': (_, guess) => [
    ...['birkeskolen-2a', 'birkeskolen-4b', 'birkeskolen-tysk-8'].map((id) => ({
      path: `/api/classes/${id}`,
    })),
    { path: `/api/classes/${encodeURIComponent(guess)}` },
  ],
  'GET /api/pupils': (_, guess) => [{}, { path: `/api/pupils?search=${encodeURIComponent(guess)}` }],
  'POST /api/pupils/username-reveals': all,
  'POST /api/pupils/username-copies': all,
  // What a teacher does must not take the window away that a pupil is about to use.
  'POST /api/pupils/password-resets': (school) => others(school),
  'POST /api/pupils/password-reset-cancellations': (school) => others(school),
  'POST /api/pupils/step-ups': all,
  'POST /api/pupils/step-up-ends': all,
  'POST /api/pupils/policies': (school) => [
    ...byAdministrator(others(school, { policy: null, note: null })),
    ...byAdministrator(others(school, { policy: 'udskoling', note: 'Aftalt' })),
  ],
  'POST /api/pupils/blocks': (school) =>
    byAdministrator(others(school, { reason: { code: 'misuse' }, until: null })),
  'POST /api/pupils/unblocks': (school) => byAdministrator(others(school)),
  'GET /api/step-up-requests': () => [{}],
  'POST /api/step-up-requests/decisions': () => [{ body: { requestIds: ['r-emil'], decision: 'decline' } }],
  'POST /api/pupils/exports': (school) =>
    all(school).map(({ body }) => ({ body: { ...body, words: exportWords }, as: 'administrator' as const })),
  'POST /api/pupils/username-slips': all,
  'POST /api/pupils/class-lists': all,
  'GET /api/schools/{institutionId}/pupils': () => [
    { path: '/api/schools/birkeskolen/pupils', as: 'administrator' },
    { path: '/api/schools/birkeskolen/pupils?changedSince=0', as: 'administrator' },
  ],
  'GET /api/schools/{institutionId}/pupils/{pupilId}': (school) =>
    changing.map((username) => ({
      path: `/api/schools/birkeskolen/pupils/${school.id(username)}`,
      as: 'administrator' as const,
    })),
  'GET /api/activity': () => [{}, { path: '/api/activity?by=pupils', as: 'administrator' }],
  'POST /api/activity/exports': () => [{ body: { language: 'da' }, as: 'administrator' }],
  // Listened to all the while.
  [STREAM]: () => [],
}

/** Those who change their passwords among them, and some whom nobody may reach. */
function all(school: LiveSchool): { body: { pupilIds: string[] } }[] {
  return [
    { body: { pupilIds: [...changing.map((username) => school.id(username)), ...idsOfOthers(school)] } },
  ]
}

function others(school: LiveSchool, more: object = {}): Step[] {
  return [{ body: { pupilIds: idsOfOthers(school), ...more } }]
}

const byAdministrator = (steps: Step[]): Step[] =>
  steps.map((step) => ({ ...step, as: 'administrator' as const }))

const idsOfOthers = (school: LiveSchool) =>
  ['emil2015', 'bert2012', 'carl2013', 'ivan8032', 'jonn9021'].map((username) => school.id(username))

/** A pupil's browser, by the username alone. */
async function pupilByWindow(school: LiveSchool, username: string) {
  const step = await school.call('POST /api/pupil/session/username', {}, { username })
  const headers = { [PAGE_PUPIL_SESSION_HEADER]: step.headers.get(PAGE_PUPIL_SESSION_HEADER) ?? '' }
  return {
    async suggestion(): Promise<string> {
      const { pictures, text } = await (
        await school.call('POST /api/pupil/new-password/suggestion', headers)
      ).json()
      return text ?? pictures.join(' ')
    },
    async sets(password: string, from: 'suggestion' | 'own') {
      const answer = await school.call('POST /api/pupil/new-password', headers, { password, from })
      expect(answer.status).toBe(200)
    },
  }
}

test('abuse case 16: the walk below leads along every route of staff', () => {
  expect(Object.keys(walk).toSorted()).toEqual(staffRoutes.map(({ name }) => name).toSorted())
})

test('abuse case 16: no password of a pupil is in any answer to staff, the stream included, nor in the log or the store', async () => {
  const school = liveSchool()
  const lone = staffHeaders(await school.signIn('lone4821'))
  const pupilIds = changing.map((username) => school.id(username))
  expect((await school.call('POST /api/pupils/password-resets', lone, { pupilIds })).status).toBe(200)
  const stream = await school.listen('/api/events', lone)
  const known: string[] = Object.values(demoPasswords).map(({ password }) => password)
  /** What each route has said, headers and all. */
  const said = new Map<string, string[]>(staffRoutes.map(({ name }) => [name, []]))

  const kent = await school.administrator('kent1904', 'birkeskolen')
  const headersOf = {
    lone,
    administrator: { ...staffHeaders(kent), 'Elevadgang-School': 'birkeskolen' },
    stranger: {},
  }

  async function take(name: string, { path, body, as }: Step) {
    const [method = ''] = name.split(' ')
    const route = path ? `${method} ${path}` : name
    const answer = await school.call(route, headersOf[as ?? 'lone'], body)
    said.get(name)?.push(await answer.text(), JSON.stringify([...answer.headers]))
    return answer
  }

  async function lookAround() {
    for (const [name, steps] of Object.entries(walk))
      for (const step of steps(school, known.at(-1) ?? '')) await take(name, step)
  }

  for (const username of changing) {
    const pupil = await pupilByWindow(school, username)
    known.push(await pupil.suggestion())
    await lookAround()
    // The one who may choose does so at last.
    const isOwn = username === 'frej4011'
    const password = isOwn ? 'gul-regnbue' : await pupil.suggestion()
    known.push(password)
    await pupil.sets(password, isOwn ? 'own' : 'suggestion')
    await lookAround()
  }
  await school.settle()
  said.set(STREAM, stream.looks())
  await stream.leave()
  expect((await take('DELETE /api/session', {})).status).toBe(204)

  const stored = JSON.stringify(school.snapshot())
  for (const [name, texts] of said) {
    expect(texts.length, name).toBeGreaterThan(0)
    for (const password of known) {
      for (const form of [password, password.split(' ').join(','), password.split(' ').join('","')]) {
        expect(
          texts.filter((text) => text.includes(form)),
          name,
        ).toEqual([])
      }
    }
  }
  expect(known.filter((password) => stored.includes(password))).toEqual([])
  // The walk met the pupils whose passwords changed, so that this silence means something.
  expect(said.get('GET /api/pupils')?.join()).toContain('"state":"used"')
  expect(said.get('POST /api/pupils/username-reveals')?.join()).toContain('"username"')
})
