import { get, set } from 'idb-keyval'
import { type Duration, hours, type Instant } from '../server/time'
import { openSchool, type School, type SchoolState } from './school'

interface Kept {
  build: string
  at: Instant
  state: SchoolState
}

const KEY = 'school'
const KEPT_FOR: Duration = hours(8)

async function openAsKept() {
  const kept = await get<Kept>(KEY)
  const usable = kept && kept.build === __BUILD_ID__ && Date.now() - kept.at < KEPT_FOR
  return openSchool({ resume: usable ? kept.state : undefined })
}

/**
 * The school as it was left. What it has answered is written down first, as a database does, since a reload of the
 * only tab ends the school at once.
 */
export function keptSchool(): School {
  const school = openAsKept()
  const keep = async () => {
    const state = (await school).state()
    await set(KEY, { build: __BUILD_ID__, at: Date.now(), state } satisfies Kept)
  }

  return {
    async fetch(request) {
      const response = await (await school).fetch(request)
      if (request.method !== 'GET') await keep()
      return response
    },
    async command(command) {
      const done = await (await school).command(command)
      await keep()
      return done
    },
    overview: async () => (await school).overview(),
    followClock(listener) {
      let stopped = false
      let stop = () => {}
      void school.then((opened) => {
        if (!stopped) stop = opened.followClock(listener)
      })
      return () => {
        stopped = true
        stop()
      }
    },
  }
}
