import { setupServer } from 'msw/node'
import { apiHandlers, type SessionJar, type TokenJar } from './handlers'
import type { School } from './school'

function tokenJar(): TokenJar {
  let kept: string | null = null
  return {
    get: () => kept,
    set: (token) => {
      kept = token
    },
  }
}

/** A jar that lasts as long as a test. */
export const memoryJar = (): SessionJar => ({ staff: tokenJar(), pupil: tokenJar() })

/** The mocked API for tests, answered by whichever school the test has opened. */
export const server = setupServer()

/** Lets this school answer every call to the API. */
export const answerWith = (school: School, jar: SessionJar) => server.use(...apiHandlers(school, jar))
