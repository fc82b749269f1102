import { demoPasswordHash } from '../../mocks/demo-password-hash'
import { STAFF_PASSWORD } from '../../mocks/people'
import { createApp } from '../../server/app'
import { type BusEvent, createEventBus } from '../../server/events/bus'
import type { PupilSession } from '../../server/pupil-session/rules'
import { newRef, sha256 } from '../../server/secrets'
import { PAGE_PUPIL_SESSION_HEADER, PAGE_SESSION_HEADER, pageCarrier } from '../../server/session/carrier'
import { type Duration, seconds } from '../../server/time'
import {
  MORNING,
  newKey,
  noPhone,
  type Person,
  type SchoolUnderTest,
  schoolUnderTest,
} from './school-under-test'

/** The headers of a pupil who is signed in, without the way there. */
export async function pupilSignedIn(
  school: Pick<SchoolUnderTest, 'store' | 'clock' | 'id'>,
  username: string,
  session: Partial<PupilSession> = {},
): Promise<Record<string, string>> {
  const token = `pupil-${newKey()}`
  const now = school.clock.now()
  const row: PupilSession = {
    tokenHash: sha256(token),
    ref: newRef(),
    pupilId: school.id(username),
    stage: 'signedIn',
    because: null,
    suggestion: null,
    startedAt: now,
    lastActiveAt: now,
    endedAt: null,
    ...session,
  }
  await school.store.transaction((unit) => unit.savePupilSession(row))
  return { [PAGE_PUPIL_SESSION_HEADER]: token }
}

export const staffHeaders = ({ token }: Person) => ({ [PAGE_SESSION_HEADER]: token })

/** A bus that says at which schools pupils are, as the one over a database does. */
function knowingSchools(school: Pick<SchoolUnderTest, 'snapshot'>): ReturnType<typeof createEventBus> {
  const bus = createEventBus(MORNING)
  function placed(event: BusEvent): BusEvent {
    const { registrations, enrolments, classes } = school.snapshot()
    const inClasses = new Set(
      enrolments.flatMap(({ pupilId, classId }) => (event.pupilIds.includes(pupilId) ? [classId] : [])),
    )
    const schools = [
      ...registrations.filter(({ pupilId }) => event.pupilIds.includes(pupilId)),
      ...classes.filter(({ id }) => inClasses.has(id)),
    ].map(({ institutionId }) => institutionId)
    return { ...event, schools }
  }
  return {
    ...bus,
    since: (id) => bus.since(id)?.map(placed) ?? null,
    subscribe: (listener) => bus.subscribe((event) => listener(placed(event))),
  }
}

const turn = () => new Promise<void>((resolve) => setImmediate(resolve))

/** A school whose streams can be listened to, with a timer that beats when it is told to. */
export function liveSchool() {
  const school = schoolUnderTest()
  const events = knowingSchools(school)
  let units = 0
  const store: typeof school.store = {
    ...school.store,
    read(work) {
      units += 1
      return school.store.read(work)
    },
    transaction(work) {
      units += 1
      return school.store.transaction(work)
    },
  }
  const beats = new Map<() => void, { every: Duration; left: Duration }>()
  const app = createApp({
    store,
    clock: school.clock,
    timer: {
      every(duration, work) {
        beats.set(work, { every: duration, left: duration })
        return () => void beats.delete(work)
      },
    },
    events,
    session: pageCarrier(),
    pupilSession: pageCarrier(PAGE_PUPIL_SESSION_HEADER),
    identity: { passwordMatches: async (_, password) => password === STAFF_PASSWORD },
    codes: noPhone,
    passwords: demoPasswordHash,
    sourceOf: () => 'page',
  })

  async function call(route: string, headers: Record<string, string>, body?: unknown) {
    const [method = '', path = ''] = route.split(' ')
    return app.fetch(
      new Request(`https://school.test${path}`, {
        method,
        headers: {
          ...headers,
          ...(method === 'GET' ? {} : { 'Idempotency-Key': newKey() }),
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        },
        body: body === undefined ? null : JSON.stringify(body),
      }),
    )
  }

  /**
   * Waits until the streams have said what there is to say: each looks into the store before it speaks, and units of
   * work follow one another.
   */
  async function settle() {
    for (let round = 0; round < 3; round += 1) {
      await turn()
      await turn()
      await call('GET /api/session', {})
    }
    await turn()
  }

  return {
    ...school,
    settle,
    get store() {
      return school.store
    },
    events,
    call,
    /** How many units of work there have been. */
    units: () => units,
    /** How many streams hold a beat. */
    beating: () => beats.size,
    /** Lets time pass for the clock and the heartbeats alike. */
    async pass(duration: Duration) {
      for (let gone = 0; gone < duration; gone += seconds(1)) {
        const step = Math.min(seconds(1), duration - gone)
        school.pass(step)
        for (const [work, beat] of [...beats]) {
          beat.left -= step
          if (beat.left > 0) continue
          beat.left = beat.every
          work()
        }
        await turn()
      }
      await settle()
    },
    /** Opens a stream and notes all that it says. */
    async listen(path: string, headers: Record<string, string>) {
      const response = await call(`GET ${path}`, headers)
      const said: string[] = []
      let ended = false
      const reader = response.body?.getReader()
      const decoder = new TextDecoder()
      const reading = (async () => {
        for (;;) {
          const { done, value } = (await reader?.read()) ?? { done: true, value: undefined }
          if (done) break
          said.push(...decoder.decode(value).split('\n\n').filter(Boolean))
        }
        ended = true
      })()
      await settle()
      return {
        response,
        /** All that was said, but for the beats. */
        looks: () => said.filter((each) => each !== ':'),
        beats: () => said.filter((each) => each === ':').length,
        ended: () => ended,
        async leave() {
          await reader?.cancel()
          await reading
          await settle()
        },
      }
    },
  }
}

export type LiveSchool = ReturnType<typeof liveSchool>
