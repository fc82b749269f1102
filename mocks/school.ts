import { createApp } from '../server/app'
import { useResetWindow } from '../server/password-reset/use-window'
import type { Pupil } from '../server/people'
import { Problem } from '../server/problems'
import { pageCarrier } from '../server/session/carrier'
import type { Identity } from '../server/session/identity'
import { isAlive } from '../server/session/rules'
import { createMemoryStore, type MemoryStore, type SchoolData, type Snapshot } from '../server/store/memory'
import type { UnitOfWork } from '../server/store/store'
import { type Clock, type Duration, systemClock } from '../server/time'
import { askForStepUp } from './ask-for-step-up'
import { type Overview, peopleOf } from './overview'
import { STAFF_PASSWORD } from './people'
import { type ScenarioName, scenarios } from './scenarios/scenarios'

/** What a developer or a test may make happen from outside the API. */
export type Command =
  | { do: 'load'; scenario: ScenarioName }
  | { do: 'advance'; by: Duration }
  | { do: 'signInAlone'; username: string }
  | { do: 'askForStepUp'; username: string }

/** The mocked school: the real API over a memory store, with a clock that can be moved. */
export interface School {
  /** @throws TypeError as `fetch` does, where the scenario has no connection. */
  fetch(request: Request): Promise<Response>
  /** @returns whether it could be done. */
  command(command: Command): Promise<boolean>
  overview(): Promise<Overview>
}

export interface SchoolState {
  scenario: ScenarioName
  clockAhead: Duration
  snapshot: Snapshot
}

export interface InspectableSchool extends School {
  readonly store: MemoryStore
  readonly clock: Clock
  state(): SchoolState
}

const demoIdentity: Identity = {
  passwordMatches: async (_username, password) => password === STAFF_PASSWORD,
}

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
  let clockAhead = resume?.clockAhead ?? 0
  const clock: Clock = { now: () => base.now() + clockAhead }
  let current = open(resume?.scenario ?? scenario, resume?.snapshot ?? school)

  function open(name: ScenarioName, data?: SchoolData) {
    const store = createMemoryStore(data ?? scenarios[name].school(clock.now()))
    const app = createApp({
      store,
      clock,
      session: pageCarrier,
      identity: demoIdentity,
      sourceOf: () => 'page',
      onUnexpected: (error, requestId) => console.error(requestId, error),
    })
    return { name, store, app, conditions: scenarios[name].conditions ?? {} }
  }

  const hasActed = () => current.store.snapshot().completedActions.length > 0

  const endSessions = () =>
    current.store.transaction(async (unit) => {
      const now = clock.now()
      for (const session of current.store.snapshot().sessions) {
        if (isAlive(session, now)) await unit.saveSession({ ...session, endedAt: now })
      }
    })

  async function asPupil(username: string, work: (unit: UnitOfWork, pupil: Pupil) => Promise<boolean>) {
    const pupil = current.store.snapshot().pupils.find((each) => each.username === username)
    return pupil !== undefined && current.store.transaction((unit) => work(unit, pupil))
  }

  return {
    get store() {
      return current.store
    },
    clock,
    state: () => ({ scenario: current.name, clockAhead, snapshot: current.store.snapshot() }),

    async fetch(request) {
      const { conditions, app } = current
      const { pathname } = new URL(request.url)
      const signingIn = pathname.startsWith('/api/session')
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
          clockAhead = 0
          current = open(command.scenario)
          return true
        case 'advance':
          clockAhead += command.by
          return true
        case 'signInAlone':
          return asPupil(command.username, (unit, pupil) => useResetWindow(unit, pupil.id, clock.now()))
        case 'askForStepUp':
          return asPupil(command.username, (unit, pupil) => askForStepUp(unit, pupil, clock.now()))
      }
    },

    overview: async () => {
      const now = clock.now()
      return { scenario: current.name, now, clockAhead, ...peopleOf(current.store.snapshot(), now) }
    },
  }
}

const delay = (duration: Duration) => new Promise<void>((resolve) => setTimeout(resolve, duration))

const problemResponse = (problem: Problem) =>
  new Response(JSON.stringify(problem.document('DEMO-0000')), {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json', 'Request-Id': 'DEMO-0000' },
  })
