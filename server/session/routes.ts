import { createRoute, type z } from '@hono/zod-openapi'
import { hasRole } from '../access'
import { actsAs, anywhere, staffActor } from '../activity/actor'
import { appendEntry } from '../activity/log'
import { changeProblems, createRoutes, jsonContent, problemContent, type Services } from '../http'
import { Problem, type ProblemType } from '../problems'
import {
  count,
  fullUntil,
  giveBack,
  UNKNOWN_USERNAMES_PER_SOURCE,
  WRONG_PASSWORDS_PER_SOURCE,
  WRONG_PASSWORDS_PER_USERNAME,
  WRONG_PASSWORDS_PER_USERNAME_AND_SOURCE,
  waitUntil,
} from '../rate-limit'
import { newRef, newToken, sha256 } from '../secrets'
import { type Instant, secondsUntil, toIso } from '../time'
import { callerOf, checkDrawnFor, currentCaller } from './caller'
import { describeSession } from './describe'
import type { Session } from './rules'
import {
  nextStepSchema,
  sessionSchema,
  signedInSchema,
  staffSignInFormSchema,
  usernameFormSchema,
} from './schema'
import { isLocalLogin, isUsername, normaliseUsername } from './username'

const body = <T extends z.ZodType>(schema: T) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})

const readSession = createRoute({
  method: 'get',
  path: '/session',
  summary: 'Who is signed in, and until when',
  responses: {
    200: jsonContent(sessionSchema, 'The session, or that there is none'),
    500: problemContent,
    503: problemContent,
  },
})

const checkUsername = createRoute({
  method: 'post',
  path: '/session/username',
  summary: 'The first step of signing in: what to ask this username for next',
  request: body(usernameFormSchema),
  responses: { 200: jsonContent(nextStepSchema, 'Ask for the password'), ...changeProblems },
})

const signIn = createRoute({
  method: 'post',
  path: '/session',
  summary: 'Sign in as a teacher or a user administrator',
  request: body(staffSignInFormSchema),
  responses: { 200: jsonContent(signedInSchema, 'The new session'), ...changeProblems },
})

const keepSession = createRoute({
  method: 'post',
  path: '/session/keep-alive',
  summary: 'Tell that the person is still there',
  responses: { 200: jsonContent(signedInSchema, 'The session with its new end'), ...changeProblems },
})

const signOut = createRoute({
  method: 'delete',
  path: '/session',
  summary: 'Sign out',
  responses: { 204: { description: 'Signed out, also where nobody was signed in' }, ...changeProblems },
})

export function sessionRoutes(services: Services) {
  const { store, clock, session: carrier, identity, sourceOf } = services

  const tooMany = (free: Instant) =>
    new Problem('too-many-requests', { retryAfterSeconds: secondsUntil(free, clock.now()) })

  return createRoutes()
    .openapi(readSession, async (c) => {
      const session = await store.read(async (unit) => {
        const caller = await currentCaller(c, services, unit)
        return caller ? describeSession(unit, caller, clock.now()) : null
      })
      return c.json(sessionSchema.parse(session ?? { signedIn: false, serverTime: toIso(clock.now()) }), 200)
    })
    .openapi(checkUsername, async (c) => {
      const username = normaliseUsername(c.req.valid('json').username)
      if (isLocalLogin(username)) throw new Problem('identity-provider-not-found')
      if (!isUsername(username)) {
        throw new Problem('invalid-request', { errors: [{ path: 'username', code: 'not_a_username' }] })
      }
      const now = clock.now()
      const refusal = await store.transaction(async (unit) => {
        // Where too many were tried, all are asked for a password: that tells a harvester nothing and stops nobody.
        const isHarvest = (await waitUntil(unit, UNKNOWN_USERNAMES_PER_SOURCE, sourceOf(c), 1, now)) !== null
        if (isHarvest || (await unit.staffByUsername(username))) return null
        await count(unit, UNKNOWN_USERNAMES_PER_SOURCE, sourceOf(c), 1, now)
        return new Problem('username-not-found')
      })
      if (refusal) throw refusal
      return c.json(nextStepSchema.parse({ next: 'password' }), 200)
    })
    .openapi(signIn, async (c) => {
      const form = c.req.valid('json')
      const username = normaliseUsername(form.username)
      const now = clock.now()
      // Hashed, as people also type their passwords here.
      const who = sha256(username)
      const limits = [
        [WRONG_PASSWORDS_PER_USERNAME_AND_SOURCE, `${who} ${sourceOf(c)}`],
        [WRONG_PASSWORDS_PER_USERNAME, who],
        [WRONG_PASSWORDS_PER_SOURCE, sourceOf(c)],
      ] as const
      // A try is counted before the password is checked, so that tries side by side cannot slip past the limit.
      const full = await store.transaction(async (unit) => {
        const free = await fullUntil(unit, limits, now)
        if (free === null) for (const [limit, who] of limits) await count(unit, limit, who, 1, now)
        return free
      })
      if (full !== null) throw tooMany(full)
      const matches = await identity
        .passwordMatches(username, form.password)
        .catch(async (error: unknown) => {
          await store.transaction((unit) => giveBack(unit, limits, now))
          throw error
        })
      const token = newToken()

      const answer = await store.transaction(async (unit) => {
        const staff = matches ? await unit.staffByUsername(username) : null
        if (!staff) return { refused: 'wrong-password' satisfies ProblemType } as const
        actsAs(c, staffActor(staff, form.as === 'teacher' ? { role: form.as } : anywhere))
        await giveBack(unit, limits, now)
        if (!hasRole(staff, form.as)) return { refused: 'no-role' satisfies ProblemType } as const

        const before = await currentCaller(c, services, unit)
        if (before) await unit.saveSession({ ...before.session, endedAt: now })
        const session: Session = {
          tokenHash: sha256(token),
          ref: newRef(),
          staffId: staff.id,
          secondFactorAt: null,
          sentCode: null,
          startedAt: now,
          lastActiveAt: now,
          endedAt: null,
        }
        await unit.saveSession(session)
        await appendEntry(c, services, unit, { action: 'signIn' })
        return { session: await describeSession(unit, { staff, session }, now) }
      })
      if ('refused' in answer) throw new Problem(answer.refused)
      carrier.write(c, token)
      return c.json(answer.session, 200)
    })
    .openapi(keepSession, async (c) => {
      const session = await store.transaction(async (unit) => {
        const caller = await callerOf(c, services, unit, 'keepSession')
        const kept = { ...caller, session: { ...caller.session, lastActiveAt: clock.now() } }
        await unit.saveSession(kept.session)
        return describeSession(unit, kept, clock.now())
      })
      return c.json(session, 200)
    })
    .openapi(signOut, async (c) => {
      await store.transaction(async (unit) => {
        const caller = await currentCaller(c, services, unit)
        if (!caller) return
        actsAs(c, staffActor(caller.staff, caller.as))
        checkDrawnFor(c, caller.session)
        await unit.saveSession({ ...caller.session, endedAt: clock.now() })
        await appendEntry(c, services, unit, { action: 'signOut' })
      })
      carrier.clear(c)
      return c.body(null, 204)
    })
}
