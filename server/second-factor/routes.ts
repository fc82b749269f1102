import { createRoute, z } from '@hono/zod-openapi'
import { hasRole } from '../access'
import { actsAs, anywhere, staffActor } from '../activity/actor'
import { appendEntry } from '../activity/log'
import { type ApiContext, changeProblems, createRoutes, jsonContent, type Services } from '../http'
import { Problem } from '../problems'
import { CODES_SENT, CODES_SENT_A_DAY, count, fullUntil } from '../rate-limit'
import { newCode, newToken, sha256 } from '../secrets'
import { callerOf } from '../session/caller'
import { describeSession } from '../session/describe'
import type { Session } from '../session/rules'
import { signedInSchema } from '../session/schema'
import type { UnitOfWork } from '../store/store'
import { secondsUntil, toIso } from '../time'
import { CODE_DIGITS, codeExpiresAt, isUsable, type SentCode, triedInVain } from './rules'

const iso = z.iso.datetime()

const sentSchema = z
  .object({
    expiresAt: iso.openapi({ description: 'When the code can no longer be given' }),
    serverTime: iso,
  })
  .openapi('CodeSent')

const codeSchema = z
  .object({ code: z.string().regex(new RegExp(`^[0-9]{${CODE_DIGITS}}$`)) })
  .openapi('SecondFactorCode')

const sendCode = createRoute({
  method: 'post',
  path: '/session/second-factor/codes',
  summary: "Send a code to the person's phone; one that was sent before is dead",
  responses: { 200: jsonContent(sentSchema, 'A code is on its way'), ...changeProblems },
})

const giveCode = createRoute({
  method: 'post',
  path: '/session/second-factor',
  summary: "Give the code: the session then has the second factor that an administrator's view needs",
  request: { body: { required: true, content: { 'application/json': { schema: codeSchema } } } },
  responses: { 200: jsonContent(signedInSchema, 'The session, under a new secret'), ...changeProblems },
})

/** The method of today: a code to the phone. Another one ends in `raised`, too. */
export function secondFactorRoutes(services: Services) {
  const { store, clock, session: carrier, codes } = services

  /** The person, who needs a second factor for something. */
  async function administrator(
    c: ApiContext,
    unit: UnitOfWork,
    action: 'sendSecondFactorCode' | 'giveSecondFactor',
  ) {
    const caller = await callerOf(c, services, unit, action)
    actsAs(c, staffActor(caller.staff, anywhere))
    if (!hasRole(caller.staff, 'userAdministrator')) throw new Problem('not-allowed')
    return caller
  }

  /** Hashed with the session's secret, which is stored nowhere. */
  const hashOf = (c: ApiContext, code: string) => sha256(`${carrier.read(c)} ${code}`)

  return createRoutes()
    .openapi(sendCode, async (c) => {
      const now = clock.now()
      const code = newCode(CODE_DIGITS)
      const sentCode: SentCode = { hash: hashOf(c, code), sentAt: now, wrongTries: 0 }
      const staff = await store.transaction(async (unit) => {
        const { staff, session } = await administrator(c, unit, 'sendSecondFactorCode')
        const limits = [
          [CODES_SENT, staff.id],
          [CODES_SENT_A_DAY, staff.id],
        ] as const
        const free = await fullUntil(unit, limits, now)
        if (free !== null) {
          throw new Problem('too-many-requests', { retryAfterSeconds: secondsUntil(free, now) })
        }
        for (const [limit, who] of limits) await count(unit, limit, who, 1, now)
        await unit.saveSession({ ...session, lastActiveAt: now, sentCode })
        await appendEntry(c, services, unit, { action: 'sendSecondFactorCode' })
        return staff
      })
      await codes.send(staff, code)
      return c.json(
        sentSchema.parse({ expiresAt: toIso(codeExpiresAt(sentCode)), serverTime: toIso(now) }),
        200,
      )
    })
    .openapi(giveCode, async (c) => {
      const now = clock.now()
      const hash = hashOf(c, c.req.valid('json').code)
      const token = newToken()
      const tokenHash = sha256(token)

      const answer = await store.transaction(async (unit) => {
        const { staff, session } = await administrator(c, unit, 'giveSecondFactor')
        const { sentCode } = session
        if (!isUsable(sentCode, now)) return { refused: 'code-ended' } as const
        if (sentCode.hash !== hash) {
          const tried = triedInVain(sentCode)
          await unit.saveSession({ ...session, lastActiveAt: now, sentCode: tried })
          return { refused: isUsable(tried, now) ? 'wrong-code' : 'code-ended' } as const
        }
        const higher = raised(session, tokenHash, now)
        await unit.saveSession({ ...session, sentCode: null, endedAt: now })
        await unit.saveSession(higher)
        await appendEntry(c, services, unit, { action: 'giveSecondFactor' })
        return { session: await describeSession(unit, { staff, session: higher }, now) }
      })
      // Thrown after the unit of work, which keeps the wrong try.
      if ('refused' in answer) throw new Problem(answer.refused)
      carrier.write(c, token)
      return c.json(answer.session, 200)
    })
}

/**
 * The session at its higher level: under a new secret, so that whoever had got hold of the old one gains nothing, and
 * by the same public name, so that the person's other tabs live on.
 */
const raised = (session: Session, tokenHash: string, now: number): Session => ({
  ...session,
  tokenHash,
  lastActiveAt: now,
  secondFactorAt: now,
  sentCode: null,
})
