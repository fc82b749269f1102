import { createApp } from '../server/app'
import { useResetWindow } from '../server/password-reset/use-window'
import { Problem } from '../server/problems'
import { PAGE_SESSION_HEADER, pageCarrier } from '../server/session/carrier'
import type { Identity } from '../server/session/identity'
import { createMemoryStore, type MemoryStore, type SchoolData, type Snapshot } from '../server/store/memory'
import { type Clock, type Duration, systemClock } from '../server/time'
import { STAFF_PASSWORD } from './people'
import { type ScenarioName, scenarios } from './scenarios/scenarios'

/** What a developer or a test may make happen from outside the API. */
export type Command =
  | { do: 'load'; scenario: ScenarioName }
  | { do: 'advance'; by: Duration }
  | { do: 'signInAlone'; username: string }

/** The mocked school: the real API over a memory store, with a clock that can be moved. */
export interface School {
  /** @throws TypeError as `fetch` does, where the scenario has no connection. */
  fetch(request: Request): Promise<Response>
  command(command: Command): Promise<void>
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
    return { name, store, app, conditions: scenarios[name].conditions ?? {}, signedOut: false }
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
      if (signingIn) current.signedOut = false
      const received = current.signedOut ? withoutSession(request) : request
      const response = await app.fetch(received)
      if (conditions.signedOutAfterFirstAction && !signingIn && request.method === 'POST') {
        current.signedOut = true
      }
      return response
    },

    async command(command) {
      switch (command.do) {
        case 'load':
          clockAhead = 0
          current = open(command.scenario)
          return
        case 'advance':
          clockAhead += command.by
          return
        case 'signInAlone': {
          const pupil = current.store.snapshot().pupils.find(({ username }) => username === command.username)
          if (pupil) await current.store.transaction((unit) => useResetWindow(unit, pupil.id, clock.now()))
        }
      }
    },
  }
}

const delay = (duration: Duration) => new Promise<void>((resolve) => setTimeout(resolve, duration))

function withoutSession(request: Request): Request {
  const copy = new Request(request)
  copy.headers.delete(PAGE_SESSION_HEADER)
  return copy
}

const problemResponse = (problem: Problem) =>
  new Response(JSON.stringify(problem.document('DEMO-0000')), {
    status: problem.status,
    headers: { 'Content-Type': 'application/problem+json', 'Request-Id': 'DEMO-0000' },
  })
