import { createRoute, type z } from '@hono/zod-openapi'
import { appendEntry } from '../activity/log'
import { type ApiContext, changeProblems, createRoutes, jsonContent, type Services } from '../http'
import { assignPassword } from '../passwords/assign'
import { brokenRules, type PasswordRefusal } from '../passwords/chosen'
import { asTyped, PASSWORDS_REMEMBERED, type PupilPassword } from '../passwords/hash'
import { pictures } from '../passwords/pictures'
import { setPassword } from '../passwords/set'
import { mayChooseOwn, policyOf } from '../policy/rules'
import { Problem } from '../problems'
import { actingPupil, type PupilCaller } from '../pupil-session/caller'
import { describePupilSession } from '../pupil-session/describe'
import { mayChange, mayPostpone, signedIn } from '../pupil-session/rules'
import { pupilSignedInSchema } from '../pupil-session/schema'
import type { UnitOfWork } from '../store/store'
import { brokenRulesSchema, newPasswordSchema, passwordCheckSchema, suggestionSchema } from './schema'

const body = <T extends z.ZodType>(schema: T) => ({
  body: { required: true, content: { 'application/json': { schema } } },
})

const suggest = createRoute({
  method: 'post',
  path: '/pupil/new-password/suggestion',
  summary: "Suggest a password after the pupil's policy; it takes the place of any suggested before",
  responses: { 200: jsonContent(suggestionSchema, 'What the pupil is to remember'), ...changeProblems },
})

const check = createRoute({
  method: 'post',
  path: '/pupil/new-password/check',
  summary: 'Which rules a password of own breaks; whether it was used before shows when it is set',
  request: body(passwordCheckSchema),
  responses: { 200: jsonContent(brokenRulesSchema, 'The broken rules'), ...changeProblems },
})

const set = createRoute({
  method: 'post',
  path: '/pupil/new-password',
  summary: 'Set the new password: only now the old one is gone, and the window used',
  request: body(newPasswordSchema),
  responses: { 200: jsonContent(pupilSignedInSchema, 'The session, signed in'), ...changeProblems },
})

const postpone = createRoute({
  method: 'post',
  path: '/pupil/new-password/postponement',
  summary: 'Go on with the old password for now; not on the last day',
  responses: { 200: jsonContent(pupilSignedInSchema, 'The session, signed in'), ...changeProblems },
})

const refused = (...codes: PasswordRefusal[]) =>
  new Problem('password-refused', { errors: codes.map((code) => ({ path: 'password', code })) })

type NewPassword = Pick<PupilPassword, 'policy' | 'hash'>

export function newPasswordRoutes(services: Services) {
  const { store, clock, events, passwords } = services

  /** @throws Problem `not-allowed` for a pupil of whom no new password is asked. */
  async function changingPupil(c: ApiContext, unit: UnitOfWork): Promise<PupilCaller> {
    const caller = await actingPupil(c, services, unit, 'setPassword')
    if (!mayChange(caller.session, caller.pupil, clock.now())) throw new Problem('not-allowed')
    return caller
  }

  const latestHashes = async (unit: UnitOfWork, pupilId: string) =>
    (await unit.passwordsOf(pupilId)).slice(0, PASSWORDS_REMEMBERED).map(({ hash }) => hash)

  async function wasUsed(password: string, hashes: readonly string[]): Promise<boolean> {
    const matches = await Promise.all(hashes.map((hash) => passwords.matches(password, hash)))
    return matches.includes(true)
  }

  /** What the pupil has remembered of the suggestion. */
  async function remembered({ session }: PupilCaller, password: string): Promise<NewPassword> {
    const { suggestion } = session
    if (!(await passwords.matches(password, suggestion?.hash ?? null)) || !suggestion) {
      throw refused('not_remembered')
    }
    return suggestion
  }

  /** What the pupil has chosen. */
  async function chosen(
    { pupil }: PupilCaller,
    password: string,
    hashes: readonly string[],
  ): Promise<NewPassword> {
    const policy = policyOf(pupil)
    if (!mayChooseOwn(policy)) throw refused('must_be_assigned')
    const broken = brokenRules(password, pupil, policy)
    if (broken.length > 0) throw refused(...broken)
    if (await wasUsed(password, hashes)) throw refused('used_before')
    return { policy, hash: await passwords.hash(password) }
  }

  return createRoutes()
    .openapi(suggest, async (c) => {
      const { caller, hashes } = await store.transaction(async (unit) => {
        const caller = await changingPupil(c, unit)
        return { caller, hashes: await latestHashes(unit, caller.pupil.id) }
      })
      const policy = policyOf(caller.pupil)
      const isText = mayChooseOwn(policy)
      let password: string
      do password = assignPassword(policy)
      while (
        (isText && brokenRules(password, caller.pupil, policy).length > 0) ||
        (await wasUsed(password, hashes))
      )
      const hash = await passwords.hash(password)
      await store.transaction(async (unit) => {
        const { session } = await changingPupil(c, unit)
        await unit.savePupilSession({ ...session, suggestion: { policy, hash } })
      })
      const parts = password.split(' ')
      const suggestion = isText
        ? { kind: 'text' as const, text: password }
        : {
            kind: 'pictures' as const,
            pictures: parts.flatMap((id) => pictures.find((each) => each === id) ?? []),
          }
      return c.json(suggestionSchema.parse(suggestion), 200)
    })
    .openapi(check, async (c) => {
      const password = asTyped(c.req.valid('json').password)
      const broken = await store.transaction(async (unit) => {
        const { pupil } = await changingPupil(c, unit)
        return brokenRules(password, pupil, policyOf(pupil))
      })
      return c.json(brokenRulesSchema.parse({ broken }), 200)
    })
    .openapi(set, async (c) => {
      const form = c.req.valid('json')
      const password = asTyped(form.password)
      const { caller, hashes } = await store.transaction(async (unit) => {
        const caller = await changingPupil(c, unit)
        return { caller, hashes: await latestHashes(unit, caller.pupil.id) }
      })
      // Hashing takes its time, and no other unit of work is to wait for it.
      const made =
        form.from === 'own' ? await chosen(caller, password, hashes) : await remembered(caller, password)

      const session = await store.transaction(async (unit) => {
        const now = clock.now()
        const { pupil, session } = await changingPupil(c, unit)
        if (made.policy !== policyOf(pupil)) throw refused('other_policy')
        await setPassword(unit, pupil, made, session.ref, now)
        const done = signedIn(session, now)
        await unit.savePupilSession(done)
        await appendEntry(c, services, unit, { action: 'setPassword', pupilId: pupil.id })
        return describePupilSession(unit, { pupil: { ...pupil, passwordSetAt: now }, session: done }, now)
      })
      events.publish('pupils', [caller.pupil.id])
      return c.json(session, 200)
    })
    .openapi(postpone, async (c) => {
      const session = await store.transaction(async (unit) => {
        const now = clock.now()
        const { pupil, session } = await actingPupil(c, services, unit, 'postponePassword')
        if (!mayPostpone(session, pupil, now)) throw new Problem('not-allowed')
        const done = signedIn(session, now)
        await unit.savePupilSession(done)
        await appendEntry(c, services, unit, { action: 'postponePassword', pupilId: pupil.id })
        return describePupilSession(unit, { pupil, session: done }, now)
      })
      return c.json(session, 200)
    })
}
