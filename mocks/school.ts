import { createApp } from '../server/app'
import { createEventBus, type EventBus } from '../server/events/bus'
import { tellOfChanges } from '../server/events/tell'
import type { Pupil } from '../server/people'
import { Problem } from '../server/problems'
import { PAGE_PUPIL_SESSION_HEADER, pageCarrier } from '../server/session/carrier'
import type { Identity } from '../server/session/identity'
import { isAlive, type Session } from '../server/session/rules'
import { createMemoryStore, type MemoryStore, type SchoolData, type Snapshot } from '../server/store/memory'
import type { UnitOfWork } from '../server/store/store'
import { type Clock, type Duration, seconds, systemClock, systemTimer } from '../server/time'
import { askForStepUp } from './ask-for-step-up'
import { demoPasswordHash } from './demo-password-hash'
import { type CodeOnPhone, happeningsIn, type Overview, peopleOf } from './overview'
import { STAFF_PASSWORD } from './people'
import { type ScenarioName, scenarios } from './scenarios/scenarios'
import { type ClockFace, type ClockState, createSchoolClock } from './school-clock'
import { signInAlone } from './sign-in-alone'

/** What a developer or a test may make happen from outside the API. */
export type Command =
  | { do: 'load'; scenario: ScenarioName }
  /** `keepSessions`: whoever is signed in was not away meanwhile. */
  | { do: 'advance'; by: Duration; keepSessions?: boolean }
  /** How many seconds of the school pass in one; 0 stops its clock. Nobody's session ends sooner for it. */
  | { do: 'setSpeed'; speed: number }
  | { do: 'signInAlone'; username: string }
  | { do: 'askForStepUp'; username: string }

/** The mocked school: the real API over a memory store, with a clock that can be moved. */
export interface School {
  /** @throws TypeError as `fetch` does, where the scenario has no connection. */
  fetch(request: Request): Promise<Response>
  /** @returns whether it could be done. */
  command(command: Command): Promise<boolean>
  overview(): Promise<Overview>
  /** Tells how the clock stands, now and whenever it is moved or its speed changed. @returns how to stop. */
  followClock(listener: (face: ClockFace) => void): () => void
}

export interface SchoolState {
  scenario: ScenarioName
  clock: ClockState
  /** How far ahead the clock was when the sessions were last moved along with it. */
  sessionsAhead: Duration
  /** What the demo phone shows. */
  phone: CodeOnPhone[]
  snapshot: Snapshot
}

/** Once its clock was moved, the timers of the pages are wrong: the school then tells them this often to look. */
const LOOK_EVERY: Duration = seconds(1)

export interface InspectableSchool extends School {
  readonly store: MemoryStore
  readonly clock: Clock
  readonly events: EventBus
  state(): SchoolState
}

/** What moves with a session that is carried along. */
type Carried = Pick<Session, 'startedAt' | 'lastActiveAt'>

const demoIdentity: Identity = {
  passwordMatches: async (_username, password) => password === STAFF_PASSWORD,
}

/** An old code is of no use to anybody. */
const CODES_ON_PHONE = 3

interface Opening {
  scenario?: ScenarioName
  /** Stands in for the scenario's school. */
  school?: SchoolData | undefined
  clock?: Clock
  /** Goes on from here instead of starting the scenario anew. */
  resume?: SchoolState | undefined
}

/** Opens a school in a scenario, or as it was left. */
export function openSchool({
  scenario = 'normal',
  school,
  clock: base = systemClock,
  resume,
}: Opening = {}): InspectableSchool {
  const clock = createSchoolClock(base, resume?.clock)
  let sessionsAhead = resume?.sessionsAhead ?? 0
  let phone = resume?.phone ?? []
  let current = open(resume?.scenario ?? scenario, resume?.snapshot ?? school)
  let stopLooking = () => {}
  lookWhileMoved()

  function open(name: ScenarioName, data?: SchoolData) {
    const store = createMemoryStore(data ?? scenarios[name].school(clock.now()))
    const events = createEventBus(clock.now())
    const app = createApp({
      store,
      clock,
      timer: systemTimer,
      events,
      session: pageCarrier(),
      pupilSession: pageCarrier(PAGE_PUPIL_SESSION_HEADER),
      identity: demoIdentity,
      codes: {
        send: async ({ username, name }, code) => {
          phone = [{ username, name, code, at: clock.now() }, ...phone].slice(0, CODES_ON_PHONE)
        },
      },
      passwords: demoPasswordHash,
      operatingStatus: () => scenarios[name].conditions?.trouble ?? null,
      sourceOf: () => 'page',
      onUnexpected: (error, requestId) => console.error(requestId, error),
    })
    return { name, store, app, events, conditions: scenarios[name].conditions ?? {} }
  }

  const hasActed = () => current.store.snapshot().completedActions.length > 0

  const endSessions = () =>
    current.store.transaction(async (unit) => {
      const now = clock.now()
      for (const session of current.store.snapshot().sessions) {
        if (isAlive(session, now)) await unit.saveSession({ ...session, endedAt: now })
      }
    })

  const endPupilSessions = () =>
    current.store.transaction(async (unit) => {
      const now = clock.now()
      for (const session of current.store.snapshot().pupilSessions) {
        if (isAlive(session, now)) await unit.savePupilSession({ ...session, endedAt: now })
      }
    })

  /** Moves the sessions along with a clock that runs fast: they last as long as they do at the usual speed. */
  async function carrySessionsAlong() {
    const skipped = clock.ahead() - sessionsAhead
    sessionsAhead = clock.ahead()
    if (skipped > 0) await carrySessions(skipped)
  }

  /** Takes everybody's session over a time in which nobody was away. */
  const carrySessions = (by: Duration) =>
    current.store.transaction(async (unit) => {
      const before = clock.now() - by
      const { sessions, pupilSessions } = current.store.snapshot()
      const carried = <T extends Carried>(session: T): T => ({
        ...session,
        startedAt: session.startedAt + by,
        lastActiveAt: session.lastActiveAt + by,
      })
      for (const session of sessions) {
        if (isAlive(session, before)) await unit.saveSession(carried(session))
      }
      for (const session of pupilSessions) {
        if (isAlive(session, before)) await unit.savePupilSession(carried(session))
      }
    })

  async function asPupil(username: string, work: (unit: UnitOfWork, pupil: Pupil) => Promise<boolean>) {
    const pupil = current.store.snapshot().pupils.find((each) => each.username === username)
    if (pupil === undefined) return false
    return tellOfChanges(current.store, current.events).transaction((unit) => work(unit, pupil))
  }

  const lookAtEverybody = () => {
    const ids = current.store.snapshot().pupils.map(({ id }) => id)
    current.events.publish('pupils', ids)
    current.events.publish('stepUpRequests', ids)
  }

  function lookWhileMoved() {
    stopLooking()
    if (!clock.isMoved()) return
    stopLooking = systemTimer.every(LOOK_EVERY, () => void carrySessionsAlong().then(lookAtEverybody))
  }

  return {
    get store() {
      return current.store
    },
    get events() {
      return current.events
    },
    clock,
    state: () => ({
      scenario: current.name,
      clock: clock.state(),
      sessionsAhead,
      phone,
      snapshot: current.store.snapshot(),
    }),
    followClock: clock.follow,

    async fetch(request) {
      if (clock.speed() > 1) await carrySessionsAlong()
      const { conditions, app } = current
      const { pathname } = new URL(request.url)
      const signingIn = /^\/api\/(pupil\/)?session/.test(pathname)
      if (conditions.latency) await delay(conditions.latency)
      if (conditions.failing === 'network' && !signingIn) throw new TypeError('Failed to fetch')
      if (conditions.failing && conditions.failing !== 'network' && !signingIn) {
        return problemResponse(new Problem(conditions.failing))
      }
      if (!conditions.signedOutAfterFirstAction || hasActed()) return app.fetch(request)
      const response = await app.fetch(request)
      if (hasActed()) await endSessions()
      return response
    },

    async command(command) {
      switch (command.do) {
        case 'load':
          // The streams of the school that goes away end with its sessions.
          await endSessions()
          await endPupilSessions()
          lookAtEverybody()
          clock.reset()
          sessionsAhead = 0
          lookWhileMoved()
          phone = []
          current = open(command.scenario)
          return true
        case 'advance':
          clock.advance(command.by)
          sessionsAhead += command.by
          if (command.keepSessions) await carrySessions(command.by)
          lookAtEverybody()
          lookWhileMoved()
          return true
        case 'setSpeed':
          await carrySessionsAlong()
          clock.setSpeed(command.speed)
          lookAtEverybody()
          lookWhileMoved()
          return true
        case 'signInAlone':
          return asPupil(command.username, (unit, pupil) => signInAlone(unit, pupil, clock.now()))
        case 'askForStepUp':
          return asPupil(command.username, (unit, pupil) => askForStepUp(unit, pupil, clock.now()))
      }
    },

    overview: async () => {
      const now = clock.now()
      const snapshot = current.store.snapshot()
      return {
        scenario: current.name,
        now,
        clockAhead: clock.ahead(),
        clockSpeed: clock.speed(),
        phone,
        ...peopleOf(snapshot, now),
        ...happeningsIn(snapshot, now),
      }
    },
  }
}

const delay = (duration: Duration) => new Promise<void>((resolve) => setTimeout(resolve, duration))

const problemResponse = (problem: Problem) =>
  new Response(JSON.stringify(problem.document('DEMO-0000')), {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json', 'Request-Id': 'DEMO-0000' },
  })
