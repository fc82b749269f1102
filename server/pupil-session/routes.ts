import { createRoute, type z } from '@hono/zod-openapi'
import { actsAs, pupilActor } from '../activity/actor'
import { appendEntry } from '../activity/log'
import { isBlocked } from '../block/rules'
import {
  type ApiContext,
  changeProblems,
  createRoutes,
  jsonContent,
  problemContent,
  type Services,
} from '../http'
import { takeWindow } from '../password-reset/use-window'
import { asTyped, whenItsTurn } from '../passwords/hash'
import type { Pupil } from '../people'
import { policyOf } from '../policy/rules'
import { Problem, type ProblemType } from '../problems'
import {
  count,
  fullUntil,
  giveBack,
  PUPIL_WRONG_PASSWORDS,
  PUPIL_WRONG_PASSWORDS_PER_SOURCE,
  PUPILS_WRONG_PASSWORDS_PER_SOURCE,
  UNKNOWN_PUPILS_PER_SOURCE,
  waitUntil,
} from '../rate-limit'
import { newRef, newToken, sha256 } from '../secrets'
import { signInFormSchema, usernameFormSchema } from '../session/schema'
import { domainOf, isLocalLogin, isUsername, normaliseUsername } from '../session/username'
import type { UnitOfWork } from '../store/store'
import { type Instant, secondsUntil, toIso } from '../time'
import { actingPupil, currentPupil } from './caller'
import { describePupilSession } from './describe'
import { endPupilSession } from './end'
import { sessionByPassword, sessionByWindow } from './rules'
import { pupilNextStepSchema, pupilSessionSchema, pupilSignedInSchema } from './schema'

const body = <T extends z.ZodType>(schema: T) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})

const readSession = createRoute({
  method: 'get',
  path: '/pupil/session',
  summary: 'Which pupil is signed in, and how far',
  responses: {
    200: jsonContent(pupilSessionSchema, 'The session, or that there is none'),
    500: problemContent,
    503: problemContent,
  },
})

const giveUsername = createRoute({
  method: 'post',
  path: '/pupil/session/username',
  summary: "A pupil's first step: within a window the username alone is enough, once",
  request: body(usernameFormSchema),
  responses: { 200: jsonContent(pupilNextStepSchema, 'What comes next'), ...changeProblems },
})

const signIn = createRoute({
  method: 'post',
  path: '/pupil/session',
  summary: 'Sign in as a pupil',
  request: body(signInFormSchema),
  responses: { 200: jsonContent(pupilSignedInSchema, 'The new session'), ...changeProblems },
})

const keepSession = createRoute({
  method: 'post',
  path: '/pupil/session/keep-alive',
  summary: 'Tell that the pupil is still there',
  responses: { 200: jsonContent(pupilSignedInSchema, 'The session with its new end'), ...changeProblems },
})

const signOut = createRoute({
  method: 'delete',
  path: '/pupil/session',
  summary: 'Sign out as a pupil; the higher level ends',
  responses: { 204: { description: 'Signed out, also where nobody was signed in' }, ...changeProblems },
})

type NextStep = z.infer<typeof pupilNextStepSchema>

/** What a pupil's password is made of: pictures, as long as the latest one is of them. */
async function whatToAsk(unit: UnitOfWork, pupil: Pupil): Promise<NextStep> {
  const [latest] = await unit.passwordsOf(pupil.id)
  const policy = latest?.policy ?? policyOf(pupil)
  return { next: 'password', asks: policy === 'indskoling' ? 'pictures' : 'text' }
}

/** The domain of the local login solution that a pupil without a password here signs in through. */
async function localLoginOf(unit: UnitOfWork, pupil: Pupil): Promise<NextStep | null> {
  if (pupil.signInKind !== 'local') return null
  const classes = (await unit.classesOfPupils([pupil.id])).get(pupil.id) ?? []
  const schools = await unit.institutions(classes.map((each) => each.institutionId))
  const domain = schools.find((each) => each.localLoginDomain)?.localLoginDomain
  return domain ? { next: 'localLogin', domain } : null
}

export function pupilSessionRoutes(services: Services) {
  const { store, clock, events, pupilSession: carrier, passwords, sourceOf } = services

  /** Known to nobody outside, so that nobody can work out what an unknown username is asked for. */
  const secret = newToken()

  /** What an unknown username is asked for once it is no longer told: always the same, as of a pupil. */
  async function askAsIfKnown(username: string): Promise<NextStep> {
    const [first = '0'] = sha256(`${secret} ${username}`)
    return { next: 'password', asks: Number.parseInt(first, 16) < 6 ? 'pictures' : 'text' }
  }

  /**
   * Whoever sat at this browser before has left it.
   * @returns the pupils whom it concerns.
   */
  async function endSessionBefore(c: ApiContext, unit: UnitOfWork): Promise<string[]> {
    const before = await currentPupil(c, services, unit)
    if (!before) return []
    await endPupilSession(unit, before.session, clock.now())
    return [before.pupil.id]
  }

  async function afterUsername(
    c: ApiContext,
    unit: UnitOfWork,
    username: string,
    token: string,
  ): Promise<{ next: NextStep | null; changed?: string[] }> {
    const now = clock.now()
    const pupil = await unit.pupilByUsername(username)
    if (!pupil) {
      const free = await waitUntil(unit, UNKNOWN_PUPILS_PER_SOURCE, sourceOf(c), 1, now)
      // Those who share the address go on: it only is no longer told who exists.
      if (free !== null) return { next: await askAsIfKnown(username) }
      await count(unit, UNKNOWN_PUPILS_PER_SOURCE, sourceOf(c), 1, now)
      return { next: null }
    }
    const names = { tokenHash: sha256(token), ref: newRef() }
    if (await takeWindow(unit, pupil, names.ref, now)) {
      const left = await endSessionBefore(c, unit)
      await unit.savePupilSession(sessionByWindow(pupil, names, now))
      actsAs(c, await pupilActor(unit, pupil))
      await appendEntry(c, services, unit, { action: 'useResetWindow', pupilId: pupil.id })
      return { next: { next: 'newPassword' }, changed: [...left, pupil.id] }
    }
    return { next: (await localLoginOf(unit, pupil)) ?? (await whatToAsk(unit, pupil)) }
  }

  /**
   * Counts a try before the password is checked, so that tries side by side cannot slip past the limit.
   * @throws Problem `too-many-requests`
   */
  async function countTry(username: string, source: string, now: Instant) {
    const usernameHash = sha256(username)
    const { free, ...asked } = await store.transaction(async (unit) => {
      const pupil = await unit.pupilByUsername(username)
      const [password] = pupil ? await unit.passwordsOf(pupil.id) : []
      // Hashed, as people also type their passwords here; a new password begins with no tries.
      const account = `${usernameHash} ${password?.setAt ?? 'none'}`
      const limits = [
        [PUPIL_WRONG_PASSWORDS_PER_SOURCE, `${account} ${source}`],
        [PUPIL_WRONG_PASSWORDS, account],
        [PUPILS_WRONG_PASSWORDS_PER_SOURCE, source],
      ] as const
      const free = await fullUntil(unit, limits, now)
      if (free === null) for (const [limit, who] of limits) await count(unit, limit, who, 1, now)
      return { free, limits, hash: password?.hash ?? null }
    })
    if (free !== null) {
      throw new Problem('too-many-requests', { retryAfterSeconds: secondsUntil(free, now) })
    }
    return asked
  }

  return createRoutes()
    .openapi(readSession, async (c) => {
      const now = clock.now()
      const session = await store.read(async (unit) => {
        const caller = await currentPupil(c, services, unit)
        return caller ? describePupilSession(unit, caller, now) : null
      })
      return c.json(pupilSessionSchema.parse(session ?? { signedIn: false, serverTime: toIso(now) }), 200)
    })
    .openapi(giveUsername, async (c) => {
      const username = normaliseUsername(c.req.valid('json').username)
      if (isLocalLogin(username)) {
        const domain = domainOf(username)
        const school = await store.read((unit) => unit.institutionByDomain(domain))
        if (!school) throw new Problem('identity-provider-not-found')
        return c.json(pupilNextStepSchema.parse({ next: 'localLogin', domain }), 200)
      }
      if (!isUsername(username)) {
        throw new Problem('invalid-request', { errors: [{ path: 'username', code: 'not_a_username' }] })
      }
      const token = newToken()
      const { next, changed = [] } = await store.transaction((unit) =>
        afterUsername(c, unit, username, token),
      )
      events.publish('stepUpRequests', changed)
      if (!next) throw new Problem('username-not-found')
      if (next.next === 'newPassword') carrier.write(c, token)
      return c.json(pupilNextStepSchema.parse(next), 200)
    })
    .openapi(signIn, async (c) => {
      const form = c.req.valid('json')
      const username = normaliseUsername(form.username)
      const source = sourceOf(c)
      // Counted when it is its turn: those who wait in a queue have not tried anything yet.
      const { asked, matches, now } = await whenItsTurn(passwords, async (passwords) => {
        const now = clock.now()
        const asked = await countTry(username, source, now)
        // Also where there is no such pupil, or no password: the answer takes as long.
        const matches = await passwords
          .matches(asTyped(form.password), asked.hash)
          .catch(async (error: unknown) => {
            await store.transaction((unit) => giveBack(unit, asked.limits, now))
            throw error
          })
        return { asked, matches, now }
      })
      const token = newToken()

      const answer = await store.transaction(async (unit) => {
        const pupil = matches ? await unit.pupilByUsername(username) : null
        const [password] = pupil ? await unit.passwordsOf(pupil.id) : []
        if (!pupil || password?.hash !== asked.hash || pupil.signInKind === 'local') {
          return { refused: 'wrong-password' satisfies ProblemType } as const
        }
        actsAs(c, await pupilActor(unit, pupil))
        await giveBack(unit, asked.limits, now)
        if (isBlocked(pupil, now)) return { refused: 'pupil-blocked' satisfies ProblemType } as const

        const left = await endSessionBefore(c, unit)
        const session = sessionByPassword(pupil, { tokenHash: sha256(token), ref: newRef() }, now)
        await unit.savePupilSession(session)
        await appendEntry(c, services, unit, { action: 'signIn', pupilId: pupil.id })
        return { session: await describePupilSession(unit, { pupil, session }, now), left }
      })
      if ('refused' in answer) throw new Problem(answer.refused)
      events.publish('stepUpRequests', answer.left)
      carrier.write(c, token)
      return c.json(answer.session, 200)
    })
    .openapi(keepSession, async (c) => {
      const session = await store.transaction(async (unit) => {
        const caller = await actingPupil(c, services, unit, 'keepSession')
        return describePupilSession(unit, caller, clock.now())
      })
      return c.json(session, 200)
    })
    .openapi(signOut, async (c) => {
      const left = await store.transaction(async (unit) => {
        const caller = await currentPupil(c, services, unit)
        if (!caller) return []
        actsAs(c, await pupilActor(unit, caller.pupil))
        await endPupilSession(unit, caller.session, clock.now())
        await appendEntry(c, services, unit, { action: 'signOut', pupilId: caller.pupil.id })
        return [caller.pupil.id]
      })
      events.publish('stepUpRequests', left)
      carrier.clear(c)
      return c.body(null, 204)
    })
}
