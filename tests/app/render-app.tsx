import { render } from '@testing-library/react'
import userEvent, { PointerEventsCheckLevel } from '@testing-library/user-event'
import { http } from 'msw'
import { vi } from 'vitest'
import { answerWith, memoryJar, server } from '../../mocks/node'
import { STAFF_PASSWORD } from '../../mocks/people'
import { type ScenarioName, scenarios } from '../../mocks/scenarios/scenarios'
import { type InspectableSchool, openSchool, type School } from '../../mocks/school'
import type { ActivityAction } from '../../server/activity/entry'
import { PAGE_SESSION_HEADER } from '../../server/session/carrier'
import type { Session } from '../../server/session/rules'
import type { SchoolData } from '../../server/store/memory'
import type { Duration, Instant } from '../../server/time'
import { sendFirstRequests } from '../../src/api/first-requests'
import { App } from '../../src/app/App'
import { createQueryClient } from '../../src/app/query-client'
import { keepLanguage, type Language } from '../../src/i18n/language'
import { startI18n } from '../../src/i18n/start'
import { keepBack, MORNING, passTime, settle } from './time'
import { verbsOf } from './verbs'

export type StaffUsername = 'lone4821' | 'omar7310' | 'bodi2259' | 'kent1904' | 'mads5512' | 'sofi6603'

export const CLASS_2A = '/klasser/birkeskolen-2a'
export const CLASS_4B = '/klasser/birkeskolen-4b'
export const CLASS_8A = '/klasser/birkeskolen-8a'
export const GERMAN_8 = '/klasser/birkeskolen-tysk-8'
export const MY_CLASSES = '/mine-klasser'
export const BIRKESKOLEN = '/skoler/birkeskolen'
export const SOENDERVANG = '/skoler/soendervang'

interface Situation {
  /** The address in the browser. */
  at?: string
  /** Who is signed in already. */
  as?: StaffUsername
  scenario?: ScenarioName
  /** Changes the scenario's school before it opens. */
  school?: (school: SchoolData, now: Instant) => SchoolData
  /** Changes the session of who is signed in. */
  session?: (session: Session) => Session
  now?: Instant
  language?: Language
  /** Called when the school is open and the page is not yet there. */
  before?: () => void
}

/** For `session`: the second factor was given as the school opened. */
export const withSecondFactor = (session: Session): Session => ({
  ...session,
  secondFactorAt: session.startedAt,
})

export type RenderedApp = Awaited<ReturnType<typeof renderApp>>

/** Opens a school and a browser at an address, as main.tsx does, and waits until the page has come to rest. */
export async function renderApp({
  at = '/',
  as,
  scenario = 'normal',
  school: change = (data) => data,
  session: changeSession = (session) => session,
  now = MORNING,
  language = 'da',
  before,
}: Situation = {}) {
  const { school: schoolOf, conditions } = scenarios[scenario]
  const latency = conditions?.latency ?? 0
  vi.setSystemTime(now - latency)
  const school = openSchool({ scenario, school: change(schoolOf(now), now) })
  const jar = memoryJar()
  const answering = latency > 0 ? waitingFor(school, latency) : school
  answerWith(answering, jar)
  if (as) {
    const [token] = await Promise.all([sessionOf(school, as), passTime(latency)])
    jar.staff.set(token)
    await changeSessions(school, changeSession)
  }
  vi.setSystemTime(now)

  history.replaceState(null, '', at)
  if (language === 'en') keepLanguage(language)
  let kept = 0
  server.use(
    http.post('*/api/session/keep-alive', () => {
      kept += 1
    }),
  )
  before?.()
  const user = userEvent.setup({ delay: null, pointerEventsCheck: PointerEventsCheckLevel.Never })
  const queryClient = createQueryClient()
  sendFirstRequests(location.pathname)
  await startI18n()
  render(<App queryClient={queryClient} />)
  await settle()

  const activity = (action: ActivityAction) =>
    school.store.snapshot().activity.filter((entry) => entry.action === action)

  return {
    ...verbsOf(user, language),
    user,
    school,
    jar,
    queryClient,
    /** The log's entries of one kind; of one pupil where named. */
    activity: (action: ActivityAction, name?: string) =>
      activity(action).filter((entry) => name === undefined || entry.pupilId === pupilNamed(school, name).id),
    /** The code that the demo phone shows as the newest; '' while there is none. */
    codeOnPhone: async () => (await school.overview()).phone[0]?.code ?? '',
    /** The pupil as the school has him or her. */
    pupil: (name: string) => pupilNamed(school, name),
    /** The pupil signs in with the username alone and sets a new password. */
    pupilSignsIn: (name: string) =>
      school.command({ do: 'signInAlone', username: pupilNamed(school, name).username }),
    /** Another teacher, at another computer, asks the API for something. */
    colleague: (username: StaffUsername) => colleague(school, username),
    /** Somebody signs in in another tab, which shares its session with this one; the tabs have not spoken yet. */
    anotherSignsIn: async (username: StaffUsername) => jar.staff.set(await sessionOf(school, username)),
    /** A question to the API by who is signed in. */
    requestTo: (path: string) =>
      new Request(`https://school.test${path}`, {
        headers: { [PAGE_SESSION_HEADER]: jar.staff.get() ?? '' },
      }),
    /** The same person's other tab, which shares the session. */
    otherTab: async () => {
      const headers = { [PAGE_SESSION_HEADER]: jar.staff.get() ?? '' }
      return {
        async signsOut() {
          await ask(school, '/api/session', { method: 'DELETE', headers })
          jar.staff.set(null)
        },
        keepsSession: () => ask(school, '/api/session/keep-alive', { headers }),
      }
    },
    /** How often the API was told that the person is still there. */
    keptAlive: () => kept,
    /** After `server.resetHandlers()`: the school answers again. */
    answerAgain: () => answerWith(answering, jar),
    /** Ends everybody's session, as a server does that starts anew. */
    endSessions: () => changeSessions(school, (session) => ({ ...session, endedAt: Date.now() })),
  }
}

/** The pupils of a class by the names that are shown, in the order of the administrative system. */
export function namesIn(school: InspectableSchool, classId: string): string[] {
  const { enrolments, pupils } = school.store.snapshot()
  const ids = new Set(enrolments.filter((each) => each.classId === classId).map(({ pupilId }) => pupilId))
  return pupils.filter(({ id }) => ids.has(id)).map(({ name, alias }) => alias ?? name)
}

export function pupilNamed(school: { store: InspectableSchool['store'] }, name: string) {
  const found = school.store.snapshot().pupils.find((pupil) => (pupil.alias ?? pupil.name) === name)
  if (!found) throw new Error(`nobody is called ${name}`)
  return found
}

/** A school whose answers wait for the clock, which nobody need wait for while it stands still. */
const waitingFor = (school: InspectableSchool, latency: Duration): School => ({
  ...school,
  fetch(request) {
    setTimeout(keepBack(), latency)
    return school.fetch(request)
  },
})

const ask = (school: InspectableSchool, path: string, init: RequestInit) =>
  school.fetch(new Request(`https://school.test${path}`, { method: 'POST', ...init }))

async function sessionOf(school: InspectableSchool, username: StaffUsername): Promise<string> {
  const answer = await ask(school, '/api/session', {
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({
      username,
      password: STAFF_PASSWORD,
      as: username === 'kent1904' ? 'userAdministrator' : 'teacher',
    }),
  })
  const token = answer.headers.get(PAGE_SESSION_HEADER)
  if (!token) throw new Error(`${username} could not sign in: ${await answer.text()}`)
  return token
}

async function changeSessions(school: InspectableSchool, change: (session: Session) => Session) {
  const { sessions } = school.store.snapshot()
  await school.store.transaction(async (unit) => {
    for (const session of sessions) await unit.saveSession(change(session))
  })
}

async function colleague(school: InspectableSchool, username: StaffUsername) {
  const token = await sessionOf(school, username)
  let asked = 0
  async function act(path: string, names: readonly string[]) {
    asked += 1
    const answer = await ask(school, path, {
      headers: {
        'Content-Type': 'application/json',
        'Idempotency-Key': `colleague-${username}-${asked}`,
        [PAGE_SESSION_HEADER]: token,
      },
      body: JSON.stringify({ pupilIds: names.map((name) => pupilNamed(school, name).id) }),
    })
    if (!answer.ok) throw new Error(await answer.text())
  }
  return {
    givesNewPassword: (...names: string[]) => act('/api/pupils/password-resets', names),
    undoesNewPassword: (...names: string[]) => act('/api/pupils/password-reset-cancellations', names),
    stepsUp: (...names: string[]) => act('/api/pupils/step-ups', names),
    endsStepUp: (...names: string[]) => act('/api/pupils/step-up-ends', names),
  }
}
